import { canonicalJson } from "../../core/canonical-json.ts";
import { type Hash, sha256Hex } from "../../core/hash.ts";
import type { Model } from "../../core/model.ts";
import type { Outcome, Receipt } from "../../core/outcome.ts";
import { FREE, NO_USAGE } from "../../core/usage.ts";
import type { PromptFile } from "../../prompt/prompt-file.ts";
import { compileTask, promptFor, type RenderedTask } from "../../prompt/task-maker.ts";
import { buildRubric, type DraftedScale } from "./rubric-draft-build.ts";
import { type RubricDraftInput, type RubricDraftReply, rubricDraftReply } from "./rubric-draft-reply.ts";
import type { Rubric } from "../rubric/rubric.ts";

/** The prompt of `rubric`, ready for use. */
export interface RubricPrompt {
  rubric(input: RubricDraftInput, sample: number): RenderedTask<RubricDraftReply>;
  /** What goes beside a drafted rubric: name with version, and the hash of the file. */
  readonly provenance: { readonly prompt: string; readonly prompt_hash: Hash };
}

/**
 * Compiles the prompt file.
 * @throws UserError naming file and line of a fault.
 */
export function compileRubricPrompt(file: PromptFile): RubricPrompt {
  const prompt = promptFor("rubric", file);
  const make = compileTask(prompt);
  return {
    rubric: (input, sample) =>
      make({ values: { ...input }, schema: rubricDraftReply(input), sample, isFollowUp: false }),
    provenance: { prompt: `${prompt.task}@${prompt.version}`, prompt_hash: prompt.hash },
  };
}

export interface RubricDraftRequest {
  readonly input: RubricDraftInput;
  readonly scale: DraftedScale;
  readonly prompt: RubricPrompt;
  readonly model: Model;
  readonly signal: AbortSignal;
  /** 0 for a first draft, one more for every redo; see `Task.sample`. */
  readonly sample: number;
}

/**
 * Drafts the rubric of one question from its reference answer. `refused`, with the reason as text, where there is no reference
 * or nothing in it to mark by; no model is called without a reference.
 */
export async function draftRubric(request: RubricDraftRequest): Promise<Outcome<Rubric>> {
  const { input, scale, prompt, model, signal, sample } = request;
  if (input.reference.trim() === "") {
    return { status: "refused", text: "There is no reference answer to draft a rubric from.", receipt: unpaid(input) };
  }
  const drafted = await model.run(prompt.rubric(input, sample).task, signal);
  if (drafted.status !== "ok") return drafted;
  const { value: reply, receipt } = drafted;
  const obstacle = reply.obstacle.trim();
  if (obstacle !== "") return { status: "refused", text: obstacle, receipt };
  return { status: "ok", value: buildRubric(reply, scale), receipt };
}

function unpaid(input: RubricDraftInput): Receipt {
  const key = sha256Hex(canonicalJson(input));
  return { key, source: "call", attempts: 0, usage: NO_USAGE, cost: FREE, responseIds: [] };
}
