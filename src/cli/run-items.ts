import { runLocal } from "../engine/local.ts";
import type { ModelRun } from "./model-run.ts";

export type Worked = "ended" | "deferred";

/** Items to be worked through in a model run. */
export interface ItemWork<Item> {
  readonly items: readonly Item[];
  /** Has its result written before it ends; `deferred` where it waits for a batch and is to be worked again. */
  readonly work: (item: Item, signal: AbortSignal) => Promise<Worked>;
  /** Most requests at once. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
}

/**
 * Works through items until they are done or the model stops. What is not begun then costs nothing, not even its prompt;
 * what is under way is paid for and still reaches the journal. Items that wait for a batch are worked again when it is back,
 * from their start: what they asked before is in the journal.
 * @throws whatever the first item threw that could not be finished: a full disk, for one.
 */
export async function runItems<Item>(
  run: Pick<ModelRun, "model" | "batches">,
  { items, ...how }: ItemWork<Item>,
): Promise<void> {
  const desk = run.batches?.desk;
  if (desk !== undefined && !(await desk.begin(how.signal))) return;
  for (let left = items; ;) {
    left = await runOnce(run, { items: left, ...how });
    if (desk === undefined || how.signal.aborted || run.model.stopReason() !== undefined) return;
    // What is in flight is paid for, even where nothing waits for it any more.
    if (left.length === 0 && !desk.isWaiting) break;
    if (!(await desk.next(how.signal))) return;
  }
  desk.close();
}

/** @returns the items that were deferred. */
async function runOnce<Item>(
  { model }: Pick<ModelRun, "model">,
  { items, work, concurrency, signal }: ItemWork<Item>,
): Promise<readonly Item[]> {
  const deferred: Item[] = [];
  let broken: Error | undefined;
  const going = whileGoing(items, () => model.stopReason() === undefined && broken === undefined);
  // The limiter holds back requests; twice as many items, so that it never waits for a prompt to be made or a file written.
  for await (const finished of runLocal({ items: going, run: work, inFlight: concurrency * 2, signal })) {
    if (finished.kind === "threw") broken ??= asError(finished.error);
    else if (finished.result === "deferred") deferred.push(finished.item);
  }
  if (broken !== undefined) throw broken;
  return deferred;
}

function* whileGoing<Item>(items: readonly Item[], isGoing: () => boolean): Generator<Item> {
  for (const item of items) {
    if (!isGoing()) return;
    yield item;
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error("an item could not be finished", { cause: thrown });
}
