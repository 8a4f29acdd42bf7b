import pLimit from "p-limit";
import type { Clock } from "../core/clock.ts";
import type { OnEvent } from "../core/events.ts";
import type { RateLimits, Reply } from "../core/model.ts";
import { AdaptiveSlots, type Ending } from "./adaptive-slots.ts";
import { ExpectedTokens } from "./expected-tokens.ts";
import { Gate } from "./gate.ts";
import { type Mark, TokenBucket } from "./token-bucket.ts";

const START_SLOTS = 8;
/** Waiters that one hint releases are spread over this time, so that they do not collide again. */
/** Shorter waits are the ordinary pacing of a limit, and no news. */
const NOTICEABLE_MS = 2_000;
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
  /** True for a request that was sent before, or goes on with one that was: it goes ahead of those that were not. */
  readonly isReturning: boolean;
  readonly signal: AbortSignal;
  /** Told of a wait before it begins; it may abort the signal where that is too long. */
  readonly onWait?: ((milliseconds: number) => void) | undefined;
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

/** What one request took from the buckets. */
interface Share {
  readonly tokens: number;
  readonly inputEstimate: number;
  readonly requestMark: Mark;
  readonly tokenMark: Mark;
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
  readonly #expected = new ExpectedTokens();

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
    const paced = this.#lastPaced.then(() => this.#pace(waiter));
    this.#lastPaced = paced;
    const share = await paced;
    if (share === undefined) return waiter.resolve(undefined);
    await new Promise<void>((release) => waiter.resolve(this.#permit(share, release)));
  }

  /** Waits until the request may go and takes its share; undefined when aborted. */
  async #pace({ inputTokens, maxOutputTokens, signal, onWait }: Waiter): Promise<Share | undefined> {
    while (!signal.aborted) {
      const now = this.#clock.now();
      const closedMs = this.#gate.waitMs(now);
      const tokens = this.#expected.tokens(inputTokens, maxOutputTokens);
      const wait = Math.max(closedMs, this.#requests.waitMs(1, now), this.#tokens.waitMs(tokens, now));
      if (wait === 0) {
        const requestMark = this.#requests.take(1, now);
        return { tokens, inputEstimate: inputTokens, requestMark, tokenMark: this.#tokens.take(tokens, now) };
      }
      onWait?.(wait);
      if (closedMs === 0 && wait > NOTICEABLE_MS)
        this.#onEvent({ type: "wait-started", milliseconds: wait, reason: "rate-limit" });
      const spread = closedMs > 0 ? this.#random() * SPREAD_MS : 0;
      await this.#clock.sleep(wait + spread, signal).catch(() => {});
    }
    return undefined;
  }

  #permit(share: Share, freeSlot: () => void): Permit {
    const admission = this.#adaptive.admit();
    let isHeld = true;
    return {
      release: (reply) => {
        if (!isHeld) return;
        isHeld = false;
        const before = this.#adaptive.limit;
        this.#adaptive.end(admission, this.#learn(share, reply));
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
  #learn(share: Share, reply: Reply | undefined): Ending {
    const now = this.#clock.now();
    if (reply?.kind === "completion") {
      this.#expected.learn(share.inputEstimate, reply.usage);
      this.#tokens.settle(share.tokens, reply.usage.inputTokens + reply.usage.outputTokens);
      this.#gate.passed();
      this.#sync(share, reply.limits, now);
      return "success";
    }
    this.#tokens.settle(share.tokens, 0);
    if (reply?.kind !== "failure") return "unsent";
    this.#sync(share, reply.limits, now);
    if (reply.failure.scope === "rate-limit") {
      this.#announce(this.#gate.turnedAway(reply.failure.retryAfterMs, now));
      return "rate-limit";
    }
    return reply.failure.scope === "retry" ? "trouble" : "success";
  }

  #sync({ requestMark, tokenMark }: Share, limits: RateLimits | undefined, now: number): void {
    if (limits?.requests !== undefined) this.#requests.sync(limits.requests, requestMark, now);
    if (limits?.tokens !== undefined) this.#tokens.sync(limits.tokens, tokenMark, now);
    for (const limit of [limits?.requests, limits?.tokens]) {
      // Spent, and no rate from which to know when there is more.
      const isDry = limit !== undefined && limit.limit === undefined && limit.remaining <= 0;
      if (isDry && limit.resetMs !== undefined) this.#announce(this.#gate.close(limit.resetMs, now));
    }
  }

  #announce(milliseconds: number): void {
    if (milliseconds > 0) this.#onEvent({ type: "wait-started", milliseconds, reason: "rate-limit" });
  }
}
