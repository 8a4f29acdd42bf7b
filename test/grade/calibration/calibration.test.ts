import { describe, expect, test } from "vitest";
import type { AgreementRow } from "../../../src/grade/agreement/agreement-row.ts";
import { estimateOf } from "../../../src/grade/agreement/measure.ts";
import { againstHuman } from "../../../src/grade/agreement/panel.ts";
import { seededRandom } from "../../../src/grade/agreement/random.ts";
import { STATISTICS } from "../../../src/grade/agreement/statistics.ts";
import { applyCalibration, type CalibrationInput } from "../../../src/grade/calibration/apply-calibration.ts";
import { calibrationSchema, type Calibration } from "../../../src/grade/calibration/calibration.ts";
import { declineWords, refusalWords } from "../../../src/grade/calibration/calibration-words.ts";
import { fitCalibrations, type CalibrationSubject } from "../../../src/grade/calibration/fit-calibration.ts";
import { exact, thousandths } from "../../../src/grade/rubric/points.ts";
import { normal, onScale, row, wholePoints } from "../agreement/marked-rows.ts";

const hash = (digit: string) => `sha256:${digit.repeat(64)}` as const;

const SCALE = wholePoints(10);
const SUBJECT: CalibrationSubject = {
  model: "judge-1",
  promptHash: hash("a"),
  rubrics: new Map([
    ["q-1", hash("1")],
    ["q-2", hash("2")],
    ["q-3", hash("3")],
  ]),
};

interface Judge {
  readonly question?: string;
  readonly seed?: number;
  readonly mark: (person: number, noise: number) => number;
}

const lenient = (person: number, noise: number): number => 3 + 0.7 * person + noise;

function answers(count: number, { question = "q-1", seed = 11, mark }: Judge): readonly AgreementRow[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, at) => {
    const person = onScale(SCALE, 5 + 2.5 * normal(random));
    return row(onScale(SCALE, mark(person, normal(random))), [person], {
      scale: SCALE,
      candidate: `c-${at}`,
      question,
    });
  });
}

function input(changes: Partial<CalibrationInput> = {}): CalibrationInput {
  const { model, promptHash } = SUBJECT;
  return { question: "q-1", mark: thousandths(8), scale: SCALE, model, promptHash, rubric: hash("1"), ...changes };
}

function only(rows: readonly AgreementRow[]): Calibration {
  const [calibration] = fitCalibrations(rows, SUBJECT).fitted;
  if (calibration === undefined) throw new Error("nothing was fitted");
  return calibration;
}

