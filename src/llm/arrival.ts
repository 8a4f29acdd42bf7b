import type { OnEvent } from "../core/events.ts";
import type { Model } from "../core/model.ts";
import { isDeferred, type ApiFailure } from "../core/outcome.ts";
import { attemptEvent, attemptName } from "./attempt.ts";
import type { Journal } from "./journal.ts";
import { type AttemptRecord, journalRecord, type JournalRecord } from "./journal-records.ts";
import type { Lane } from "./lane.ts";

/** What workers recorded of one job, as it comes from elsewhere. */
export interface ArrivedJob {
  readonly key: string;
  readonly records: readonly unknown[];
  /** Why it has no result; null where it has. */
  readonly failure: string | null;
  /** False where another run paid for it: its replies are taken, and its cost is not booked a second time. */
  readonly isPaidHere: boolean;
}

/** The lane of a run whose requests are sent by workers: here nothing is sent, and what is not known yet is on its way. */
export const ELSEWHERE: Lane = { attempt: () => Promise.resolve({ kind: "deferred" }) };

/**
 * Takes the records of a job into the journal of the run; those that are there already stay as they are. Afterwards the same
 * pipeline, run here, finds every reply that a worker paid for.
 */
export function takeIn(job: ArrivedJob, journal: Journal, onEvent: OnEvent): void {
  for (const record of readable(job.records)) {
    if (record.type === "result" && !journal.isOwn(record.key)) journal.result(record);
    if (record.type === "attempt" && job.isPaidHere) takeAttempt(record, job.key, journal, onEvent);
  }
}

function takeAttempt(record: AttemptRecord, job: string, journal: Journal, onEvent: OnEvent): void {
  const { key, maxOutputTokens, number } = record;
  if (journal.hasBooked(attemptName(key, maxOutputTokens, number))) return;
  const entry = { ...record, batch: job.slice(0, 16) };
  journal.attempt(entry);
  onEvent(attemptEvent(entry));
}

/**
 * A model for the work of one job that arrived: what its workers could not get is not waited for again, and ends as it
 * ended there.
 */
export function modelOfArrival(model: Model, job: ArrivedJob): Model {
  const failures = new Map<string, ApiFailure>();
  for (const record of readable(job.records)) {
    if (record.type === "attempt" && record.failure !== undefined) failures.set(record.key, record.failure);
  }
  return {
    run: async (task, signal) => {
      const outcome = await model.run(task, signal);
      if (!isDeferred(outcome)) return outcome;
      const { receipt } = outcome;
      const message = job.failure ?? "no worker sent a reply to it; another release may have worked on it";
      return {
        status: "api_error",
        failure: { message, ...failures.get(receipt.key), scope: "item" },
        receipt,
      };
    },
  };
}

function readable(records: readonly unknown[]): readonly JournalRecord[] {
  return records.flatMap((raw) => {
    const parsed = journalRecord.safeParse(raw);
    return parsed.success ? [parsed.data] : [];
  });
}
