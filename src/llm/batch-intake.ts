import type { Clock } from "../core/clock.ts";
import { UserError } from "../core/errors.ts";
import type { ApiFailure } from "../core/outcome.ts";
import { type AttemptsOptions, persistently } from "./batch-attempts.ts";
import type { BatchEntry } from "./batch-book.ts";
import type { Answer, BatchState } from "./batch-endpoint.ts";
import type { BatchFiles } from "./batch-files.ts";
import { BatchReading, type HowMuch, type ReadBatch, type ReadingOptions } from "./batch-reading.ts";
import { MAX_TRIES } from "./retry-policy.ts";

export interface IntakeOptions extends AttemptsOptions, ReadingOptions {
  readonly files: BatchFiles;
  readonly clock: Clock;
  /** True where what the endpoint does not know any more is to be given up. */
  readonly givesUpLost: boolean;
}

/**
 * Takes in what a batch brought. Files that hold less than the endpoint says it did, or are not there, are asked for again a
 * few times: what they hold is paid for, and asking for it anew would pay a second time.
 * @returns undefined where the endpoint does not answer; the run is stopped then.
 * @throws UserError where the endpoint does not keep the replies any more.
 */
export async function takeIn(
  options: IntakeOptions,
  entry: BatchEntry,
  state: BatchState,
  signal: AbortSignal,
): Promise<ReadBatch | undefined> {
  const { clock, givesUpLost } = options;
  // A clock may be set back meanwhile.
  const milliseconds = Math.max(0, clock.now() - (entry.createdAt ?? clock.now()));
  const read = (): BatchReading => new BatchReading(options, entry, milliseconds);
  let reading = read();
  let tries = 0;
  const howMuch = await persistently(options, signal, async (): Promise<Answer<HowMuch>> => {
    tries += 1;
    const now: Answer<BatchState> =
      tries === 1 ? { kind: "done", value: state } : await stateNow(options, state, signal);
    if (now.kind !== "done") return now;
    reading = read();
    const answer = await reading.read(now.value, signal);
    const isDone = answer.kind !== "done" || answer.value === "whole" || tries === MAX_TRIES;
    return isDone ? answer : { kind: "failure", failure: INCOMPLETE };
  });
  if (howMuch === undefined) return undefined;
  if (howMuch === "gone" && !givesUpLost) throw repliesLost(state);
  return reading.conclude(state.status);
}

const INCOMPLETE: ApiFailure = { scope: "retry", message: "the endpoint's file of replies is not whole" };

function stateNow({ endpoint }: IntakeOptions, { id }: BatchState, signal: AbortSignal): Promise<Answer<BatchState>> {
  return endpoint.state(id, signal);
}

function repliesLost({ id }: BatchState): UserError {
  return new UserError(`the endpoint does not keep the replies of ${id} any more`, {
    hint: "use the key and project it was submitted with; if they are gone, --resubmit-lost sends those requests again",
  });
}
