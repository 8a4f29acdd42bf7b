import type { Model, Provider } from "../../core/model.ts";
import { isDeferred, type Outcome, type OutcomeStatus, type Receipt } from "../../core/outcome.ts";
import { buildProposal } from "../../fill/build-proposal.ts";
import type { Draft } from "../../fill/conclude-draft.ts";
import type { PlannedQuestion } from "../../fill/fill-plan.ts";
import type { CritiqueFinding } from "../../fill/reply-schema.ts";
import { verifyAnswer, type Verified } from "../../fill/verify-answer.ts";
import { abandoned, type DraftRunResult, type FailedItem, type WrittenProposal } from "../fill/draft-run.ts";
import { failureWords } from "../run/failure-words.ts";
import type { FillCommandOptions } from "../fill/fill-options.ts";
import { KeptItems } from "../run/kept-items.ts";
import { keepProposal } from "../review/keep-proposal.ts";
import type { ModelRun } from "../run/model-run.ts";
import type { Project } from "../open-project.ts";
import type { AnswerGroup, PreparedAudit } from "./prepare-audit-answers.ts";
import { runItems, type Worked } from "../run/run-items.ts";

export interface AnswerRun extends ModelRun {
  readonly provider: Provider;
  readonly options: FillCommandOptions;
}

/** An answer in which something was found, and nothing better to put there. */
export interface DoubtfulAnswer {
  readonly id: string;
  readonly path: string;
  readonly line: number;
  readonly findings: readonly CritiqueFinding[];
}

/** What a check came to. */
export interface AnswerRunResult extends DraftRunResult {
  readonly sound: number;
  readonly doubtful: readonly DoubtfulAnswer[];
}

/** Checks the answers of the plan and writes each correction as soon as it is in the journal. */
export async function runAnswerAudit(
  project: Project,
  prepared: PreparedAudit,
  run: AnswerRun,
): Promise<AnswerRunResult> {
  const { groups } = prepared;
  const { journal, model, view } = run;
  const checked = new Checked(prepared, run);
  const kept = run.batches && new KeptItems(run.batches.items, prepared.itemOf);
  const work = async (group: AnswerGroup, signal: AbortSignal, asked: Model): Promise<Worked> => {
    for (const { question } of group.members) view.onEvent({ type: "item-started", id: question.id });
    const outcome = await verifyAnswer(
      {
        item: kept?.of(group) ?? prepared.itemOf(group),
        prompts: prepared.prompts,
        model: asked,
        signal,
        options: { critique: true, sample: group.sample },
      },
      group.answer,
    );
    if (isDeferred(outcome)) {
      for (const { question } of group.members) view.onEvent({ type: "item-deferred", id: question.id });
      return "deferred";
    }
    checked.finish(group, outcome);
    return "ended";
  };
  await runItems(run, {
    items: groups,
    idOf: ({ members: [first] }) => first?.question.id ?? "",
    work,
    concurrency: run.concurrency,
    signal: project.signal,
  });
  const stop = model.stopReason();
  return {
    ...checked.result(abandoned(stop)),
    stop,
    interrupted: project.signal.aborted,
    spent: journal.totals().cost,
  };
}

/** Turns checked answers into proposals on disk, records in the journal, events, and lists for the summary. */
class Checked {
  readonly #prepared: PreparedAudit;
  readonly #run: AnswerRun;
  readonly #proposals: WrittenProposal[] = [];
  readonly #doubtful: DoubtfulAnswer[] = [];
  readonly #failed: FailedItem[] = [];
  readonly #finished = new Set<AnswerGroup>();
  #sound = 0;

  constructor(prepared: PreparedAudit, run: AnswerRun) {
    this.#prepared = prepared;
    this.#run = run;
  }

  finish(group: AnswerGroup, outcome: Outcome<Verified>): void {
    const { journal, view } = this.#run;
    this.#finished.add(group);
    for (const planned of group.members) {
      const { id, line } = planned.question;
      const place = { id, path: planned.path, line };
      if (outcome.status !== "ok") {
        const reason = failureWords(outcome, "the model declined to check it");
        this.#failed.push({ ...place, status: outcome.status, reason });
      } else if (outcome.value.kind === "sound") this.#sound += 1;
      else if (outcome.value.kind === "doubtful") this.#doubtful.push({ ...place, findings: outcome.value.findings });
      else this.#propose(planned, outcome.value.draft, outcome.receipt);
      journal.item({ type: "item", id, status: outcome.status });
      view.onEvent({ type: "item-finished", id, status: outcome.status, called: outcome.receipt.source === "call" });
    }
  }

  #propose(planned: PlannedQuestion, draft: Draft, receipt: Receipt): void {
    const { folder, provider } = this.#run;
    const { prompt, prompt_hash: promptHash } = this.#prepared.prompts.provenance;
    const from = { runId: folder.id, provider: provider.name, model: provider.model, prompt, promptHash };
    const proposal = buildProposal(planned, draft, from, receipt);
    if (!keepProposal(this.#prepared.store, proposal)) return;
    const { id, source, signals } = proposal.header;
    this.#proposals.push({ id, path: source.path, flags: signals.flags });
  }

  result(undone: {
    readonly status: OutcomeStatus;
    readonly reason: string;
  }): Pick<AnswerRunResult, "proposals" | "doubtful" | "failed" | "sound"> {
    const rest = this.#prepared.groups.filter((group) => !this.#finished.has(group));
    const left = rest.flatMap(({ members }) =>
      members.map(({ question, path }) => ({ id: question.id, path, line: question.line, ...undone })),
    );
    return {
      proposals: this.#proposals,
      doubtful: this.#doubtful,
      failed: [...this.#failed, ...left],
      sound: this.#sound,
    };
  }
}
