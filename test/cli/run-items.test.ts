import { expect, test } from "vitest";
import { runItems, type Worked } from "../../src/cli/run/run-items.ts";
import { modelRig } from "../support/model-rig.ts";
import { scriptedProvider } from "../support/scripted-provider.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

/** As what is served from the journal is worked on: no request is waited for, and each item takes a while. */
function workOnItem(milliseconds: number): Promise<Worked> {
  for (const end = performance.now() + milliseconds; performance.now() < end;);
  return Promise.resolve("ended");
}

test("Ctrl-C is heard while items need no request", async () => {
  const clock = new VirtualClock();
  const { model } = modelRig({ provider: scriptedProvider(clock, () => ({ kind: "aborted" })), clock });
  const control = new AbortController();
  setImmediate(() => control.abort());
  let begun = 0;
  const work = (): Promise<Worked> => {
    begun += 1;
    return workOnItem(1);
  };
  const items = Array.from({ length: 1_000 }, (_, number) => number);
  const run = { model, batches: undefined, queue: undefined };
  await runItems(run, { items, idOf: String, work, concurrency: 4, signal: control.signal });
  expect(begun).toBeLessThan(items.length / 10);
});
