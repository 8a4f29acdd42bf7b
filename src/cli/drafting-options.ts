import { z } from "zod";
import { OUTCOME_STATUSES } from "../core/outcome.ts";
import { QUESTION_STATES } from "../bank/question.ts";
import { priceOverrides } from "../llm/prices.ts";
import { commonOptions, dollars, wholeNumber } from "./options.ts";

const seconds = wholeNumber.min(1, "expected at least 1 second").max(86_400, "expected at most a day");

/** How drafts are made: may stand in the configuration, and a flag of the same name wins. */
export const draftingOptions = z.object({
  provider: z.enum(["auto", "openai", "offline", "recorded"]).default("auto"),
  model: z.string().min(1).optional(),
  baseUrl: z.string().optional(),
  api: z.enum(["auto", "responses", "chat"]).default("auto"),
  tier: z.enum(["sync", "flex"]).default("sync"),
  recording: z.string().optional(),
  prompts: z.string().optional(),
  style: z.string().optional(),
  concurrency: wholeNumber.min(1, "expected at least 1").max(1024, "expected at most 1024").default(64),
  rpm: wholeNumber.min(1, "expected at least 1").optional(),
  tpm: wholeNumber.min(1, "expected at least 1").optional(),
  maxWait: seconds.default(600),
  timeout: seconds.default(600),
  budget: dollars.optional(),
  prices: priceOverrides.optional(),
});

/** Which questions a run takes, and what it does afterwards. Kept with the run, so that `resume` can go on. */
export const selectionOptions = z.object({
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
  .extend(draftingOptions.shape)
  .extend(selectionOptions.shape)
  .extend({ dryRun: z.boolean().default(false) });

export type DraftingOptions = z.infer<typeof draftingOptions>;
export type FillCommandOptions = z.infer<typeof fillOptions>;
