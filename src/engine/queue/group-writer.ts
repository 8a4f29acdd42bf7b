interface Waiting<Entry> {
  readonly entry: Entry;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Writes what gathers while a write is under way together with the next one. */
export class GroupWriter<Entry> {
  readonly #write: (entries: readonly Entry[]) => Promise<void>;
  readonly #most: number;
  #waiting: Waiting<Entry>[] = [];
  #isWriting = false;

  constructor(write: (entries: readonly Entry[]) => Promise<void>, most = 200) {
    this.#write = write;
    this.#most = most;
  }

  /** Resolves when it is written. */
  add(entry: Entry): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry, resolve, reject });
      void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    if (this.#isWriting) return;
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      // The others of this turn come along.
      await Promise.resolve();
      const group = this.#waiting.splice(0, this.#most);
      try {
        await this.#write(group.map(({ entry }) => entry));
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#isWriting = false;
  }
}
