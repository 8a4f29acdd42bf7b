import { expect, test } from "vitest";
import { comparisonText } from "../../src/export/comparison-text.ts";
import { compareGrades } from "../../src/grade/records/compare-grades.ts";
import type { CurrentGrade } from "../../src/grade/records/grade-log.ts";
import { sampleGradeBook } from "./sample-grade-book.ts";

test("says in lines which marks moved, which states changed, and why", () => {
  const grades = sampleGradeBook({ candidates: 6, questions: 3, isHostile: false }).grades.map(
    ({ current }) => current,
  );
  const after = grades.map((current, at): CurrentGrade => {
    if (at === 0) return { ...current, mark: 4500, countedBy: "sha256:other" };
    if (at === 4) return { ...current, candidate: "c-002", state: "graded" };
    if (at === 8) return { ...current, state: "error", mark: null };
    return at === 15 ? { ...current, attempt: 2 } : current;
  });
  expect(comparisonText(compareGrades(grades, after))).toMatchInlineSnapshot(`
    "17 answers on both sides, 3 changed.
    Marks that count on both sides: 1 up, 0 down, mean shift +1.8% of full marks (n 14).
    State: 1 answer from needs review to graded.
    State: 1 answer from graded to error.
    Rubric of q-000000000001: other points.
      c-001 q-000000000001: 3 graded to 4.5 graded (+1.5); because of the rubric
      c-002 q-000000000002: 4 needs review to 4 graded; because of another reading by the same judge
      c-003 q-000000000003: 5 graded to no mark error; because of another reading by the same judge
    Only after: 1 answer.
      c-006 q-000000000001 attempt 2
    Only before: 1 answer.
      c-006 q-000000000001
    "
  `);
});

test("says that nothing changed", () => {
  expect(comparisonText(compareGrades([], []))).toBe(
    "0 answers on both sides, 0 changed.\nMarks that count on both sides: 0 up, 0 down, mean shift 0.0% of full marks (n 0).\n",
  );
});
