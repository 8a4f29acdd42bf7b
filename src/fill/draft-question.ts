import type { Model } from "../core/model.ts";
import type { Outcome, Receipt } from "../core/outcome.ts";
import { examine, type Examined } from "./examine.ts";
import type { DraftItem } from "./draft-item.ts";
import type { DraftPrompts } from "./draft-tasks.ts";
import { concludeDraft, type Draft, type Review } from "./conclude-draft.ts";
import { isForReviser, revisionFindings } from "./revision-findings.ts";
import { sumReceipts } from "./receipts.ts";
import { endsRun, reviseDraft, type Reviewed } from "./revise-draft.ts";
import { isUnanswered } from "./unanswered.ts";
import { demandsChange, weighCritique } from "./weigh-critique.ts";

export interface DraftOptions {
  /** False saves half of the requests; the proposal then says `verdict: not-run`. */
  readonly critique: boolean;
  /** 0 for a first draft, one more for every redo; see `Task.sample`. */
  readonly sample: number;
}

export interface DraftRequest {
  readonly item: DraftItem;
  readonly prompts: DraftPrompts;
  readonly model: Model;
  readonly signal: AbortSignal;
  readonly options: DraftOptions;
}

/** `ok` with a draft that may become a proposal, or the reason why there is none; one receipt for all calls. */
export type DraftResult = Outcome<Draft>;

/**
 * Drafts the answer to one question: draft, lint, critique, at most one revision, lint. A question that the model (or the
 * offline provider, from its sources) cannot answer ends as `refused` with the reason as text, so that it is no proposal and
 * does not stand in the way of a later run. A draft that would damage the bank ends as `invalid`.
 */
export async function draftQuestion(request: DraftRequest): Promise<DraftResult> {
  const { item, prompts, model, signal, options } = request;
  const { task, hidden } = prompts.draft(item, options.sample);
  const drafted = await model.run(task, signal);
  if (drafted.status !== "ok") return drafted;
  const { value: reply, receipt } = drafted;
  if (isUnanswered(reply.answer)) return { status: "refused", text: reply.answer, receipt };
  const first = examine(item, reply, reply.question_restored);
  const reviewed = options.critique ? await review(request, first, receipt) : { ...UNREVIEWED, receipt };
  if ("status" in reviewed) return reviewed;
  return concludeDraft({ item, first, hidden, ...reviewed });
}

const UNREVIEWED: Review = { critique: undefined, revision: undefined, failed: [] };

async function review(request: DraftRequest, first: Examined, paid: Receipt): Promise<Reviewed> {
  const { item, prompts, model, signal, options } = request;
  const { task } = prompts.critique(item, first.answer, options.sample);
  const outcome = await model.run(task, signal);
  const receipt = sumReceipts(paid, outcome.receipt);
  if (endsRun(outcome)) return { ...outcome, receipt };
  const critique = outcome.status === "ok" ? weighCritique(outcome.value, first.answer) : undefined;
  const failed = critique === undefined ? (["critique-failed"] as const) : [];
  const isWanted = first.findings.some(isForReviser);
  if (!isWanted && (critique === undefined || !demandsChange(critique))) {
    return { critique, revision: undefined, failed, receipt };
  }
  const findings = revisionFindings(critique?.standing ?? [], first.findings);
  return reviseDraft(request, first, { so: { critique, revision: undefined, failed }, findings, paid: receipt });
}
