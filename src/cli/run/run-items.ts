import { setImmediate as turn } from "node:timers/promises";
import type { Model } from "../../core/model.ts";
import { runLocal } from "../../engine/local.ts";
import type { ModelRun } from "./model-run.ts";
import type { ArrivedItem } from "../queue/queue-run.ts";

export type Worked = "ended" | "deferred";

/** Items to be worked through in a model run. */
export interface ItemWork<Item> {
  readonly items: readonly Item[];
  /** As its events call it. */
  readonly idOf: (item: Item) => string;
  /** Plain data from which a worker on another machine does the same as `work`; asked for where the run has a queue. */
  readonly inputOf?: ((item: Item) => unknown) | undefined;
  /**
   * Has its result written before it ends; `deferred` where it waits for what is asked elsewhere, by a batch or by a worker,
   * and is to be worked again.
   */
  readonly work: (item: Item, signal: AbortSignal, model: Model) => Promise<Worked>;
  /** Most requests at once. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
}

type How<Item> = Omit<ItemWork<Item>, "items" | "inputOf">;

/**
 * Works through items until they are done or the model stops. What is not begun then costs nothing, not even its prompt;
 * what is under way is paid for and still reaches the journal. Items that wait for a batch are worked again when it is back,
 * from their start: what they asked before is in the journal. So are items that workers did, one by one as they come.
 * @throws whatever the first item threw that could not be finished: a full disk, for one.
 */
export async function runItems<Item>(
  run: Pick<ModelRun, "model" | "batches" | "queue">,
  { items, inputOf, ...how }: ItemWork<Item>,
): Promise<void> {
  const { model } = run;
  const { signal } = how;
  const desk = run.batches?.desk;
  const isStopped = (): boolean => signal.aborted || model.stopReason() !== undefined;
  if (desk !== undefined && !(await desk.begin(signal))) return;
  for (let left = items; ;) {
    left = await runOnce(run, here(left, model), how);
    if (isStopped()) return;
    if (left.length > 0 && run.queue !== undefined && inputOf !== undefined) {
      await runOnce(run, run.queue.arrivals(left, { model, inputOf, signal }), how);
      return;
    }
    if (desk === undefined || desk.isDone(left.length) || !(await desk.next(signal))) return;
  }
}

function* here<Item>(items: readonly Item[], model: Model): Generator<ArrivedItem<Item>> {
  for (const item of items) yield { item, model };
}

/** @returns the items that were deferred. */
async function runOnce<Item>(
  { model }: Pick<ModelRun, "model">,
  items: Iterable<ArrivedItem<Item>> | AsyncIterable<ArrivedItem<Item>>,
  { idOf, work, concurrency, signal }: How<Item>,
): Promise<readonly Item[]> {
  const deferred: Item[] = [];
  let broken: Error | undefined;
  const going = whileGoing(items, () => model.stopReason() === undefined && broken === undefined);
  // The limiter holds back requests; a few items more, so that it never waits for a prompt to be made or a file written.
  const inFlight = concurrency + Math.ceil(concurrency / 4);
  const run = (each: ArrivedItem<Item>, aborted: AbortSignal): Promise<Worked> =>
    work(each.item, aborted, askingFor(idOf(each.item), each.model));
  for await (const finished of runLocal({ items: going, run, inFlight, signal })) {
    if (finished.kind === "threw") broken ??= asError(finished.error);
    else if (finished.result === "deferred") deferred.push(finished.item.item);
  }
  if (broken !== undefined) throw broken;
  return deferred;
}

/** The model, with each of its tasks told to be for an item. */
function askingFor(item: string, model: Model): Model {
  return { run: (task, signal) => model.run({ ...task, item }, signal) };
}

/**
 * Items that need no request wait for nothing: without a turn of the event loop now and then, Ctrl-C and progress would wait for
 * them all. By count and not by time, so that records come in the same order on every machine.
 */
const ITEMS_A_TURN = 64;

async function* whileGoing<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  isGoing: () => boolean,
): AsyncGenerator<Item> {
  if (!isGoing()) return;
  let taken = 0;
  for await (const item of items) {
    yield item;
    taken += 1;
    if (taken % ITEMS_A_TURN === 0) await turn();
    if (!isGoing()) return;
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error("an item could not be finished", { cause: thrown });
}
