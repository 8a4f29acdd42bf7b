import { runLocal } from "../engine/local.ts";
import type { ModelRun } from "./model-run.ts";

/** Items to be worked through in a model run. */
export interface ItemWork<Item> {
  readonly items: readonly Item[];
  /** Has its result written before it ends. */
  readonly work: (item: Item, signal: AbortSignal) => Promise<void>;
  /** Most requests at once. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
}

/**
 * Works through items until they are done or the model stops. What is not begun then costs nothing, not even its prompt;
 * what is under way is paid for and still reaches the journal.
 * @throws whatever the first item threw that could not be finished: a full disk, for one.
 */
export async function runItems<Item>(
  { model }: Pick<ModelRun, "model">,
  { items, work, concurrency, signal }: ItemWork<Item>,
): Promise<void> {
  let broken: Error | undefined;
  const going = whileGoing(items, () => model.stopReason() === undefined && broken === undefined);
  // The limiter holds back requests; twice as many items, so that it never waits for a prompt to be made or a file written.
  for await (const finished of runLocal({ items: going, run: work, inFlight: concurrency * 2, signal })) {
    if (finished.kind === "threw") broken ??= asError(finished.error);
  }
  if (broken !== undefined) throw broken;
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
