import { z } from "zod";
import { OUTCOME_STATUSES } from "../../core/outcome.ts";
import { QUESTION_STATES } from "../../bank/question.ts";
import { modelOptions } from "../run/model-options.ts";
import { commonOptions, wholeNumber } from "../options.ts";

/** Which questions a run takes, and what it does afterwards. Kept with the run, so that `resume` can go on. */
const selectionOptions = z.object({
  style: z.string().optional(),
  sample: wholeNumber.min(1, "expected at least 1").optional(),
  limit: wholeNumber.min(1, "expected at least 1").optional(),
  only: z.array(z.string()).optional(),
  states: z.array(z.enum(QUESTION_STATES)).optional(),
  retry: z.array(z.enum(OUTCOME_STATUSES)).optional(),
  redo: z.boolean().default(false),
  critique: z.boolean().default(true),
  apply: z.boolean().default(false),
});

export const fillOptions = commonOptions
  .extend(modelOptions.shape)
  .extend(selectionOptions.shape)
  .extend({ dryRun: z.boolean().default(false) });
export type FillCommandOptions = z.infer<typeof fillOptions>;
