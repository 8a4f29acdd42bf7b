import { z } from "zod";
import { thousandths, type Thousandths } from "../../grade/rubric/points.ts";
import { modelOptions } from "../run/model-options.ts";
import { commonOptions, wholeNumber } from "../options.ts";

const points = z.coerce
  .number("expected a number")
  .min(0.01, "expected at least 0.01")
  .max(100_000, "expected at most 100000")
  .refine((value) => isExact(value), "expected at most three decimals");

function isExact(value: number): boolean {
  return Math.abs(value * 1000 - Math.round(value * 1000)) < 1e-6;
}

export const rubricDraftOptions = commonOptions.extend(modelOptions.shape).extend({
  max: points.default(10),
  step: points.default(0.5),
  only: z.array(z.string()).optional(),
  limit: wholeNumber.min(1, "expected at least 1").optional(),
  redo: z.boolean().default(false),
  dryRun: z.boolean().default(false),
});
export type RubricDraftOptions = z.infer<typeof rubricDraftOptions>;

/** The scale that drafted rubrics get. */
export function scaleOf({ max, step }: RubricDraftOptions): { readonly max: Thousandths; readonly step: Thousandths } {
  return { max: thousandths(max), step: thousandths(step) };
}
