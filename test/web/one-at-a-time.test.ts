import { expect, test } from "vitest";
import { oneAtATime } from "../../src/web/one-at-a-time.ts";
import { FakeDesk } from "./fake-desk.ts";

test("changes come to the desk one after the other, in the order asked, faults among them", async () => {
  let running = 0;
  let most = 0;
  const desk = new FakeDesk({
    pause: async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => void setImmediate(resolve));
      running -= 1;
      if (desk.asked.length === 3) throw new Error("a fault");
    },
  });
  const inTurn = oneAtATime(desk);
  const [first, second] = ["q-000000000000", "q-000000000003"];
  const results = await Promise.allSettled([
    inTurn.saveDraft(first, `${first}.1`, "One."),
    inTurn.decide(first, `${first}.2`, { action: "accept" }),
    inTurn.apply(true),
    inTurn.acceptAll([{ id: second, etag: `${second}.1` }], 1),
    inTurn.undo(1),
  ]);
  expect(desk.asked).toEqual([`save ${first}`, `decide ${first}`, "apply dry", "batch 1", "undo 1"]);
  expect(
    results.map((each) => (each.status === "fulfilled" && "status" in each.value ? each.value.status : "fault")),
  ).toEqual(["done", "done", "fault", "done", "conflict"]);
  expect(most).toBe(1);
  expect(inTurn.queue()).toEqual(desk.queue());
});
