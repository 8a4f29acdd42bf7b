import { z } from "zod";
import type { BatchFiles } from "./batch-files.ts";
import type { BatchEntry } from "./batch-book.ts";
import { nextHash } from "./batch-wave.ts";

const named = z.looseObject({ custom_id: z.string() });

/** Which requests are on their way, and the number of the file each stands in. */
export class BatchIndex {
  readonly #files: BatchFiles;
  readonly #numbers = new Map<string, number>();

  constructor(files: BatchFiles) {
    this.#files = files;
  }

  has(id: string): boolean {
    return this.#numbers.has(id);
  }

  get(id: string): number | undefined {
    return this.#numbers.get(id);
  }

  add(id: string, number: number): void {
    this.#numbers.set(id, number);
  }

  /** Reads a file of requests again; false where it is not what was collected. */
  load({ number, hash, requests }: BatchEntry): boolean {
    const log = this.#files.requests(number);
    let seen = "";
    let count = 0;
    try {
      log.scan((raw) => {
        const { custom_id: id } = named.parse(raw);
        seen = nextHash(seen, id);
        count += 1;
        this.#numbers.set(id, number);
      });
    } finally {
      log.close();
    }
    return seen === hash && count === requests;
  }

  /** The requests of one file. */
  *of(number: number): Generator<string, void, undefined> {
    for (const [id, its] of this.#numbers) if (its === number) yield id;
  }

  /** Forgets the requests of a file that is over, and the file. */
  forget(number: number): void {
    for (const id of this.of(number)) this.#numbers.delete(id);
    this.#files.remove(number);
  }
}
