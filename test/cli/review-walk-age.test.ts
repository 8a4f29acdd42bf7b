import { expect, test } from "vitest";
import { ageOf } from "../../src/cli/review-walk/review-walk-age.ts";

test.each([
  ["2030-01-05t03-04-00z-a1b2", "just drafted"],
  ["2030-01-05t02-05-05z", "59 min old"],
  ["2030-01-05t02-04-05z", "1 h old"],
  ["2030-01-03t04-00-00z", "47 h old"],
  ["2030-01-02t03-04-05z", "3 days old"],
  ["2031-01-02t03-04-05z", undefined],
  ["2030-13-02t03-04-05z", undefined],
  ["nightly", undefined],
])("a draft of run %s is %s", (run, age) => {
  expect(ageOf(run, Date.parse("2030-01-05T03:04:05Z"))).toBe(age);
});
