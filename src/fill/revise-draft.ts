import type { Outcome, Receipt } from "../core/outcome.ts";
import type { Review } from "./conclude-draft.ts";
import type { DraftRequest } from "./draft-question.ts";
import { examine, type Examined } from "./examine.ts";
import { sumReceipts } from "./receipts.ts";
import type { ReviseInput } from "./task-input.ts";

export type Reviewed = (Review & { readonly receipt: Receipt }) | Stopped;
export type Stopped = Exclude<Outcome<never>, { readonly status: "ok" }>;

export interface Revising {
  readonly so: Review;
  /** What is to be put right. */
  readonly findings: ReviseInput["findings"];
  /** Of the calls before. */
  readonly paid: Receipt;
}

/** Has an answer revised once. A revision that fails leaves the answer as it is, said to be so. */
export async function reviseDraft(
  { item, prompts, model, signal, options }: DraftRequest,
  first: Examined,
  { so, findings, paid }: Revising,
): Promise<Reviewed> {
  const { task } = prompts.revise(item, first.answer, findings, options.sample);
  const outcome = await model.run(task, signal);
  const receipt = sumReceipts(paid, outcome.receipt);
  if (endsRun(outcome)) return { ...outcome, receipt };
  if (outcome.status !== "ok") return { ...so, failed: [...so.failed, "revise-failed"], receipt };
  const { responses, ...reply } = outcome.value;
  const declined = new Set(responses.filter((each) => each.action === "declined").map((each) => each.finding));
  const examined = examine(item, { ...first.reply, ...reply }, first.reply.question_restored);
  return { ...so, revision: { examined, declined }, receipt };
}

/** What stops the whole run: the item is left undone, and the draft already paid for is found in the journal next time. */
export function endsRun(outcome: Outcome<unknown>): outcome is Stopped {
  if (outcome.status === "api_error") return outcome.failure.scope === "run";
  return outcome.status === "cancelled" || outcome.status === "stopped_budget";
}
