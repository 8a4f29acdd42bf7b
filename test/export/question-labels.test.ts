import * as fc from "fast-check";
import { expect, test } from "vitest";
import { questionLabels } from "../../src/export/question-labels.ts";

function labels(...numbers: readonly (string | undefined)[]): string {
  return questionLabels(numbers.map((number) => ({ number }))).join(" ");
}

test.each([
  [["1.", "2.", "10"], "Q1 Q2 Q10"],
  [["1.a", "1.b"], "Q1.a Q1.b"],
  [["1", "2", "1", "1", "3"], "Q1a Q2 Q1b Q1c Q3"],
  [[undefined, undefined], "Q1 Q2"],
  [["2", undefined], "Q2a Q2b"],
  [["1a", "1", "1"], "Q1 Q2 Q3"],
  [["1A", "1a"], "Q1 Q2"],
  [["§ 12 of the annex", "4"], "Q1 Q4"],
])("numbers %j become %s", (numbers, expected) => {
  expect(labels(...numbers)).toBe(expected);
});

test("no two questions of a report have one label", () => {
  const number = fc.option(fc.constantFrom("1", "2", "2.", "1a", "1A", "3.1", "a", "", "x y"), { nil: undefined });
  fc.assert(
    fc.property(fc.array(number, { maxLength: 40 }), (numbers) => {
      const made = questionLabels(numbers.map((each) => ({ number: each })));
      return new Set(made.map((label) => label.toLowerCase())).size === numbers.length;
    }),
  );
});
