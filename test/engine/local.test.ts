import { setImmediate as turn } from "node:timers/promises";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Finished, runLocal } from "../../src/engine/local.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

const { signal } = new AbortController();

async function collect<Item, Result>(run: AsyncIterable<Finished<Item, Result>>): Promise<Finished<Item, Result>[]> {
  const all: Finished<Item, Result>[] = [];
  for await (const end of run) all.push(end);
  return all;
}

function* breaking() {
  yield 1;
  throw new Error("cannot read on");
}

function* many() {
  for (let item = 0; item < 200_000; item += 1) yield { item, text: `Question ${item}` };
}

/** Leaves the turn at each hundredth item, as work that waits for something does. */
async function hundredth({ item }: { item: number }): Promise<number> {
  return item % 100 === 0 ? turn(item) : item;
}

test("results come as they finish", async () => {
  const clock = new VirtualClock();
  const run = async (milliseconds: number) => clock.sleep(milliseconds).then(() => milliseconds / 10);
  const ends = await collect(runLocal({ items: [30, 10, 20, 5], run, inFlight: 3, signal }));
  expect(ends.map((end) => end.kind === "done" && end.result)).toEqual([1, 0.5, 2, 3]);
});

test("an item that throws is a result like any other", async () => {
  const error = new Error("a fault");
  const run = (item: number) => (item === 2 ? Promise.reject(error) : Promise.resolve(item));
  expect(await collect(runLocal({ items: [1, 2, 3], run, inFlight: 1, signal }))).toEqual([
    { kind: "done", item: 1, result: 1 },
    { kind: "threw", item: 2, error },
    { kind: "done", item: 3, result: 3 },
  ]);
});

test("every item ends once, with never more under way than allowed", async () => {
  const works = fc.array(fc.record({ wait: fc.nat(50), fails: fc.boolean() }), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(works, fc.integer({ min: 1, max: 8 }), fc.boolean(), async (items, inFlight, isAsync) => {
      const clock = new VirtualClock();
      let underWay = 0;
      let peak = 0;
      const run = async ({ wait, fails }: { wait: number; fails: boolean }) => {
        underWay += 1;
        peak = Math.max(peak, underWay);
        await clock.sleep(wait);
        underWay -= 1;
        if (fails) throw new Error("x");
      };
      async function* slowly() {
        for (const item of items) {
          await clock.sleep(1);
          yield item;
        }
      }
      const ends = await collect(runLocal({ items: isAsync ? slowly() : items, run, inFlight, signal }));
      expect(new Set(ends.map(({ item }) => item))).toEqual(new Set(items));
      expect(ends.length).toBe(items.length);
      expect(ends.filter(({ kind }) => kind === "threw").length).toBe(items.filter(({ fails }) => fails).length);
      expect(peak).toBeLessThanOrEqual(inFlight);
    }),
    { numRuns: 30 },
  );
});

test("after the signal nothing begins, and what is under way still ends", async () => {
  const clock = new VirtualClock();
  const controller = new AbortController();
  const begun: number[] = [];
  const run = async (item: number) => {
    begun.push(item);
    await clock.sleep(10);
    if (item === 1) controller.abort();
  };
  const ends = await collect(runLocal({ items: [0, 1, 2, 3, 4, 5], run, inFlight: 2, signal: controller.signal }));
  expect({ begun, ended: ends.map(({ item }) => item) }).toEqual({ begun: [0, 1, 2], ended: [0, 1, 2] });
});

test("a source that throws ends the run after what was under way", async () => {
  const seen: unknown[] = [];
  const reading = (async () => {
    for await (const end of runLocal({ items: breaking(), run: async (item) => item, inFlight: 4, signal }))
      seen.push(end);
  })();
  await expect(reading).rejects.toThrow("cannot read on");
  expect(seen).toEqual([{ kind: "done", item: 1, result: 1 }]);
});

test("leaving early closes the source", async () => {
  let isClosed = false;
  function* source() {
    try {
      for (let item = 0; ; item += 1) yield item;
    } finally {
      isClosed = true;
    }
  }
  for await (const _end of runLocal({ items: source(), run: async () => {}, inFlight: 3, signal })) break;
  expect(isClosed).toBe(true);
});

test("200,000 items from a generator take the memory of those under way", async () => {
  const before = process.memoryUsage().heapUsed;
  let peak = before;
  let count = 0;
  for await (const end of runLocal({ items: many(), run: hundredth, inFlight: 50, signal })) {
    count += end.kind === "done" ? 1 : 0;
    if (count % 1_000 === 0) peak = Math.max(peak, process.memoryUsage().heapUsed);
  }
  expect(count).toBe(200_000);
  expect((peak - before) / 2 ** 20).toBeLessThan(120);
});
