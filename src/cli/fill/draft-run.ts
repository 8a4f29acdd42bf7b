import type { Proposal } from "../../bank/proposal.ts";
import type { Model, Provider } from "../../core/model.ts";
import { isDeferred, type OutcomeStatus } from "../../core/outcome.ts";
import type { Cost } from "../../core/usage.ts";
import { isUnanswered } from "../../fill/unanswered.ts";
import { buildProposal, buildReusedProposal } from "../../fill/build-proposal.ts";
import type { DraftResult } from "../../fill/draft-question.ts";
import type { DraftGroup } from "../../fill/fill-plan.ts";
import type { StopReason } from "../../llm/run-stop.ts";
import { draftJob, type DraftJobInput, type DraftSettings } from "./draft-job.ts";
import { failureWords } from "../run/failure-words.ts";
import type { FillCommandOptions } from "./fill-options.ts";
import { KeptItems } from "../run/kept-items.ts";
import { keepProposal } from "../review/keep-proposal.ts";
import type { ModelRun } from "../run/model-run.ts";
import type { Project } from "../open-project.ts";
import type { PreparedFill } from "./prepare-fill.ts";
import { runItems, type Worked } from "../run/run-items.ts";

/** A run of drafts: the model run it takes place in, and what was asked of it. */
export interface DraftRun extends ModelRun {
  readonly provider: Provider;
  readonly options: FillCommandOptions;
  /** What is done with each question, wherever it is done. */
  readonly job: DraftSettings;
}

/** A question that brought no proposal, and why. */
export interface FailedItem {
  readonly id: string;
  readonly path: string;
  readonly line: number;
  readonly status: OutcomeStatus;
  readonly reason: string;
}

/** A proposal that was written: what a summary says of it. The rest is on disk, so that memory does not grow with it. */
export interface WrittenProposal {
  readonly id: string;
  readonly path: string;
  readonly flags: readonly string[];
}

/** What a run came to. */
export interface DraftRunResult {
  readonly proposals: readonly WrittenProposal[];
  readonly failed: readonly FailedItem[];
  readonly stop: StopReason | undefined;
  readonly interrupted: boolean;
  /** Spent by this run, earlier sessions of it included. */
  readonly spent: Cost;
}

/** Drafts what the plan says and writes each proposal as soon as its draft is in the journal. */
export async function runDrafts(project: Project, prepared: PreparedFill, run: DraftRun): Promise<DraftRunResult> {
  const { plan } = prepared;
  const { journal, view } = run;
  const { onEvent } = view;
  const collected = new Collected(prepared, run);
  const kept = run.batches && new KeptItems(run.batches.items, prepared.itemOf);
  collected.keepReused();
  const work = draftJob.open(run.job);
  const of = { id: run.folder.id, provider: run.provider.name, model: run.provider.model };
  const inputOf = (group: DraftGroup): DraftJobInput => ({
    item: kept?.of(group) ?? prepared.itemOf(group),
    sample: group.sample,
  });
  const draft = async (group: DraftGroup, signal: AbortSignal, model: Model): Promise<Worked> => {
    for (const { question } of group.members) onEvent({ type: "item-started", id: question.id });
    const result = await work(inputOf(group), { model, signal, run: of });
    if (isDeferred(result)) {
      for (const { question } of group.members) onEvent({ type: "item-deferred", id: question.id });
      return "deferred";
    }
    collected.finish(group, result);
    return "ended";
  };
  await runItems(run, {
    items: plan.groups,
    idOf: ({ members: [first] }) => first?.question.id ?? "",
    inputOf,
    work: draft,
    concurrency: run.concurrency,
    signal: project.signal,
  });
  if (kept !== undefined && kept.changed > 0) view.note(goesOn(kept.changed));
  const stop = run.model.stopReason();
  collected.abandonRest(stop);
  return { ...collected.result(), stop, interrupted: project.signal.aborted, spent: journal.totals().cost };
}

function goesOn(drafts: number): string {
  const go = drafts === 1 ? "draft goes on from" : "drafts go on from";
  return `${drafts} ${go} what was asked: the bank or its notes changed since, which is for new requests only`;
}

/** Turns finished groups into proposals on disk, records in the journal, events, and lists for the summary. */
class Collected {
  readonly #prepared: PreparedFill;
  readonly #run: DraftRun;
  readonly #proposals: WrittenProposal[] = [];
  readonly #failed: FailedItem[] = [];
  readonly #finished = new Set<DraftGroup>();

  constructor(prepared: PreparedFill, run: DraftRun) {
    this.#prepared = prepared;
    this.#run = run;
  }

  keepReused(): void {
    for (const each of this.#prepared.plan.reused) this.#keep(buildReusedProposal(each, this.#run.folder.id));
  }

  finish(group: DraftGroup, result: DraftResult): void {
    const { folder, provider, journal, view } = this.#run;
    const { prompt, prompt_hash: promptHash } = this.#prepared.prompts.provenance;
    this.#finished.add(group);
    const from = { runId: folder.id, provider: provider.name, model: provider.model, prompt, promptHash };
    for (const planned of group.members) {
      const { id, line } = planned.question;
      if (result.status === "ok") {
        this.#keep(buildProposal(planned, result.value, from, result.receipt));
        journal.item({ type: "item", id, status: "ok" });
      } else this.#fail({ id, path: planned.path, line, status: result.status, reason: reasonOf(result) });
      view.onEvent({ type: "item-finished", id, status: result.status, called: result.receipt.source === "call" });
    }
  }

  /** Every question of the plan ends in an outcome, also those that were never begun. */
  abandonRest(stop: StopReason | undefined): void {
    const { status, reason } = abandoned(stop);
    for (const group of this.#prepared.plan.groups) {
      if (this.#finished.has(group)) continue;
      for (const { question, path } of group.members) {
        const item = { id: question.id, path, line: question.line, status, reason };
        // Waiting is no end, and is not told anew each time the run is taken up.
        if (stop?.kind === "batch") this.#failed.push(item);
        else this.#fail(item);
      }
    }
  }

  #keep(proposal: Proposal): void {
    if (!keepProposal(this.#prepared.store, proposal)) return;
    const { id, source, signals } = proposal.header;
    this.#proposals.push({ id, path: source.path, flags: signals.flags });
  }

  #fail(item: FailedItem): void {
    this.#failed.push(item);
    this.#run.journal.item({ type: "item", id: item.id, status: item.status });
  }

  result(): Pick<DraftRunResult, "proposals" | "failed"> {
    return { proposals: this.#proposals, failed: this.#failed };
  }
}

/** How items end that a run did not get to. */
export function abandoned(stop: StopReason | undefined): Pick<FailedItem, "status" | "reason"> {
  if (stop?.kind === "batch") return { status: "cancelled", reason: "waits for a batch" };
  return { status: stop?.kind === "budget" ? "stopped_budget" : "cancelled", reason: "the run was stopped first" };
}

function reasonOf(result: Exclude<DraftResult, { readonly status: "ok" }>): string {
  const isUnsupported = result.status === "refused" && isUnanswered(result.text);
  return failureWords(result, isUnsupported ? "not supported by the sources" : "the model declined to answer");
}
