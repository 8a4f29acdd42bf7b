const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 60_000;

/** One gate for all requests: a rate limit met by one of them holds them all until the server's hint has passed. */
export class Gate {
  #opensAt = 0;
  #stalledSince: number | undefined;
  #bursts = 0;

  /**
   * Closes for the server's hint, or without one for a backoff that doubles from burst to burst. 429s that come while
   * the gate is closed belong to the burst that closed it and prolong it only by a hint.
   * @returns by how many milliseconds the gate closed longer than it was.
   */
  close(hintMs: number | undefined, now: number): number {
    const wasOpen = this.#opensAt <= now;
    this.#stalledSince ??= now;
    if (wasOpen) this.#bursts += 1;
    if (!wasOpen && hintMs === undefined) return 0;
    const wait = hintMs ?? Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (this.#bursts - 1));
    const before = Math.max(now, this.#opensAt);
    this.#opensAt = Math.max(this.#opensAt, now + wait);
    return this.#opensAt - before;
  }

  /** A request got through: the stall is over. */
  passed(): void {
    this.#stalledSince = undefined;
    this.#bursts = 0;
  }

  waitMs(now: number): number {
    return Math.max(0, this.#opensAt - now);
  }

  /** From the first rate limit after the last success until the gate opens, in milliseconds. */
  stallMs(): number {
    return this.#stalledSince === undefined ? 0 : this.#opensAt - this.#stalledSince;
  }
}
