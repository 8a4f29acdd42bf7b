import * as fc from "fast-check";
import { expect, test } from "vitest";
import { AdaptiveSlots, type Ending } from "../../src/llm/adaptive-slots.ts";

/** Lets `count` requests run at once and end alike. */
function round(slots: AdaptiveSlots, ending: Ending, count = slots.limit): number {
  const admissions = Array.from({ length: count }, () => slots.admit());
  for (const admission of admissions) slots.end(admission, ending);
  return slots.limit;
}

test("slots double until the first rate limit, then grow by a twentieth", () => {
  const slots = new AdaptiveSlots(8, 200);
  const limits = [round(slots, "success"), round(slots, "success"), round(slots, "success")];
  round(slots, "rate-limit", 1);
  limits.push(slots.limit, round(slots, "success"), round(slots, "success"));
  expect(limits).toEqual([16, 32, 64, 51, 54, 57]);
});

test("a burst of 20 rate limits cuts once, the next burst cuts again", () => {
  const slots = new AdaptiveSlots(20, 50);
  expect([round(slots, "rate-limit", 20), round(slots, "rate-limit", 16)]).toEqual([16, 12]);
});

test("20 faults of the server stop growth and cut nothing", () => {
  const slots = new AdaptiveSlots(20, 50);
  expect([round(slots, "trouble", 20), round(slots, "success")]).toEqual([20, 40]);
});

test("slots that are not used do not grow", () => {
  const slots = new AdaptiveSlots(20, 50);
  for (let index = 0; index < 100; index += 1) round(slots, "success", 10);
  expect(slots.limit).toBe(20);
});

test("whatever happens, slots stay between 1 and the ceiling", () => {
  const endings = fc.array(fc.constantFrom<Ending>("success", "trouble", "rate-limit", "unsent"), { maxLength: 300 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), endings, (ceiling, all) => {
      const slots = new AdaptiveSlots(8, ceiling);
      for (const ending of all) round(slots, ending, 1 + (all.length % slots.limit));
      expect(slots.limit).toBeGreaterThanOrEqual(1);
      expect(slots.limit).toBeLessThanOrEqual(ceiling);
    }),
  );
});
