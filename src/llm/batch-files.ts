import type { RecordLog } from "../core/record-log.ts";

/** Where a run keeps its batches. */
export interface BatchFiles {
  /** The run's name, which batches carry. */
  readonly run: string;
  readonly states: RecordLog;
  readonly replies: RecordLog;
  /** An empty file of requests; what stood there was never submitted. */
  fresh(number: number): RecordLog;
  requests(number: number): RecordLog;
  path(number: number): string;
  remove(number: number): void;
}
