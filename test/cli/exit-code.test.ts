import { expect, test } from "vitest";
import { DONE, exitCodeOf } from "../../src/cli/exit-code.ts";

test("what a command comes to, from the strongest reason to the weakest", () => {
  const all = { open: 3, interrupted: true, couldNotRun: true, resumable: true };
  expect([
    exitCodeOf(all),
    exitCodeOf({ ...all, interrupted: false }),
    exitCodeOf({ ...all, interrupted: false, couldNotRun: false }),
    exitCodeOf({ open: 3 }),
    exitCodeOf(DONE),
  ]).toEqual([130, 2, 75, 1, 0]);
});
