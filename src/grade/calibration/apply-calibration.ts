import type { Hash } from "../../core/hash.ts";
import { pointsOfShare, shareOf, type MarkScale } from "../agreement/mark-scale.ts";
import { exact, type Thousandths } from "../rubric/points.ts";
import { isIntact, type Calibration } from "./calibration.ts";
import { interpolate } from "./isotonic.ts";

/** A judge's mark, and what it was made with. */
export interface CalibrationInput {
  readonly question: string;
  readonly mark: Thousandths;
  readonly scale: MarkScale;
  readonly model: string;
  readonly promptHash: Hash;
  /** Content hash. */
  readonly rubric: Hash;
}

/** Why a map says nothing of a mark. */
export const CALIBRATION_REFUSALS = ["damaged", "question", "model", "prompt", "rubric"] as const;
export type CalibrationRefusal = (typeof CALIBRATION_REFUSALS)[number];

/** `raw` is always kept beside `mark`: what the map makes of it, or itself where the map says nothing. */
export type Calibrated = { readonly raw: Thousandths; readonly mark: Thousandths } & (
  | { readonly kind: "calibrated"; readonly calibration: Hash }
  | { readonly kind: "refused"; readonly reason: CalibrationRefusal }
);

/** The mark that people would give, to the thousandth and on the scale; refused for any other judge, prompt or rubric. */
export function applyCalibration(calibration: Calibration, input: CalibrationInput): Calibrated {
  const { mark: raw, scale } = input;
  const reason = refusalOf(calibration, input);
  if (reason !== undefined) return { kind: "refused", raw, mark: raw, reason };
  const knots = calibration.knots.map((knot) => ({ x: knot.raw, y: knot.calibrated }));
  const share = interpolate(knots, shareOf(scale, raw));
  return {
    kind: "calibrated",
    raw,
    mark: exact(Math.round(pointsOfShare(scale, share))),
    calibration: calibration.hash,
  };
}

function refusalOf(calibration: Calibration, input: CalibrationInput): CalibrationRefusal | undefined {
  const { scope } = calibration;
  if (!isIntact(calibration)) return "damaged";
  if (!(scope.kind === "question" ? [scope.question] : scope.questions).includes(input.question)) return "question";
  if (calibration.model !== input.model) return "model";
  if (calibration.prompt_hash !== input.promptHash) return "prompt";
  return calibration.rubrics.includes(input.rubric) ? undefined : "rubric";
}
