import { describe, expect, test } from "vitest";
import { pairMarks, type JudgedAnswer } from "../../../src/grade/agreement/pair-marks.ts";
import { scaleOfRubric } from "../../../src/grade/agreement/mark-scale.ts";
import { thousandths } from "../../../src/grade/rubric/points.ts";
import type { Criterion, Rubric } from "../../../src/grade/rubric/rubric.ts";
import type { HumanMark } from "../../../src/grade/submissions/submission.ts";

const HASH = `sha256:${"0".repeat(64)}` as const;

function criterion(id: string, points: readonly number[]): Criterion {
  return {
    id,
    text: `says ${id}`,
    kind: "levels",
    evidence: "required",
    levels: points.map((each, at) => ({ id: `l${at}`, points: thousandths(each), descriptor: "", anchors: [] })),
    accepts: [],
    rejects: [],
  };
}

const RUBRIC: Rubric = {
  id: "r-1",
  question: { id: "q-1" },
  scale: { max: thousandths(5), step: thousandths(0.5), floor: thousandths(0), pass: thousandths(3) },
  guidelines: "",
  reference: { from: "bank" },
  criteria: [criterion("definition", [0, 1, 3]), criterion("example", [0, 2])],
  groups: [],
  precedents: [],
};
const RUBRICS = new Map([["q-1", RUBRIC]]);

function grade(candidate: string, changes: Partial<JudgedAnswer> = {}): JudgedAnswer {
  const result = { counted: 0, evidence: [], findings: "" };
  return {
    candidate,
    question: "q-1",
    attempt: 1,
    state: "graded",
    mark: 3_000,
    criteria: [
      { ...result, criterion: "definition", level: "l1", points: 1_000 },
      { ...result, criterion: "example", level: "l1", points: 2_000 },
    ],
    crossCheck: 0.4,
    answer: { raw_hash: HASH, hash: HASH, characters: 120, words: 20 },
    ...changes,
  };
}

function mark(candidate: string, given: HumanMark["mark"], changes: Partial<HumanMark> = {}): HumanMark {
  return { candidate, question: "q-1", attempt: 1, rater: "A", mark: given, ...changes };
}

const total = (points: number): HumanMark["mark"] => ({ kind: "total", points });

describe("grades and marks are joined", () => {
  test("a total makes the row of the whole answer, a criterion one more; levels become points", () => {
    const { rows, problems } = pairMarks(
      [grade("c-1")],
      [
        mark("c-1", total(2.5)),
        mark("c-1", { kind: "level", criterion: "definition", level: "l2" }),
        mark("c-1", { kind: "criterion", criterion: "definition", points: 2 }, { rater: "B" }),
      ],
      RUBRICS,
    );
    const shared = { candidate: "c-1", question: "q-1", attempt: 1, state: "graded", words: 20 };
    expect(problems).toEqual([]);
    expect(rows).toEqual([
      {
        ...shared,
        criterion: undefined,
        scale: { steps: [0, 500, 1_000, 1_500, 2_000, 2_500, 3_000, 3_500, 4_000, 4_500, 5_000], pass: 3_000 },
        judge: 3_000,
        human: [{ rater: "A", points: 2_500 }],
        lexical: 0.4,
      },
      {
        ...shared,
        criterion: "definition",
        scale: { steps: [0, 1_000, 3_000] },
        judge: 1_000,
        human: [
          { rater: "A", points: 3_000 },
          { rater: "B", points: 2_000 },
        ],
      },
    ]);
  });

  test("who marked every criterion and no total gets the total that the rubric makes of it", () => {
    const { rows } = pairMarks(
      [grade("c-1"), grade("c-2")],
      [
        mark("c-1", { kind: "level", criterion: "definition", level: "l2" }),
        mark("c-1", { kind: "criterion", criterion: "example", points: 2 }),
        mark("c-2", { kind: "level", criterion: "definition", level: "l2" }),
      ],
      RUBRICS,
    );
    expect(rows.filter((row) => row.criterion === undefined).map((row) => row.human)).toEqual([
      [{ rater: "A", points: 5_000 }],
      [],
    ]);
  });

  test("an answer nobody marked is a row too, and only what a judge gave is a judge's mark", () => {
    const states = ["graded", "needs-review", "refused", "error", "blank", "stale", "overridden"] as const;
    const grades = states.map((state, at) =>
      grade(`c-${at}`, {
        state,
        mark: state === "graded" || state === "needs-review" ? 3_000 : null,
        crossCheck: null,
      }),
    );
    const { rows } = pairMarks(
      grades,
      states.map((_, at) => mark(`c-${at}`, { kind: "level", criterion: "example", level: "l0" })),
      RUBRICS,
    );
    expect(rows.map(({ state, criterion: part, judge }) => [state, part, judge])).toEqual([
      ["graded", undefined, 3_000],
      ["graded", "example", 2_000],
      ["needs-review", undefined, 3_000],
      ["needs-review", "example", 2_000],
      ...["refused", "error", "blank", "stale", "overridden"].flatMap((state) => [
        [state, undefined, undefined],
        [state, "example", undefined],
      ]),
    ]);
  });

  test("of several grades of one answer the last counts", () => {
    const { rows } = pairMarks([grade("c-1"), grade("c-1", { mark: 1_000 })], [mark("c-1", total(2))], RUBRICS);
    expect(rows.map(({ judge }) => judge)).toEqual([1_000]);
  });
});

