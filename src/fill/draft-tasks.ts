import { canonicalJson } from "../core/canonical-json.ts";
import { hashOf, type Hash } from "../core/hash.ts";
import type { PromptFile } from "../prompt/prompt-file.ts";
import { compileTask, promptFor, type RenderedTask } from "../prompt/task-maker.ts";
import type { DraftItem } from "./draft-item.ts";
import { inputOf } from "./draft-item.ts";
import { critiqueReply, draftReply, reviseReply } from "./reply-schema.ts";
import type { CritiqueReply, DraftReply, ReviseReply } from "./reply-schema.ts";
import type { ReviseInput } from "./task-input.ts";

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
  const prompts = DRAFT_TASKS.map((name) => promptFor(name, files[name]));
  const draft = compileTask(promptFor("draft", files.draft));
  const critique = compileTask(promptFor("critique", files.critique));
  const revise = compileTask(promptFor("revise", files.revise));
  // What is begun is finished first: a budget or an interruption then leaves whole drafts, not many halves.
  const isFollowUp = true;
  return {
    draft: (item, sample) => draft({ values: { ...inputOf(item) }, schema: draftReply, sample, isFollowUp: false }),
    critique: (item, answer, sample) =>
      critique({ values: { ...inputOf(item), answer }, schema: critiqueReply, sample, isFollowUp }),
    revise: (item, answer, findings, sample) =>
      revise({ values: { ...inputOf(item), answer, findings }, schema: reviseReply, sample, isFollowUp }),
    provenance: {
      prompt: prompts.map((prompt) => `${prompt.task}@${prompt.version}`).join(" "),
      prompt_hash: hashOf(canonicalJson(prompts.map((prompt) => prompt.hash))),
    },
  };
}
