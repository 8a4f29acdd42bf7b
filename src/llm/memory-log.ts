import type { RecordLog, RecordPlace } from "../core/record-log.ts";

/** A log that lives as long as one job, for whoever has no disk to keep it on. What is new in it can be carried away. */
export class MemoryLog implements RecordLog {
  readonly #records: unknown[];
  #carried: number;

  /** @param known records of earlier attempts at the job. */
  constructor(known: readonly unknown[]) {
    this.#records = [...known];
    this.#carried = known.length;
  }

  /** What was appended since this was last asked. */
  fresh(): readonly unknown[] {
    const from = this.#carried;
    this.#carried = this.#records.length;
    return this.#records.slice(from);
  }

  append(record: unknown): RecordPlace {
    this.#records.push(record);
    return { offset: this.#records.length - 1, length: 1 };
  }

  sync(): void {}

  read({ offset }: RecordPlace): unknown {
    return this.#records[offset];
  }

  scan(visit: (record: unknown, place: RecordPlace) => void): void {
    for (const [offset, record] of this.#records.entries()) visit(record, { offset, length: 1 });
  }

  close(): void {}
}