test("a mark that finds no place is told, and nothing of it is used", () => {
  const cases = [
    ["unknown-question", mark("c-1", total(1), { question: "q-9" })],
    ["unknown-candidate", mark("c-9", total(1))],
    ["not-graded", mark("c-1", total(1), { attempt: 2 })],
    ["no-rubric", mark("c-1", total(1), { question: "q-2" })],
    ["unknown-criterion", mark("c-1", { kind: "criterion", criterion: "style", points: 1 })],
    ["unknown-level", mark("c-1", { kind: "level", criterion: "definition", level: "l9" })],
    ["off-scale", mark("c-1", total(5.5))],
    ["off-scale", mark("c-1", total(Number.NaN))],
    ["off-scale", mark("c-1", { kind: "criterion", criterion: "definition", points: -1 })],
    ["marked-twice", mark("c-1", total(1))],
    ["no-range", mark("c-1", { kind: "criterion", criterion: "flat", points: 0 }, { question: "q-3" })],
  ] as const;
  const { rows, problems } = pairMarks(
    [grade("c-1"), grade("c-1", { question: "q-2" }), grade("c-1", { question: "q-3" })],
    [mark("c-1", total(2)), ...cases.map(([, each]) => each)],
    new Map([
      ["q-1", RUBRIC],
      ["q-3", { ...RUBRIC, criteria: [criterion("flat", [0, 0])] }],
    ]),
  );
  expect(problems.map(({ code }) => code)).toEqual(cases.map(([code]) => code));
  expect(problems.at(4)).toEqual({
    code: "unknown-criterion",
    candidate: "c-1",
    question: "q-1",
    attempt: 1,
    rater: "A",
    criterion: "style",
  });
  expect(rows.map(({ question, human }) => [question, human])).toEqual([
    ["q-1", [{ rater: "A", points: 2_000 }]],
    ["q-3", []],
  ]);
});

function steps({
  max = 5,
  step = 0.5,
  floor = 0,
}: Partial<Record<"max" | "step" | "floor", number>>): readonly number[] {
  const scale = { max: thousandths(max), step: thousandths(step), floor: thousandths(floor) };
  return scaleOfRubric({ ...RUBRIC, scale }).steps;
}

describe("the scale of a rubric", () => {
  test("is its floor, the multiples of its step, and its most", () => {
    expect(steps({ max: 2, floor: -0.7 })).toEqual([-700, -500, 0, 500, 1_000, 1_500, 2_000]);
    expect(steps({ max: 1, step: 0.4 })).toEqual([0, 400, 800, 1_000]);
  });

  test("has a thousand steps and one at the most", () => {
    expect(steps({ max: 100_000, step: 0.001 }).length).toBe(1_001);
  });
});
