import pLimit from "p-limit";
import type { Clock } from "../core/clock.ts";
import type { OnEvent } from "../core/events.ts";
import type { RateLimits, Reply } from "../core/model.ts";
import { AdaptiveSlots, type Ending } from "./adaptive-slots.ts";
import { Gate } from "./gate.ts";
import { TokenBucket } from "./token-bucket.ts";

const START_SLOTS = 8;
const FIRST_OUTPUT_GUESS = 500;
/** Waiters that one hint releases are spread over this time, so that they do not collide again. */
const SPREAD_MS = 250;

export interface LimiterOptions {
  /** Most requests under way at any time. */
  readonly ceiling: number;
  readonly start?: number | undefined;
  readonly requestsPerMinute?: number | undefined;
  readonly tokensPerMinute?: number | undefined;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onEvent?: OnEvent | undefined;
}

export interface Demand {
  readonly inputTokens: number;
  readonly maxOutputTokens: number;
  /** True for a request that was sent before: it goes ahead of those that were not. */
  readonly isReturning: boolean;
  readonly signal: AbortSignal;
}

/** The right to send one request. It must be released, with the reply or, where nothing was sent, without. */
export interface Permit {
  release(reply?: Reply): void;
}

/** One a run and endpoint. Everything that limits a request's start is here; waiting for a retry is not. */
export interface Limiter {
  /** Waits for a slot, the gate and the buckets; undefined when aborted meanwhile. */
  acquire(demand: Demand): Promise<Permit | undefined>;
  /** How long nothing will have got through when the gate opens, in milliseconds. */
  stallMs(): number;
  readonly slots: number;
}

interface Waiter extends Demand {
  readonly resolve: (permit: Permit | undefined) => void;
}

export function createLimiter(options: LimiterOptions): Limiter {
  return new AdaptiveLimiter(options);
}

class AdaptiveLimiter implements Limiter {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #onEvent: OnEvent;
  readonly #adaptive: AdaptiveSlots;
  readonly #slots: ReturnType<typeof pLimit>;
  readonly #gate = new Gate();
  readonly #requests: TokenBucket;
  readonly #tokens: TokenBucket;
  readonly #returning: Waiter[] = [];
  readonly #fresh: Waiter[] = [];
  /** Those who hold a slot are paced one after the other, so that a dear request is not overtaken for ever. */
  #lastPaced: Promise<unknown> = Promise.resolve();
  #meanOutput: number | undefined;

  constructor({ ceiling, start = START_SLOTS, clock, random, onEvent, ...limits }: LimiterOptions) {
    this.#clock = clock;
    this.#random = random;
    this.#onEvent = onEvent ?? (() => {});
    this.#adaptive = new AdaptiveSlots(start, ceiling);
    this.#slots = pLimit(this.#adaptive.limit);
    this.#requests = new TokenBucket(limits.requestsPerMinute, clock.now());
    this.#tokens = new TokenBucket(limits.tokensPerMinute, clock.now());
  }

  get slots(): number {
    return this.#adaptive.limit;
  }

  stallMs(): number {
    return this.#gate.stallMs();
  }

  acquire(demand: Demand): Promise<Permit | undefined> {
    return new Promise((resolve) => {
      (demand.isReturning ? this.#returning : this.#fresh).push({ ...demand, resolve });
      // The slot goes to whoever is first when it falls free, not to the one who asked for it.
      void this.#slots(() => this.#serve(this.#returning.shift() ?? this.#fresh.shift()));
    });
  }

  async #serve(waiter: Waiter | undefined): Promise<void> {
    if (waiter === undefined) return;
    const tokens = waiter.inputTokens + Math.min(waiter.maxOutputTokens, this.#meanOutput ?? FIRST_OUTPUT_GUESS);
    const paced = this.#lastPaced.then(() => this.#pace(tokens, waiter.signal));
    this.#lastPaced = paced;
    if (!(await paced)) return waiter.resolve(undefined);
    await new Promise<void>((release) => waiter.resolve(this.#permit(tokens, release)));
  }

  /** @returns false when aborted. */
  async #pace(tokens: number, signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      const now = this.#clock.now();
      const closedMs = this.#gate.waitMs(now);
      const wait = Math.max(closedMs, this.#requests.waitMs(1, now), this.#tokens.waitMs(tokens, now));
      if (wait === 0) {
        this.#requests.take(1, now);
        this.#tokens.take(tokens, now);
        return true;
      }
      const spread = closedMs > 0 ? this.#random() * SPREAD_MS : 0;
      await this.#clock.sleep(wait + spread, signal).catch(() => {});
    }
    return false;
  }

  #permit(tokens: number, freeSlot: () => void): Permit {
    const admission = this.#adaptive.admit();
    let isHeld = true;
    return {
      release: (reply) => {
        if (!isHeld) return;
        isHeld = false;
        const before = this.#adaptive.limit;
        this.#adaptive.end(admission, this.#learn(tokens, reply));
        if (this.#adaptive.limit !== before) this.#resize();
        freeSlot();
      },
    };
  }

  #resize(): void {
    this.#slots.concurrency = this.#adaptive.limit;
    this.#onEvent({ type: "slots-changed", slots: this.#adaptive.limit });
  }

  /** Takes from a reply what it says about limits. */
  #learn(reserved: number, reply: Reply | undefined): Ending {
    const now = this.#clock.now();
    if (reply?.kind === "completion") {
      const { inputTokens, outputTokens } = reply.usage;
      this.#meanOutput = this.#meanOutput === undefined ? outputTokens : this.#meanOutput * 0.9 + outputTokens * 0.1;
      this.#tokens.settle(reserved, inputTokens + outputTokens);
      this.#gate.passed();
      this.#sync(reply.limits, now);
      return "success";
    }
    this.#tokens.settle(reserved, 0);
    if (reply?.kind !== "failure") return "unsent";
    this.#sync(reply.limits, now);
    if (reply.failure.scope === "rate-limit") {
      this.#announce(this.#gate.turnedAway(reply.failure.retryAfterMs, now));
      return "rate-limit";
    }
    return reply.failure.scope === "retry" ? "trouble" : "success";
  }

  #sync(limits: RateLimits | undefined, now: number): void {
    for (const [bucket, limit] of [
      [this.#requests, limits?.requests],
      [this.#tokens, limits?.tokens],
    ] as const) {
      if (limit === undefined) continue;
      bucket.sync(limit, now);
      const isSpentWithoutRate = limit.limit === undefined && limit.remaining <= 0;
      if (isSpentWithoutRate && limit.resetMs !== undefined) this.#announce(this.#gate.close(limit.resetMs, now));
    }
  }

  #announce(milliseconds: number): void {
    if (milliseconds > 0) this.#onEvent({ type: "wait-started", milliseconds, reason: "rate-limit" });
  }
}
