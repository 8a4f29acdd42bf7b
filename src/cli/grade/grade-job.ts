import { z } from "zod";
import { hashValue } from "../../core/hash-schema.ts";
import type { AnswerChecks } from "../../grade/checks/answer-checks.ts";
import { gradeAnswer, type GradeResult } from "../../grade/judge/grade-answer.ts";
import type { RunFolder } from "../../files/run-folder.ts";
import { compileGradePrompts } from "../../grade/judge/grade-prompts.ts";
import type { GradingItem } from "../../grade/judge/grading-item.ts";
import type { Rubric } from "../../grade/rubric/rubric.ts";
import type { GradeCommandOptions } from "./grade-options.ts";
import type { JobDefinition } from "../queue/job-definition.ts";
import type { Project } from "../open-project.ts";
import { promptShape, travellingPrompt } from "../run/prompt-shape.ts";

const settings = z.object({
  prompt: promptShape,
  samples: z.int().positive(),
  canary: z.boolean(),
  perCriterion: z.boolean(),
});
export type GradeJobSettings = z.infer<typeof settings>;

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

// Rubric and checks were made by the same release of the tool from files that it had checked, and nothing that comes of them
// here is a mark: what a worker says is read again where the answer is.
const item: z.ZodType<GradingItem> = z
  .object({
    submission: z.object({
      candidate: z.string(),
      question: z.string(),
      answer: z.string(),
      rawHash: hashValue,
      attempt: z.number(),
      source: z.object({ path: z.string(), line: z.number() }),
      human: z.array(z.never()),
    }),
    rubric: z.custom<Rubric>(isRecord),
    hashes: z.object({ content: hashValue, wording: hashValue, structure: hashValue }),
    question: z.string(),
    reference: z.string(),
    checks: z.custom<AnswerChecks>(isRecord),
    crossCheck: z.number().optional(),
  })
  .transform((read) => ({ ...read, crossCheck: read.crossCheck }));

interface GradeJobInput {
  readonly item: GradingItem;
  /** 0 at first, one more for each redo. */
  readonly sample: number;
}

/** The grade of one answer: what `grade` does with each submission. */
export const gradeJob: JobDefinition<GradeJobSettings, GradeJobInput, GradeResult> = {
  kind: "grade",
  settings,
  input: z.object({ item, sample: z.int().nonnegative() }),
  open: ({ prompt, ...options }) => {
    const prompts = compileGradePrompts({ grade: prompt });
    return ({ item: graded, sample }, { model, signal, run }) =>
      gradeAnswer({
        item: graded,
        prompts,
        model,
        signal,
        run,
        options: { ...options, sample, doubleCheckFlagged: true },
      });
  },
};

/** @throws UserError for a prompt that cannot be used. */
export function gradeJobSettings(
  project: Project,
  options: GradeCommandOptions,
  takenUp: RunFolder | undefined,
): GradeJobSettings {
  const { samples, canary, perCriterion } = options;
  return { prompt: travellingPrompt(project, options.prompts, "grade", takenUp), samples, canary, perCriterion };
}

/** An answer as it travels: without the path and the marks, which can name a person. */
export function travellingAnswer(graded: GradingItem): GradingItem {
  const { candidate, question, answer, rawHash, attempt } = graded.submission;
  const source = { path: "", line: 0 };
  return { ...graded, submission: { candidate, question, answer, rawHash, attempt, source, human: [] } };
}
