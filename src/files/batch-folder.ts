import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { RecordLog } from "../core/record-log.ts";
import { fileError } from "./file-error.ts";
import { openRecordLog } from "./record-log.ts";
import type { RunFolder } from "./run-folder.ts";
import { ensureFolder } from "./workspace.ts";

/** Where a run keeps its batches: their states, their replies, and a file of requests for each that is not over. */
export interface BatchFolder {
  readonly run: string;
  readonly states: RecordLog;
  readonly replies: RecordLog;
  /** What the items of the run are made from. */
  readonly items: RecordLog;
  fresh(number: number): RecordLog;
  requests(number: number): RecordLog;
  path(number: number): string;
  remove(number: number): void;
  close(): void;
}

const STATES = "states.jsonl";

/** True where the run has ever collected a batch. */
export function hasBatches({ batches }: RunFolder): boolean {
  return existsSync(join(batches, STATES));
}

/** Opens it, making the folder where it is missing. @throws UserError if its files cannot be opened. */
export function openBatchFolder({ id, batches }: RunFolder): BatchFolder {
  ensureFolder(batches);
  const states = openRecordLog(join(batches, STATES));
  const replies = openRecordLog(join(batches, "replies.jsonl"));
  const items = openRecordLog(join(batches, "items.jsonl"));
  const path = (number: number): string => join(batches, `${String(number).padStart(4, "0")}.jsonl`);
  const remove = (number: number): void => {
    try {
      rmSync(path(number), { force: true });
    } catch (error) {
      throw fileError("remove", path(number), error);
    }
  };
  return {
    run: id,
    states,
    replies,
    items,
    fresh: (number) => {
      remove(number);
      return openRecordLog(path(number));
    },
    requests: (number) => openRecordLog(path(number)),
    path,
    remove,
    close: () => {
      states.close();
      replies.close();
      items.close();
    },
  };
}
