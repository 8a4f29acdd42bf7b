import type { z } from "zod";
import { canonicalJson } from "../core/canonical-json.ts";
import { UserError } from "../core/errors.ts";
import { hashOf, type Hash } from "../core/hash.ts";
import type { Task } from "../core/task.ts";
import type { DraftItem } from "./draft-item.ts";
import { inputOf } from "./draft-item.ts";
import { parsePrompt, type Prompt, type PromptFile } from "./prompt-file.ts";
import { compilePrompt, type PromptRenderer } from "./render-prompt.ts";
import { critiqueReply, draftReply, reviseReply } from "./reply-schema.ts";
import type { CritiqueReply, DraftReply, ReviseReply } from "./reply-schema.ts";
import type { ReviseInput } from "./task-input.ts";

/** A task, and how many hidden characters were taken out of what it was rendered from. */
export interface RenderedTask<Output> {
  readonly task: Task<Output>;
  readonly hidden: number;
}

/** The three prompts of `fill`, ready for use. */
export interface DraftPrompts {
  draft(item: DraftItem, sample: number): RenderedTask<DraftReply>;
  critique(item: DraftItem, answer: string, sample: number): RenderedTask<CritiqueReply>;
  revise(item: DraftItem, answer: string, findings: ReviseInput["findings"], sample: number): RenderedTask<ReviseReply>;
  /** What goes into a proposal: names with versions, and one hash over the three files. */
  readonly provenance: { readonly prompt: string; readonly prompt_hash: Hash };
}

export const DRAFT_TASKS = ["draft", "critique", "revise"] as const;
export type DraftTaskName = (typeof DRAFT_TASKS)[number];

/**
 * Compiles the three prompt files.
 * @throws UserError naming file and line of a fault.
 */
export function compileDraftPrompts(files: Readonly<Record<DraftTaskName, PromptFile>>): DraftPrompts {
  const prompts = DRAFT_TASKS.map((name) => parsed(name, files[name]));
  const draft = taskMaker(parsed("draft", files.draft), draftReply);
  const critique = taskMaker(parsed("critique", files.critique), critiqueReply);
  const revise = taskMaker(parsed("revise", files.revise), reviseReply);
  return {
    draft: (item, sample) => draft({ ...inputOf(item) }, sample),
    critique: (item, answer, sample) => critique({ ...inputOf(item), answer }, sample),
    revise: (item, answer, findings, sample) => revise({ ...inputOf(item), answer, findings }, sample),
    provenance: {
      prompt: prompts.map((prompt) => `${prompt.task}@${prompt.version}`).join(" "),
      prompt_hash: hashOf(canonicalJson(prompts.map((prompt) => prompt.hash))),
    },
  };
}

function parsed(name: DraftTaskName, file: PromptFile): Prompt {
  const prompt = parsePrompt(file);
  if (prompt.task !== name) throw new UserError(`${file.path}: task is "${prompt.task}", expected "${name}"`);
  return prompt;
}

function taskMaker<Output>(
  prompt: Prompt,
  schema: z.ZodType<Output>,
): (values: Readonly<Record<string, unknown>>, sample: number) => RenderedTask<Output> {
  const render: PromptRenderer = compilePrompt(prompt);
  return (values, sample) => {
    const { messages, input, hidden } = render(values);
    const { task: name, maxOutputTokens, sampling } = prompt;
    // What is begun is finished first: a budget or an interruption then leaves whole drafts, not many halves.
    const isFollowUp = name !== "draft";
    return { task: { name, input, messages, schema, maxOutputTokens, sampling, isFollowUp, sample }, hidden };
  };
}
