import type { Clock } from "../core/clock.ts";
import type { BatchCounts } from "../core/events.ts";
import type { RecordLog } from "../core/record-log.ts";
import { type BatchRecord, batchRecord, type CollectedFile, versioned } from "./batch-records.ts";

/** How far a batch is: on this disk, at the endpoint as a file, in flight, over. */
type Stage = "collected" | "uploaded" | "created" | "over";

export interface BatchEntry extends CollectedFile {
  readonly stage: Stage;
  readonly fileId?: string | undefined;
  /** When it was uploaded, by the endpoint's clock. */
  readonly fileAt?: number | undefined;
  readonly id?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly createdAt?: number | undefined;
  readonly ending?: string | undefined;
  readonly counts?: BatchCounts | undefined;
}

type Step = BatchRecord extends infer Each ? (Each extends BatchRecord ? Omit<Each, "v" | "at"> : never) : never;

/** Every batch of a run and how far it is: a fold over steps on disk, each safe there before the next is taken. */
export class BatchBook {
  readonly #log: RecordLog;
  readonly #clock: Pick<Clock, "now">;
  readonly #entries = new Map<number, BatchEntry>();

  constructor(log: RecordLog, clock: Pick<Clock, "now">) {
    this.#log = log;
    this.#clock = clock;
    log.scan((raw) => {
      const { success, data } = batchRecord.safeParse(raw);
      if (success) this.#take(data);
    });
  }

  get entries(): readonly BatchEntry[] {
    return [...this.#entries.values()];
  }

  /** Those that may still bring replies. */
  get open(): readonly BatchEntry[] {
    return this.entries.filter(({ stage }) => stage !== "over");
  }

  get inFlight(): readonly BatchEntry[] {
    return this.entries.filter(({ stage }) => stage === "created");
  }

  get(number: number): BatchEntry | undefined {
    return this.#entries.get(number);
  }

  step(step: Step): void {
    const record = batchRecord.parse({ ...step, ...versioned(), at: this.#clock.now() });
    this.#log.append(record);
    this.#log.sync();
    this.#take(record);
  }

  #take(record: BatchRecord): void {
    if (record.type === "wave") {
      for (const file of record.files) this.#entries.set(file.number, { ...file, stage: "collected" });
      return;
    }
    const entry = this.#entries.get(record.number);
    if (entry !== undefined) this.#entries.set(record.number, after(entry, record));
  }
}

function after(entry: BatchEntry, record: Exclude<BatchRecord, { type: "wave" }>): BatchEntry {
  switch (record.type) {
    case "uploaded":
      return { ...entry, stage: "uploaded", fileId: record.fileId, fileAt: record.fileAt };
    case "created":
      return { ...entry, stage: "created", id: record.id, createdAt: record.at };
    case "turned-away":
      return { ...entry, stage: "uploaded", id: undefined };
    case "read":
      return { ...entry, stage: "over", ending: record.ending, counts: record.counts };
    case "dropped":
      return { ...entry, stage: "over", ending: record.ending };
    default:
      return record satisfies never;
  }
}
