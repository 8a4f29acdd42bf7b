import { HandOver } from "./hand-over.ts";

export interface LocalRun<Item, Result> {
  /** Taken one by one, only as there is room. */
  readonly items: Iterable<Item> | AsyncIterable<Item>;
  readonly run: (item: Item, signal: AbortSignal) => Promise<Result>;
  /** Most items under way at once; a result that was not taken yet keeps its place. */
  readonly inFlight: number;
  readonly signal: AbortSignal;
}

export type Finished<Item, Result> =
  | { readonly kind: "done"; readonly item: Item; readonly result: Result }
  | { readonly kind: "threw"; readonly item: Item; readonly error: unknown };

/**
 * Runs items in this process and yields their results as they finish. An item that throws is a result like any other; a
 * source that throws ends the run. No item is begun after the signal, those under way are waited for. Memory is bounded
 * by `inFlight`, not by the number of items. Leaving the loop early closes the source.
 */
export async function* runLocal<Item, Result>({
  items,
  run,
  inFlight,
  signal,
}: LocalRun<Item, Result>): AsyncGenerator<Finished<Item, Result>, void, undefined> {
  const source = iteratorOf(items);
  const results = new HandOver<Finished<Item, Result>>();
  const work = async (): Promise<void> => {
    while (!signal.aborted) {
      const next = await source.next();
      if (next.done === true || signal.aborted) return;
      await results.give(await settled(next.value, run, signal));
    }
  };
  const working = Promise.allSettled(Array.from({ length: inFlight }, work)).finally(() => results.close());
  try {
    yield* results.values();
    const broken = (await working).find((end) => end.status === "rejected");
    if (broken !== undefined) throw broken.reason;
  } finally {
    await source.return?.();
  }
}

async function settled<Item, Result>(
  item: Item,
  run: LocalRun<Item, Result>["run"],
  signal: AbortSignal,
): Promise<Finished<Item, Result>> {
  try {
    return { kind: "done", item, result: await run(item, signal) };
  } catch (error) {
    return { kind: "threw", item, error };
  }
}

function iteratorOf<Item>(items: Iterable<Item> | AsyncIterable<Item>): Iterator<Item> | AsyncIterator<Item> {
  return Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
}
