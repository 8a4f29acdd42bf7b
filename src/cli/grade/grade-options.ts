import { z } from "zod";
import { isSafeName } from "../../core/ids.ts";
import { OUTCOME_STATUSES } from "../../core/outcome.ts";
import { PRESET_NAMES } from "../../grade/submissions/presets.ts";
import { modelOptions } from "../run/model-options.ts";
import { commonOptions, wholeNumber } from "../options.ts";

// Kept as it was written, since options are stored with their run and read again.
const percent = z.coerce
  .string()
  .regex(/^\d{1,3}(?:\.\d+)?%?$/, "expected a percentage such as 20%")
  .refine((text) => shareOfPercent(text) <= 1, "expected at most 100%");

/** "20%" and "20" are 0.2. */
export function shareOfPercent(text: string): number {
  return Number(text.replace("%", "")) / 100;
}

/** Which answers, against what, and where the grades go: every command about grades takes these. */
export const gradeSetOptions = z.object({
  set: z
    .string()
    .refine(
      isSafeName,
      "expected a name of lower-case letters, digits, . _ - (64 at most, a letter or digit first, no . last, no device such as con)",
    )
    .optional(),
});

/** How candidates' answers are read. */
export const submissionOptions = z.object({
  bank: z.array(z.string()).optional(),
  rubric: z.array(z.string()).optional(),
  preset: z.enum(PRESET_NAMES).optional(),
  map: z.array(z.string()).optional(),
  attempts: z.enum(["last", "first", "all"]).default("last"),
});

export const gradeOptions = commonOptions
  .extend(modelOptions.shape)
  .extend(gradeSetOptions.shape)
  .extend(submissionOptions.shape)
  .extend({
    samples: wholeNumber.min(1, "expected at least 1").max(25, "expected at most 25").default(1),
    perCriterion: z.boolean().default(false),
    canary: z.boolean().default(true),
    reviewBudget: percent.optional(),
    only: z.array(z.string()).optional(),
    limit: wholeNumber.min(1, "expected at least 1").optional(),
    retry: z.array(z.enum(OUTCOME_STATUSES)).optional(),
    redo: z.boolean().default(false),
    dryRun: z.boolean().default(false),
  });
export type GradeCommandOptions = z.infer<typeof gradeOptions>;
