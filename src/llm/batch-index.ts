import { z } from "zod";
import type { BatchFiles } from "./batch-files.ts";
import type { BatchEntry } from "./batch-book.ts";
import { nextHash, type RequestPlace } from "./batch-wave.ts";

const named = z.looseObject({ custom_id: z.string() });

/** Which requests are on their way, and in which file each stands. */
export class BatchIndex {
  readonly #files: BatchFiles;
  readonly #places = new Map<string, RequestPlace>();

  constructor(files: BatchFiles) {
    this.#files = files;
  }

  has(id: string): boolean {
    return this.#places.has(id);
  }

  get(id: string): RequestPlace | undefined {
    return this.#places.get(id);
  }

  add(id: string, place: RequestPlace): void {
    this.#places.set(id, place);
  }

  /** Reads a file of requests again; false where it is not what was collected. */
  load({ number, hash, requests }: BatchEntry): boolean {
    const log = this.#files.requests(number);
    let seen = "";
    let count = 0;
    try {
      log.scan((raw, place) => {
        const { custom_id: id } = named.parse(raw);
        seen = nextHash(seen, id);
        count += 1;
        this.#places.set(id, { number, place });
      });
    } finally {
      log.close();
    }
    return seen === hash && count === requests;
  }

  /** The requests of one file. */
  *of(number: number): Generator<string, void, undefined> {
    for (const [id, place] of this.#places) if (place.number === number) yield id;
  }

  /** Forgets the requests of a file that is over, and the file. */
  forget(number: number): void {
    for (const id of this.of(number)) this.#places.delete(id);
    this.#files.remove(number);
  }
}
