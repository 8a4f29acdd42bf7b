import type { RecordLog, RecordPlace } from "../core/record-log.ts";
import { type ReplyRecord, replyRecord, versioned } from "./batch-records.ts";

/** The replies that a run's batches brought, found by the name of the attempt; memory holds places only. */
export class BatchMail {
  readonly #log: RecordLog;
  readonly #places = new Map<string, RecordPlace>();

  constructor(log: RecordLog) {
    this.#log = log;
    log.scan((raw, place) => {
      const { success, data } = replyRecord.safeParse(raw);
      if (success) this.#places.set(data.id, place);
    });
  }

  has(id: string): boolean {
    return this.#places.has(id);
  }

  read(id: string): ReplyRecord | undefined {
    const place = this.#places.get(id);
    return place === undefined ? undefined : replyRecord.parse(this.#log.read(place));
  }

  keep(entry: Omit<ReplyRecord, "v">): void {
    this.#places.set(entry.id, this.#log.append({ ...entry, ...versioned() }));
  }

  ids(): IterableIterator<string> {
    return this.#places.keys();
  }

  sync(): void {
    this.#log.sync();
  }
}
