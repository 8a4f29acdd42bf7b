import type { Hash } from "../../core/hash.ts";
import { compareText, inOrder, type AgreementRow } from "../agreement/agreement-row.ts";
import { groupBy } from "../../core/group-by.ts";
import { quadraticWeightedKappa } from "../agreement/kappa.ts";
import { shareOf } from "../agreement/mark-scale.ts";
import { estimateOf } from "../agreement/measure.ts";
import { panelOf, type Opinion } from "../agreement/panel.ts";
import { rootMeanSquareError, signedBias } from "../agreement/shares-of-pairs.ts";
import { sealCalibration, type Calibration } from "./calibration.ts";
import { crossValidate, type Label } from "./cross-validate.ts";
import { fitIsotonic } from "./isotonic.ts";

/** Below this a map does more harm than good: fitted on 10 to 20 labels it loses agreement. */
export const LEAST_LABELS = 50;

/** Who judged, and by what: a map holds for nothing else. */
export interface CalibrationSubject {
  readonly model: string;
  readonly promptHash: Hash;
  /** Content hash of the rubric of each question. */
  readonly rubrics: ReadonlyMap<string, Hash>;
}

/**
 * too-few: under fifty answers that people marked · no-rubric: the rubric of a question is not known · flat: people's marks do
 * not rise with the judge's, so the map would give every answer the same · no-better: on answers that it has not seen, the map
 * is no nearer to people than the judge.
 */
export const DECLINE_REASONS = ["too-few", "no-rubric", "flat", "no-better"] as const;

export interface Declined {
  readonly questions: readonly string[];
  readonly reason: (typeof DECLINE_REASONS)[number];
  readonly n: number;
}

export interface FittedCalibrations {
  readonly fitted: readonly Calibration[];
  readonly declined: readonly Declined[];
}

/**
 * A map for each question with fifty labels, else one for all questions of the same scale that have fifty together. Only what
 * the judge and at least one person marked as a whole is a label.
 * @param seed deals candidates to the folds of cross-validation.
 */
export function fitCalibrations(
  rows: readonly AgreementRow[],
  subject: CalibrationSubject,
  seed = 1,
): FittedCalibrations {
  const results = setsOf(inOrder(rows).flatMap(labelOf)).map((labels) => fit(labels, subject, seed));
  return {
    fitted: results.flatMap((result) => ("hash" in result ? [result] : [])),
    declined: results.flatMap((result) => ("reason" in result ? [result] : [])),
  };
}

function labelOf(row: AgreementRow): readonly Label[] {
  const { criterion, judge, human, scale, state } = row;
  if (criterion !== undefined || judge === undefined || human.length === 0 || state !== "graded") return [];
  const y = human.reduce((sum, { points }) => sum + shareOf(scale, points), 0) / human.length;
  return [{ row, x: shareOf(scale, judge), y }];
}

/** Questions that can stand alone, and the others by scale. */
function setsOf(labels: readonly Label[]): readonly (readonly Label[])[] {
  const questions = [...groupBy(labels, ({ row }) => row.question).values()];
  const alone = questions.filter((own) => own.length >= LEAST_LABELS);
  const others = questions.filter((own) => own.length < LEAST_LABELS).flat();
  return [...alone, ...groupBy(others, ({ row }) => row.scale.steps.join()).values()];
}

function fit(labels: readonly Label[], subject: CalibrationSubject, seed: number): Calibration | Declined {
  const questions = [...new Set(labels.map(({ row }) => row.question))].toSorted(compareText);
  const n = labels.length;
  if (n < LEAST_LABELS) return { questions, reason: "too-few", n };
  const rubrics = questions.flatMap((question) => subject.rubrics.get(question) ?? []);
  if (rubrics.length < questions.length) return { questions, reason: "no-rubric", n };
  const knots = fitIsotonic(labels).map(({ x, y }) => ({ raw: x, calibrated: y }));
  if (knots.length < 2) return { questions, reason: "flat", n };
  const check = checkOf(labels, seed);
  if (check.rmse.calibrated >= check.rmse.raw) return { questions, reason: "no-better", n };
  const [question = ""] = questions;
  return sealCalibration({
    version: 1,
    scope: questions.length === 1 ? { kind: "question", question } : { kind: "scale", questions },
    model: subject.model,
    prompt_hash: subject.promptHash,
    rubrics: [...new Set(rubrics)].toSorted(compareText),
    n,
    knots,
    check,
  });
}

function checkOf(labels: readonly Label[], seed: number): Calibration["check"] {
  const { folds, values } = crossValidate(labels, seed);
  const raw = errorsOf(
    labels,
    labels.map(({ x }) => x),
  );
  const calibrated = errorsOf(labels, values);
  return {
    folds,
    rmse: { raw: raw.rmse ?? 0, calibrated: calibrated.rmse ?? 0 },
    bias: { raw: raw.bias ?? 0, calibrated: calibrated.bias ?? 0 },
    qwk: raw.qwk === undefined || calibrated.qwk === undefined ? null : { raw: raw.qwk, calibrated: calibrated.qwk },
  };
}

function errorsOf(labels: readonly Label[], values: readonly number[]) {
  const panel = panelOf(labels.map(({ row, y }, at) => ({ row, opinions: [opinion(values[at] ?? 0), opinion(y)] })));
  return {
    rmse: estimateOf(panel, rootMeanSquareError),
    bias: estimateOf(panel, signedBias),
    qwk: estimateOf(panel, quadraticWeightedKappa),
  };
}

/** A calibrated mark stands between the steps of its scale, and rounding it back to them would lose what was gained. */
function opinion(share: number): Opinion {
  return { share, step: 0, category: share, passes: undefined };
}
