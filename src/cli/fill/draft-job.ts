import { z } from "zod";
import type { DraftItem } from "../../fill/draft-item.ts";
import { draftQuestion, type DraftResult } from "../../fill/draft-question.ts";
import { compileDraftPrompts } from "../../fill/draft-tasks.ts";
import { styleInput } from "../../fill/task-input.ts";
import type { RunFolder } from "../../files/run-folder.ts";
import type { FillCommandOptions } from "./fill-options.ts";
import type { JobDefinition } from "../queue/job-definition.ts";
import type { Project } from "../open-project.ts";
import { promptShape, travellingPrompt } from "../run/prompt-shape.ts";

const settings = z.object({
  prompts: z.object({ draft: promptShape, critique: promptShape, revise: promptShape }),
  critique: z.boolean(),
});
export type DraftSettings = z.infer<typeof settings>;

const passage = z.object({
  id: z.string(),
  path: z.string(),
  heading: z.string(),
  text: z.string(),
  kind: z.enum(["source", "answer"]),
});
/** What a draft is made from, as plain data. */
export const draftItem: z.ZodType<DraftItem> = z.object({
  question: z.string(),
  reading: z.string(),
  /** Absent in what an earlier version has queued or kept. */
  body: z.string().default(""),
  topic: z.array(z.string()),
  style: styleInput,
  passages: z.array(passage),
  note: z.string(),
});

export interface DraftJobInput {
  readonly item: DraftItem;
  /** 0 for a first draft, one more for every redo. */
  readonly sample: number;
}

/** The draft of one answer: what `fill` does with each different question. */
export const draftJob: JobDefinition<DraftSettings, DraftJobInput, DraftResult> = {
  kind: "fill",
  settings,
  input: z.object({ item: draftItem, sample: z.int().nonnegative() }),
  open: ({ prompts, critique }) => {
    const compiled = compileDraftPrompts(prompts);
    return ({ item: drafted, sample }, { model, signal }) =>
      draftQuestion({ item: drafted, prompts: compiled, model, signal, options: { critique, sample } });
  },
};

/** @throws UserError for prompts that cannot be used. */
export function draftSettings(
  project: Project,
  options: FillCommandOptions,
  takenUp: RunFolder | undefined,
): DraftSettings {
  const prompt = (task: string): DraftSettings["prompts"]["draft"] =>
    travellingPrompt(project, options.prompts, task, takenUp);
  return {
    prompts: { draft: prompt("draft"), critique: prompt("critique"), revise: prompt("revise") },
    critique: options.critique,
  };
}
