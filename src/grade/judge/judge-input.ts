import { z } from "zod";
import { EVIDENCE_POLICIES } from "../rubric/rubric.ts";

// What the task `grade` is rendered from and what the offline judge reads. No candidate, path, points or rubric id is in it.
// Criteria have the neutral ids c1, c2, …, and one of them may be a fact that no answer can hold.

export const judgeCriterion = z.strictObject({
  id: z.string(),
  text: z.string(),
  evidence: z.enum(EVIDENCE_POLICIES),
  /** From no credit to most. */
  levels: z.array(z.strictObject({ id: z.string(), descriptor: z.string(), anchors: z.array(z.string()) })),
  accepts: z.array(z.string()),
  rejects: z.array(z.string()),
});
export type JudgeCriterion = z.infer<typeof judgeCriterion>;

export const judgeInput = z.strictObject({
  question: z.string(),
  /** "" where there is none. */
  reference: z.string(),
  /** "" where there are none. */
  guidelines: z.string(),
  criteria: z.array(judgeCriterion),
  precedents: z.array(
    z.strictObject({ criterion: z.string(), level: z.string(), answer: z.string(), note: z.string() }),
  ),
  /** What was wrong with the evidence of an earlier reply; empty at first. */
  faults: z.array(z.strictObject({ criterion: z.string(), fault: z.string() })),
  /** The whole answer, in order, as numbered pieces. */
  segments: z.array(z.strictObject({ id: z.string(), text: z.string() })),
});
export type JudgeInput = z.infer<typeof judgeInput>;
