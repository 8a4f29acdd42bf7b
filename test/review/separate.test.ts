import { array, assert, integer, property } from "fast-check";
import { expect, it } from "vitest";
import { separate, type Attempt } from "../../src/review/separate.ts";

/** A sum, unless the test finds a fault. */
function sumUnless(
  hasFault: (items: readonly number[]) => boolean,
): (items: readonly number[]) => Attempt<number, string> {
  return (items) =>
    hasFault(items)
      ? { kind: "broken", fault: "bad" }
      : { kind: "whole", whole: items.reduce((sum, item) => sum + item, 0) };
}

it("keeps exactly the sound items and what they make, whatever breaks", () => {
  assert(
    property(array(integer({ min: 0, max: 20 })), (items) => {
      const good = items.filter((item) => item <= 15);
      expect(
        separate(
          items,
          sumUnless((group) => group.some((item) => item > 15)),
        ),
      ).toEqual({
        sound: good,
        whole: good.length === 0 ? undefined : good.reduce((sum, item) => sum + item, 0),
        broken: items.filter((item) => item > 15).map((item) => ({ item, fault: "bad" })),
      });
    }),
  );
});

it("puts a fault of two down to the later one", () => {
  expect(
    separate(
      [1, 2, 3, 4, 5],
      sumUnless((group) => group.includes(2) && group.includes(4)),
    ),
  ).toEqual({ sound: [1, 2, 3, 5], whole: 11, broken: [{ item: 4, fault: "bad" }] });
});

it("asks once where nothing breaks, and seldom where little does", () => {
  const items = Array.from({ length: 1000 }, (_, at) => at);
  const attemptsWith = (bad: number): number => {
    let attempts = 0;
    const attempt = sumUnless((group) => group.includes(bad));
    separate(items, (group) => {
      attempts += 1;
      return attempt(group);
    });
    return attempts;
  };
  expect(attemptsWith(-1)).toBe(1);
  expect(attemptsWith(700)).toBeLessThanOrEqual(1 + 2 * 10);
});
