import { expect, test } from "vitest";
import { hashOf } from "../../../src/core/hash.ts";
import { planOverride } from "../../../src/grade/records/override.ts";
import { planGrading, type GradingPlan, type PlanGradingOptions } from "../../../src/grade/records/plan-grading.ts";
import type { GradeLogEntry } from "../../../src/grade/records/record.ts";
import type { Submission } from "../../../src/grade/submissions/submission.ts";
import { fold, gradeOf, hashesOf, rubricNow } from "./sample-grades.ts";

const SUBMISSION: Submission = {
  candidate: "c-001",
  question: "q-locks",
  answer: "answer",
  rawHash: hashOf("raw"),
  attempt: 1,
  source: { path: "candidates/c-001.md", line: 12 },
  human: [],
};

const JUDGE = { provider: "openai", model: "judge", promptHash: hashOf("prompt"), samples: 1 };

function plan(entries: readonly GradeLogEntry[], changes: Partial<PlanGradingOptions> = {}): GradingPlan {
  return planGrading({
    submissions: [SUBMISSION],
    grades: fold(...entries).grades,
    rubrics: new Map([["q-locks", hashesOf("content")]]),
    judge: JUDGE,
    hashOfAnswer: ({ answer }) => hashOf(answer),
    only: undefined,
    limit: undefined,
    redo: false,
    ...changes,
  });
}

function reasons({ planned }: GradingPlan): unknown {
  return planned.map(({ reason, sample }) => [reason, sample]);
}

const GRADED = gradeOf({ first: "full" });

test("what has no grade is graded, what has one is left alone", () => {
  expect(reasons(plan([]))).toEqual([["new", 0]]);
  expect(plan([GRADED])).toEqual({
    planned: [],
    skipped: { "up-to-date": 1, overridden: 0, "no-rubric": 0, "not-asked": 0, "over-limit": 0 },
  });
});

test.each<[string, Partial<PlanGradingOptions>]>([
  ["answer-changed", { submissions: [{ ...SUBMISSION, answer: "another" }] }],
  ["rubric-changed", { rubrics: new Map([["q-locks", hashesOf("content", "other words")]]) }],
  ["other-judge", { judge: { ...JUDGE, model: "another" } }],
  ["other-judge", { judge: { ...JUDGE, promptHash: hashOf("another") } }],
  ["other-judge", { judge: { ...JUDGE, samples: 3 } }],
])("a grade is made again: %s", (reason, changes) => {
  expect(reasons(plan([GRADED], changes))).toEqual([[reason, 0]]);
});

test("new points alone ask no judge", () => {
  expect(reasons(plan([GRADED], { rubrics: new Map([["q-locks", hashesOf("points")]]) }))).toEqual([]);
});

test("a fault is tried again under the same request, a redo under a new one", () => {
  const fault = gradeOf({}, { state: "error", mark: null, criteria: [] });
  expect(reasons(plan([fault]))).toEqual([["no-mark", 0]]);
  expect(reasons(plan([GRADED], { redo: true }))).toEqual([["redo", 1]]);
  const again = gradeOf({ first: "full" }, { run: { ...GRADED.run, sample: 1 } });
  expect(reasons(plan([GRADED, again], { redo: true }))).toEqual([["redo", 2]]);
});

test("a blank is blank for every judge; a person's mark is graded over by none, until the answer changes", () => {
  const blank = gradeOf({}, { state: "blank", mark: null, criteria: [] });
  expect(plan([blank], { judge: { ...JUDGE, model: "another" } }).skipped["up-to-date"]).toBe(1);
  const current = fold(GRADED).grades.values().next().value;
  if (current === undefined) throw new Error("no grade");
  const wish = { levels: new Map([["second", "full"]]), mark: undefined, by: "ada", reason: "because" };
  const log = [GRADED, planOverride(current, rubricNow(), wish)];
  expect(plan(log, { judge: { ...JUDGE, model: "another" } }).skipped.overridden).toBe(1);
  expect(reasons(plan(log, { submissions: [{ ...SUBMISSION, answer: "another" }] }))).toEqual([["answer-changed", 0]]);
});

test("--only takes candidates or questions, --limit the first ones, and a question without a rubric is counted", () => {
  const submissions = ["c-001", "c-002", "c-003"].map((candidate) => ({ ...SUBMISSION, candidate }));
  const asked = plan([], {
    submissions,
    only: { candidates: new Set(["c-001", "c-003"]), questions: new Set() },
    limit: 1,
  });
  expect([asked.planned.map(({ submission }) => submission.candidate), asked.skipped]).toEqual([
    ["c-001"],
    { "up-to-date": 0, overridden: 0, "no-rubric": 0, "not-asked": 1, "over-limit": 1 },
  ]);
  expect(plan([], { submissions, rubrics: new Map() }).skipped["no-rubric"]).toBe(3);
});
