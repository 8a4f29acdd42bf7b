const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 60_000;
/** A hint up to this long, in the midst of successes, concerns the request that got it; a longer one concerns all. */
const LONGEST_PASSING_HINT_MS = 5_000;
const STALL_SHARE = 0.25;
const MEMORY = 0.9;

/**
 * One gate for all requests, closed when rate limits are more than a passing matter: by a long hint, or when a quarter of
 * the last requests (weighted towards the newest) were turned away.
 */
export class Gate {
  #opensAt = 0;
  #turnedAwayShare = 0;
  #stalledSince: number | undefined;
  #bursts = 0;

  /** A request got through: a stall is over. */
  passed(): void {
    this.#turnedAwayShare *= MEMORY;
    this.#stalledSince = undefined;
    this.#bursts = 0;
  }

  /** @returns by how many milliseconds the gate closed longer than it was. */
  turnedAway(hintMs: number | undefined, now: number): number {
    this.#turnedAwayShare = this.#turnedAwayShare * MEMORY + (1 - MEMORY);
    const isLongHint = hintMs !== undefined && hintMs > LONGEST_PASSING_HINT_MS;
    return isLongHint || this.#turnedAwayShare >= STALL_SHARE ? this.close(hintMs, now) : 0;
  }

  /**
   * Closes for the server's hint, or without one for a backoff that doubles from burst to burst. While the gate is
   * closed, only a hint prolongs it.
   * @returns by how many milliseconds the gate closed longer than it was.
   */
  close(hintMs: number | undefined, now: number): number {
    const wasOpen = this.#opensAt <= now;
    this.#stalledSince ??= now;
    if (!wasOpen && hintMs === undefined) return 0;
    if (wasOpen) this.#bursts += 1;
    const wait = hintMs ?? Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (this.#bursts - 1));
    const before = Math.max(now, this.#opensAt);
    this.#opensAt = Math.max(this.#opensAt, now + wait);
    return this.#opensAt - before;
  }

  waitMs(now: number): number {
    return Math.max(0, this.#opensAt - now);
  }

  /** From the closing after the last success until the gate opens, in milliseconds. */
  stallMs(): number {
    return this.#stalledSince === undefined ? 0 : this.#opensAt - this.#stalledSince;
  }
}
