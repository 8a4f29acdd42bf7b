import { expect, test } from "vitest";
import { agreesOnBlock } from "../../src/bank/cross-check.ts";

test.each(["> a\n\n", "*_", "a\n-\n", "*[a", "1. ", "a<!---\n"])(
  "a draft of nothing but %j is refused at once",
  (unit) => {
    const question = "## What is a lock?\n\n";
    const started = performance.now();
    expect(agreesOnBlock(question + unit.repeat(Math.floor(40_000 / unit.length)), question.length)).toBe(false);
    expect(performance.now() - started).toBeLessThan(1_000);
  },
);
