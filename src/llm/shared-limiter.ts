import type { Clock } from "../core/clock.ts";
import type { Reply } from "../core/model.ts";
import { ExpectedTokens } from "./expected-tokens.ts";
import type { Demand, Limiter, Permit } from "./limiter.ts";

/** What several processes take from together. */
export interface SharedAllowance {
  /** @returns 0 where one request was taken, else the milliseconds after which to ask again. */
  take(tokens: number): Promise<number>;
  /** Puts right what a request was expected to take. */
  settle(difference: number): Promise<void>;
  /** Nobody sends for so long. */
  close(milliseconds: number): Promise<void>;
}

export interface SharedLimiterOptions {
  /** Of this process: its slots, and what replies say about limits. */
  readonly own: Limiter;
  readonly shared: SharedAllowance;
  readonly clock: Clock;
}

/** Where an endpoint does not say how long. */
const CLOSED_MS = 1_000;

/** A process's own limiter, behind an allowance that it shares with others. A request goes when both let it. */
export class SharedLimiter implements Limiter {
  readonly #own: Limiter;
  readonly #shared: SharedAllowance;
  readonly #clock: Clock;
  readonly #expected = new ExpectedTokens();
  /** One of this process asks at a time, in order, so that a dear request is not overtaken for ever. */
  #lastAsked: Promise<unknown> = Promise.resolve();

  constructor({ own, shared, clock }: SharedLimiterOptions) {
    this.#own = own;
    this.#shared = shared;
    this.#clock = clock;
  }

  get slots(): number {
    return this.#own.slots;
  }

  stallMs(): number {
    return this.#own.stallMs();
  }

  async acquire(demand: Demand): Promise<Permit | undefined> {
    const permit = await this.#own.acquire(demand);
    if (permit === undefined) return undefined;
    const tokens = this.#expected.tokens(demand.inputTokens, demand.maxOutputTokens);
    const asked = this.#lastAsked.then(() => this.#take(tokens, demand));
    this.#lastAsked = asked.catch(() => {});
    const isTaken = await asked.catch((error: unknown) => {
      permit.release();
      throw error;
    });
    if (isTaken) return { release: (reply) => this.#release(permit, { tokens, demand }, reply) };
    permit.release();
    return undefined;
  }

  async #take(tokens: number, { signal, onWait }: Demand): Promise<boolean> {
    while (!signal.aborted) {
      const wait = await this.#shared.take(tokens);
      if (wait === 0) return true;
      onWait?.(wait);
      await this.#clock.sleep(wait, signal).catch(() => {});
    }
    return false;
  }

  #release(permit: Permit, { tokens, demand }: { tokens: number; demand: Demand }, reply: Reply | undefined): void {
    const used = reply?.kind === "completion" ? reply.usage.inputTokens + reply.usage.outputTokens : 0;
    if (reply?.kind === "completion") this.#expected.learn(demand.inputTokens, reply.usage);
    if (used !== tokens) void this.#shared.settle(used - tokens).catch(() => {});
    if (reply?.kind === "failure" && reply.failure.scope === "rate-limit") {
      void this.#shared.close(reply.failure.retryAfterMs ?? CLOSED_MS).catch(() => {});
    }
    permit.release(reply);
  }
}
