import type { Proposal } from "../../bank/proposal.ts";
import type { Model, Provider } from "../../core/model.ts";
import { isDeferred, type Outcome, type OutcomeStatus } from "../../core/outcome.ts";
import { draftRubric } from "../../grade/draft/rubric-draft.ts";
import type { PlannedRubric } from "../../grade/draft/rubric-draft-plan.ts";
import { proposeRubric } from "../../grade/rubric/rubric-proposal.ts";
import type { Rubric } from "../../grade/rubric/rubric.ts";
import { abandoned, type DraftRunResult, type FailedItem, type WrittenProposal } from "../fill/draft-run.ts";
import { failureWords } from "../run/failure-words.ts";
import { keepProposal } from "../review/keep-proposal.ts";
import type { ModelRun } from "../run/model-run.ts";
import type { Project } from "../open-project.ts";
import type { PreparedRubricDraft } from "./prepare-rubric-draft.ts";
import { scaleOf, type RubricDraftOptions } from "./rubric-draft-options.ts";
import { runItems, type Worked } from "../run/run-items.ts";

/** A run of rubric drafts: the model run it takes place in, and what was asked of it. */
export interface RubricDraftRun extends ModelRun {
  readonly provider: Provider;
  readonly options: RubricDraftOptions;
}

/** Drafts the rubrics of the plan and writes each proposal as soon as its draft is in the journal. */
export async function runRubricDrafts(
  project: Project,
  prepared: PreparedRubricDraft,
  run: RubricDraftRun,
): Promise<DraftRunResult> {
  const { planned } = prepared.plan;
  const { journal, model, options, view } = run;
  const proposals: WrittenProposal[] = [];
  const ended = new Map<PlannedRubric, FailedItem | undefined>();
  const work = async (each: PlannedRubric, signal: AbortSignal, asked: Model): Promise<Worked> => {
    const { id } = each.target.question;
    view.onEvent({ type: "item-started", id });
    const outcome = await draftOne(prepared, { model: asked, options }, each, signal);
    if (isDeferred(outcome)) {
      view.onEvent({ type: "item-deferred", id });
      return "deferred";
    }
    const made = concluded(prepared, run, each, outcome);
    if (made.kind === "proposal" && keepProposal(prepared.store, made.proposal)) {
      proposals.push({ id, path: each.target.path, flags: made.proposal.header.signals.flags });
    }
    ended.set(each, made.kind === "failed" ? made.item : undefined);
    const status = made.kind === "failed" ? made.item.status : "ok";
    journal.item({ type: "item", id, status });
    view.onEvent({ type: "item-finished", id, status, called: outcome.receipt.source === "call" });
    return "ended";
  };
  await runItems(run, {
    items: planned,
    idOf: ({ target }) => target.question.id,
    work,
    concurrency: run.concurrency,
    signal: project.signal,
  });
  const stop = model.stopReason();
  const undone = abandoned(stop);
  const failed = planned.flatMap((each) => {
    const item = ended.has(each) ? ended.get(each) : failure(each, undone.status, undone.reason);
    return item === undefined ? [] : [item];
  });
  return { proposals, failed, stop, interrupted: project.signal.aborted, spent: journal.totals().cost };
}

function draftOne(
  { prompt, inputOf }: PreparedRubricDraft,
  { model, options }: Pick<RubricDraftRun, "options"> & { readonly model: Model },
  planned: PlannedRubric,
  signal: AbortSignal,
): Promise<Outcome<Rubric>> {
  const scale = { questionId: planned.question.id, ...scaleOf(options) };
  return draftRubric({
    input: inputOf(planned),
    scale,
    prompt,
    model,
    signal,
    sample: planned.target.revision - 1,
  });
}

type Concluded =
  | { readonly kind: "proposal"; readonly proposal: Proposal }
  | { readonly kind: "failed"; readonly item: FailedItem };

const REFUSED = "the drafter found nothing in the answer to mark by";

function concluded(
  { prompt, inputOf }: PreparedRubricDraft,
  { folder, provider }: RubricDraftRun,
  planned: PlannedRubric,
  outcome: Outcome<Rubric>,
): Concluded {
  if (outcome.status !== "ok") {
    return { kind: "failed", item: failure(planned, outcome.status, failureWords(outcome, REFUSED)) };
  }
  const { name, model } = provider;
  const { prompt: named, prompt_hash: promptHash } = prompt.provenance;
  const { question } = inputOf(planned);
  const restored = question === planned.question.text ? undefined : question;
  const made = proposeRubric(
    planned,
    { rubric: outcome.value, receipt: outcome.receipt, restored },
    { runId: folder.id, provider: name, model, prompt: named, promptHash },
  );
  if (made.status === "proposed") return { kind: "proposal", proposal: made.proposal };
  const reason = `the drafted rubric could not be graded with (${made.code})`;
  return { kind: "failed", item: failure(planned, "invalid", reason) };
}

function failure({ question, target }: PlannedRubric, status: OutcomeStatus, reason: string): FailedItem {
  return { id: question.id, path: target.bank, line: question.line, status, reason };
}
