import { expect, test } from "vitest";
import { growthOf } from "./growth.ts";

function turns(count: number): () => number {
  return () => {
    let sum = 0;
    for (let at = 0; at < count; at += 1) sum = (sum + at * at) % 1_000_003;
    return sum;
  };
}

test("work in proportion to its size is told from work with its square", () => {
  expect(growthOf((size) => turns(size * 1_000), 500)).toBe("linear");
  expect(growthOf((size) => turns(size * size), 600)).toMatch(/^\d+\.\d times as long on 4 times the size$/);
});