describe("fitting", () => {
  test.each([10, 20, 49])("declines with %i labels and says so", (count) => {
    const { fitted, declined } = fitCalibrations(answers(count, { mark: lenient }), SUBJECT);
    expect(fitted).toEqual([]);
    expect(declined).toEqual([{ questions: ["q-1"], reason: "too-few", n: count }]);
    expect(declined.map(declineWords)).toEqual([
      `q-1: not calibrated with ${count} marked answers; a map needs 50 at least; fitted on fewer it loses agreement`,
    ]);
  });

  test("fifty labels of a lenient judge bring new marks nearer to people's", () => {
    const calibration = only(answers(50, { mark: lenient }));
    const unseen = answers(500, { mark: lenient, seed: 12 });
    const before = againstHuman(unseen, ({ judge }) => judge);
    const after = againstHuman(
      unseen,
      ({ judge = exact(0) }) => applyCalibration(calibration, input({ mark: judge })).mark,
    );
    const [rmseBefore = 0, rmseAfter = 1] = [before, after].map((panel) => estimateOf(panel, STATISTICS.rmse));
    const [biasBefore = 0, biasAfter = 1] = [before, after].map((panel) => estimateOf(panel, STATISTICS.bias));
    expect(rmseAfter).toBeLessThan(0.8 * rmseBefore);
    expect(Math.abs(biasAfter)).toBeLessThan(0.5 * Math.abs(biasBefore));
    expect(calibration.check.rmse.calibrated).toBeLessThan(calibration.check.rmse.raw);
  });

  test("is a value: the same rows in any order give the same bytes, which read back", () => {
    const rows = answers(50, { mark: lenient });
    const calibration = only(rows);
    expect(JSON.stringify(only(rows.toReversed()))).toBe(JSON.stringify(calibration));
    expect(calibrationSchema.parse(JSON.parse(JSON.stringify(calibration)))).toEqual(calibration);
    const { knots, check, hash: own, ...rest } = calibration;
    expect(rest).toEqual({
      version: 1,
      scope: { kind: "question", question: "q-1" },
      model: "judge-1",
      prompt_hash: hash("a"),
      rubrics: [hash("1")],
      n: 50,
    });
    expect(knots.length).toBeGreaterThan(2);
    expect(check.folds).toBe(10);
    expect(own).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test("is dropped where it brings nothing on answers it has not seen", () => {
    const fair = answers(60, { mark: (person) => person });
    expect(fitCalibrations(fair, SUBJECT)).toEqual({
      fitted: [],
      declined: [{ questions: ["q-1"], reason: "no-better", n: 60 }],
    });
  });

  test("is dropped where people's marks do not rise with the judge's", () => {
    const contrary = answers(60, { mark: (person) => 10 - person });
    expect(fitCalibrations(contrary, SUBJECT).declined).toEqual([{ questions: ["q-1"], reason: "flat", n: 60 }]);
  });

  test("is dropped where the rubric is not known", () => {
    const { declined } = fitCalibrations(answers(60, { mark: lenient, question: "q-9" }), SUBJECT);
    expect(declined).toEqual([{ questions: ["q-9"], reason: "no-rubric", n: 60 }]);
  });

  test("questions with few labels share a map with others of the same scale", () => {
    const rows = [
      ...answers(60, { mark: lenient }),
      ...answers(30, { mark: lenient, question: "q-2", seed: 13 }),
      ...answers(30, { mark: lenient, question: "q-3", seed: 14 }),
      row(1, [2], { question: "q-4", scale: wholePoints(3) }),
    ];
    const { fitted, declined } = fitCalibrations(rows, SUBJECT);
    expect(fitted.map(({ scope, rubrics, n }) => ({ scope, rubrics, n }))).toEqual([
      { scope: { kind: "question", question: "q-1" }, rubrics: [hash("1")], n: 60 },
      { scope: { kind: "scale", questions: ["q-2", "q-3"] }, rubrics: [hash("2"), hash("3")], n: 60 },
    ]);
    expect(declined).toEqual([{ questions: ["q-4"], reason: "too-few", n: 1 }]);
  });

  test("only marks that stand are labels, and of several people the mean", () => {
    const rows = answers(50, { mark: lenient });
    const [first] = rows;
    const others = [
      row(5, [5], { scale: SCALE, candidate: "x-1", state: "needs-review" }),
      row(undefined, [5], { scale: SCALE, candidate: "x-2", state: "error" }),
      row(5, [], { scale: SCALE, candidate: "x-3" }),
      row(5, [5], { scale: SCALE, candidate: "x-4", criterion: "definition" }),
    ];
    expect(only([...rows, ...others])).toEqual(only(rows));
    const halves = rows.map((each) => (each === first ? { ...each, human: [...each.human, ...each.human] } : each));
    expect(only(halves).n).toBe(50);
    expect(only(halves).hash).toBe(only(rows).hash);
  });
});

describe("applying", () => {
  const calibration = only(answers(50, { mark: lenient }));

  test("keeps the raw mark beside the calibrated one, which stays on the scale and never falls", () => {
    const marks = SCALE.steps.map((mark) => {
      const result = applyCalibration(calibration, input({ mark }));
      expect(result).toEqual({ kind: "calibrated", raw: mark, mark: result.mark, calibration: calibration.hash });
      return result.mark;
    });
    expect(marks).toEqual(marks.toSorted((left, right) => left - right));
    expect(marks.every((mark) => Number.isInteger(mark) && mark >= 0 && mark <= 10_000)).toBe(true);
  });

  test.each([
    ["question", { question: "q-2" }],
    ["model", { model: "judge-2" }],
    ["prompt", { promptHash: hash("b") }],
    ["rubric", { rubric: hash("2") }],
  ] as const)("is refused for another %s", (reason, changes) => {
    const result = applyCalibration(calibration, input(changes));
    expect(result).toEqual({ kind: "refused", raw: 8_000, mark: 8_000, reason });
    expect(refusalWords(reason)).toMatch(/; the raw mark stands$/);
  });

  test("is refused where somebody changed the map", () => {
    const changed = { ...calibration, knots: calibration.knots.map((knot) => ({ ...knot, calibrated: 1 })) };
    expect(applyCalibration(changed, input())).toEqual({ kind: "refused", raw: 8_000, mark: 8_000, reason: "damaged" });
  });
});
