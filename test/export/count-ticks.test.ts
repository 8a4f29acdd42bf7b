import * as fc from "fast-check";
import { expect, test } from "vitest";
import { countTicks } from "../../src/export/count-ticks.ts";

test.each([
  [1, 4, [0, 1]],
  [2, 3, [0, 1, 2]],
  [12, 4, [0, 5, 10]],
  [96, 8, [0, 20, 40, 60, 80]],
  [250, 3, [0, 100, 200]],
  [1340, 4, [0, 500, 1000]],
])("counts up to %i in at most %i steps", (highest, most, ticks) => {
  expect(countTicks(highest, most)).toEqual(ticks);
});

test("never takes more steps than there is room for, and each is a whole number", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.integer({ min: 1, max: 12 }), (highest, most) => {
      const ticks = countTicks(highest, most);
      expect(ticks.length - 1).toBeLessThanOrEqual(most);
      expect(ticks.every((tick) => Number.isInteger(tick) && tick <= highest)).toBe(true);
    }),
  );
});
