import { z } from "zod";
import { canonicalJson } from "../../core/canonical-json.ts";
import { hashOf, type Hash } from "../../core/hash.ts";
import { hashValue } from "../../core/hash-schema.ts";

// What `calibration.json` holds: a map from the judge's marks to what people would give, and all that it holds for.

const share = z.number().min(0).max(1);
const beforeAndAfter = z.strictObject({ raw: z.number(), calibrated: z.number() });

const calibrationFields = z.strictObject({
  version: z.literal(1),
  /** `question`: fitted on that question alone · `scale`: on several whose rubrics have the same scale. */
  scope: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("question"), question: z.string() }),
    z.strictObject({ kind: z.literal("scale"), questions: z.array(z.string()).min(1) }),
  ]),
  model: z.string(),
  prompt_hash: hashValue,
  /** Content hashes of the rubrics, ascending. */
  rubrics: z.array(hashValue).min(1),
  /** Answers that a person and the judge marked. */
  n: z.int().positive(),
  /** Ascending in both, in shares of the scale; straight lines between them, level beyond. */
  knots: z.array(z.strictObject({ raw: share, calibrated: share })).min(1),
  /**
   * What cross-validation found, on answers of candidates that the map had not seen. Of the marks as they are, in shares of
   * the scale; bias is judge less people; null where all marks are equal.
   */
  check: z.strictObject({ folds: z.int(), rmse: beforeAndAfter, bias: beforeAndAfter, qwk: beforeAndAfter.nullable() }),
});
type CalibrationFields = z.infer<typeof calibrationFields>;

export const calibrationSchema = calibrationFields.extend({ hash: hashValue });
export type Calibration = z.infer<typeof calibrationSchema>;

export function sealCalibration(fields: CalibrationFields): Calibration {
  return { ...fields, hash: hashOfFields(fields) };
}

/** True where nothing was changed since it was fitted. */
export function isIntact({ hash, ...fields }: Calibration): boolean {
  return hash === hashOfFields(fields);
}

function hashOfFields(fields: CalibrationFields): Hash {
  return hashOf(canonicalJson(fields));
}
