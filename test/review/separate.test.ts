import { array, assert, integer, property } from "fast-check";
import { expect, it } from "vitest";
import { separate } from "../../src/review/separate.ts";

it("keeps exactly the sound items, whatever breaks", () => {
  assert(
    property(array(integer({ min: 0, max: 20 })), (items) => {
      const { sound, broken } = separate(items, (group) => (group.some((item) => item > 15) ? "too big" : undefined));
      expect(sound).toEqual(items.filter((item) => item <= 15));
      expect(broken).toEqual(items.filter((item) => item > 15).map((item) => ({ item, fault: "too big" })));
    }),
  );
});

it("puts a fault of two down to the later one", () => {
  expect(
    separate(["a", "open", "b", "close", "c"], (group) =>
      group.includes("open") && group.includes("close") ? "clash" : undefined,
    ),
  ).toEqual({
    sound: ["a", "open", "b", "c"],
    broken: [{ item: "close", fault: "clash" }],
  });
});

it("asks once where nothing breaks, and seldom where little does", () => {
  const items = Array.from({ length: 1000 }, (_, at) => at);
  let checks = 0;
  const count = (bad: number) => (group: readonly number[]) => {
    checks += 1;
    return group.includes(bad) ? "bad" : undefined;
  };
  separate(items, count(-1));
  expect(checks).toBe(1);
  expect(separate(items, count(700)).broken).toEqual([{ item: 700, fault: "bad" }]);
  expect(checks).toBeLessThanOrEqual(1 + 2 * 10 + 1);
});
