import type { RateLimit } from "../core/model.ts";

const MINUTE_MS = 60_000;
/** A given limit is a mean over a minute; no more than this share of it goes out at once. */
const BURST_SHARE = 0.1;

/** When a request took its share, and how much had been taken until then, its own share included. */
export interface Mark {
  readonly at: number;
  readonly taken: number;
}

/**
 * A token bucket that can be given a rate, learn one from response headers, or do nothing where there is neither. Time
 * comes in as milliseconds. The level may go below zero where a request turned out dearer than reserved.
 */
export class TokenBucket {
  readonly #givenRate: number;
  #rate: number;
  #capacity: number;
  #level: number;
  #updatedAt: number;
  #taken = 0;
  #newestTaken = 0;

  constructor(perMinute: number | undefined, now: number) {
    this.#givenRate = perMinute === undefined ? Number.POSITIVE_INFINITY : perMinute / MINUTE_MS;
    this.#rate = this.#givenRate;
    this.#capacity = perMinute === undefined ? Number.POSITIVE_INFINITY : Math.max(1, perMinute * BURST_SHARE);
    this.#level = this.#capacity;
    this.#updatedAt = now;
  }

  /** Milliseconds until `amount` is there; an amount above the capacity waits for a full bucket. */
  waitMs(amount: number, now: number): number {
    this.#refill(now);
    const missing = Math.min(amount, this.#capacity) - this.#level;
    // A hair of slack, so that rounding never asks for a second, tiny sleep.
    return missing <= 1e-6 ? 0 : Math.max(1, Math.ceil(missing / this.#rate));
  }

  take(amount: number, now: number): Mark {
    this.#refill(now);
    this.#level -= amount;
    this.#taken += amount;
    return { at: now, taken: this.#taken };
  }

  /** Books the difference between what was reserved and what was used. */
  settle(reserved: number, used: number): void {
    this.#level = Math.min(this.#capacity, this.#level + reserved - used);
  }

  /**
   * Follows the server, which counted either when the marked request arrived or when it answered. What was taken since
   * the mark is gone in any case; what flowed in since then may be there or may be counted already. So the level is known
   * to lie between two bounds and is left alone inside them. A reply overtaken by a newer one may only lower it, as may
   * any reply beside a given limit. The rate is the slower of the limit a minute and of what the reset time implies,
   * because some endpoints state a limit a day.
   */
  sync({ limit, remaining, resetMs }: RateLimit, mark: Mark, now: number): void {
    if (limit === undefined || limit <= 0) return;
    this.#refill(now);
    const used = limit - remaining;
    const impliedRate = used > 0 && resetMs !== undefined && resetMs > 0 ? used / resetMs : Number.POSITIVE_INFINITY;
    this.#rate = Math.min(this.#givenRate, limit / MINUTE_MS, impliedRate);
    this.#capacity = Math.min(this.#capacity, limit);
    const atLeast = remaining - (this.#taken - mark.taken);
    const atMost = atLeast + (now - mark.at) * this.#rate;
    const mayRise = mark.taken >= this.#newestTaken && this.#givenRate === Number.POSITIVE_INFINITY;
    this.#newestTaken = Math.max(this.#newestTaken, mark.taken);
    const raised = mayRise ? Math.max(this.#level, atLeast) : this.#level;
    this.#level = Math.min(this.#capacity, raised, atMost);
  }

  #refill(now: number): void {
    const elapsed = Math.max(0, now - this.#updatedAt);
    this.#updatedAt = Math.max(this.#updatedAt, now);
    if (elapsed > 0) this.#level = Math.min(this.#capacity, this.#level + elapsed * this.#rate);
  }
}
