/** Gives jobs to whoever has room, as many at a time as there is room. */
export class JobSource<Job> implements AsyncIterable<Job> {
  readonly #fetch: (most: number) => Promise<readonly Job[]>;
  readonly #rest: () => Promise<void>;
  readonly #signal: AbortSignal;
  #waiting: { readonly resolve: (next: IteratorResult<Job>) => void; readonly reject: (error: unknown) => void }[] = [];
  #isFilling = false;

  /** @param rest waits before it looks again where there was nothing. */
  constructor(
    fetch: (most: number) => Promise<readonly Job[]>,
    { rest, signal }: { readonly rest: () => Promise<void>; readonly signal: AbortSignal },
  ) {
    this.#fetch = fetch;
    this.#rest = rest;
    this.#signal = signal;
  }

  [Symbol.asyncIterator](): AsyncIterator<Job> {
    return { next: () => this.#next() };
  }

  #next(): Promise<IteratorResult<Job>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      void this.#fill();
    });
  }

  async #fill(): Promise<void> {
    if (this.#isFilling) return;
    this.#isFilling = true;
    try {
      while (this.#waiting.length > 0 && !this.#signal.aborted) {
        // Those who get room in this turn are served together.
        await Promise.resolve();
        const jobs = await this.#fetch(this.#waiting.length);
        for (const value of jobs) this.#waiting.shift()?.resolve({ done: false, value });
        if (jobs.length === 0) await this.#rest();
      }
      for (const { resolve } of this.#waiting.splice(0)) resolve({ done: true, value: undefined });
    } catch (error) {
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    } finally {
      this.#isFilling = false;
    }
  }
}
