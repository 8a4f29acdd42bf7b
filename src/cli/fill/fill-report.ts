import { EXIT, type ExitCode } from "../../core/errors.ts";
import type { OutcomeStatus } from "../../core/outcome.ts";
import type { Usage } from "../../core/usage.ts";
import type { FillCounts, FillPlan } from "../../fill/fill-plan.ts";
import type { RunFolder } from "../../files/run-folder.ts";
import type { Journal } from "../../llm/journal.ts";
import { batchSummaries, type BatchRun, type BatchSummary } from "../run/batch-run.ts";
import type { ChosenProvider } from "../run/choose-provider.ts";
import type { DraftRunResult, FailedItem } from "./draft-run.ts";
import { amount, count, plural } from "../format.ts";
import type { PreparedFill } from "./prepare-fill.ts";
import type { Report } from "../report.ts";
import { countBy, doubtLines, failureLines, isFlagged, providerLine, stoppedBy, stopLines } from "../run/run-lines.ts";
import { HELD_BACK, proposalSkips, sameForAll, skipLines, type SkipWords } from "../run/skip-words.ts";

/** What a run left behind: `summary.json`, and what `fill --json` prints. */
export interface FillSummary {
  readonly schema: 1;
  readonly run: string;
  readonly provider: string;
  readonly model: string;
  readonly plan: FillCounts;
  readonly outcomes: Readonly<Partial<Record<OutcomeStatus, number>>>;
  readonly proposals: {
    readonly written: number;
    readonly flagged: number;
    readonly applied: number;
    readonly folder: string;
  };
  readonly requests: number;
  readonly usage: Usage;
  readonly cost_usd: number | "unknown";
  readonly stopped: ReturnType<typeof stoppedBy>;
  readonly batches: readonly BatchSummary[];
  readonly failed: readonly FailedItem[];
  readonly flags: Readonly<Partial<Record<string, number>>>;
}

export interface EndedRun {
  readonly prepared: PreparedFill;
  readonly chosen: ChosenProvider;
  readonly folder: RunFolder;
  readonly journal: Journal;
  readonly batches: BatchRun | undefined;
  readonly result: DraftRunResult;
  readonly applied: number;
  /** As given on the command line: `resume` takes no endpoint from a file. */
  readonly baseUrl: string | undefined;
}

export function nothingToFill(report: Report, { plan, bank }: PreparedFill): ExitCode {
  const { skipped, questions } = plan.counts;
  const waiting = skipped["proposal-pending"] + skipped["proposal-accepted"];
  report.result(
    `nothing to fill: ${plural(questions, "question")} in ${plural(bank.files.length, "file")}, no request made, no file changed`,
  );
  for (const line of skippedLines(plan)) report.result(`  ${line}`);
  if (waiting > 0) report.result("next: answerkey review");
  report.document({ schema: 1, run: null, plan: plan.counts, requests: 0, cost_usd: 0 });
  return EXIT.done;
}

/** What is about to happen, before it does. */
export function showPlan(report: Report, { plan, notes }: PreparedFill, chosen: ChosenProvider): void {
  const { counts } = plan;
  const parts = [`${plural(counts.drafted, "question")} to draft`];
  if (counts.drafts < counts.drafted) parts.push(`${counts.drafts} different`);
  if (counts.reused > 0) parts.push(`${counts.reused} answered elsewhere in the bank, copied`);
  if (notes > 0) parts.push(`${plural(notes, "note")} to draw on`);
  report.note(parts.join(" · "));
  for (const line of skippedLines(plan)) report.note(`  ${line}`);
  report.note(providerLine(chosen));
}

const SKIP_WORDS: Readonly<Record<Exclude<keyof FillCounts["skipped"], "state">, SkipWords>> = {
  "read-only": HELD_BACK,
  "not-selected": sameForAll("not asked for"),
  "last-outcome": sameForAll("did not end so last time"),
  ...proposalSkips("drafts"),
};

function skippedLines(plan: FillPlan): readonly string[] {
  const { skipped } = plan.counts;
  const reasons = Object.keys(SKIP_WORDS).filter((reason): reason is keyof typeof SKIP_WORDS => reason in SKIP_WORDS);
  return [...stateLines(plan), ...skipLines(reasons.map((reason) => [skipped[reason], SKIP_WORDS[reason]]))];
}

/** States by name, as `--states` takes them: "3 personal: left alone unless --states personal asks for them". */
function stateLines({ skipped }: FillPlan): readonly string[] {
  const states = countBy(skipped.flatMap(({ reason, question }) => (reason === "state" ? [question.state] : [])));
  return Object.entries(states).map(
    ([state, number]) =>
      `${number} ${state}: left alone unless --states ${state} asks for ${number === 1 ? "it" : "them"}`,
  );
}

export function summaryDocument({
  prepared,
  chosen,
  folder,
  journal,
  batches,
  result,
  applied,
}: EndedRun): FillSummary {
  const { attempts, usage, cost } = journal.totals();
  const { proposals, failed } = result;
  return {
    schema: 1,
    run: folder.id,
    provider: chosen.provider.name,
    model: chosen.provider.model,
    plan: prepared.plan.counts,
    outcomes: countBy([...proposals.map(() => "ok" as const), ...failed.map((item) => item.status)]),
    proposals: {
      written: proposals.length,
      flagged: proposals.filter(isFlagged).length,
      applied,
      folder: "outputs/proposals",
    },
    requests: chosen.asksModel ? attempts : 0,
    usage,
    cost_usd: cost.kind === "known" ? cost.usd : "unknown",
    stopped: stoppedBy(result),
    batches: batchSummaries(batches),
    failed,
    flags: countBy(proposals.flatMap((proposal) => proposal.flags)),
  };
}

/** Where the proposals are, what they cost, what is doubtful, what to do next. */
export function showFillSummary(report: Report, summary: FillSummary, ended: EndedRun): void {
  const { proposals, usage, requests } = summary;
  const { result } = ended;
  const tokens = count(usage.inputTokens + usage.outputTokens);
  const effort = requests === 0 ? "no request" : `${plural(requests, "request")} · ${tokens} tokens`;
  report.result(
    `${report.style("green", plural(proposals.written, "proposal"))} in ${proposals.folder}/ · ${effort} · ${amount(result.spent)}`,
  );
  for (const line of doubtLines(result.proposals)) report.result(line);
  for (const line of failureLines(result.failed)) report.result(report.style("yellow", line));
  for (const line of stopLines(result, summary.batches)) report.result(report.style("red", line));
  if (proposals.applied > 0) report.result(`${plural(proposals.applied, "answer")} written into the bank`);
  report.result(`next: ${nextCommand(summary, ended)}`);
  const hasBoth = summary.stopped === null && summary.failed.length > 0 && proposals.written > proposals.applied;
  if (hasBoth) report.result(`for what failed: ${nextForFailed(summary.failed, summary.provider)}`);
}

function nextCommand(
  { stopped, proposals, failed, run, provider }: FillSummary,
  { prepared, baseUrl }: EndedRun,
): string {
  const resume = ["answerkey resume", run, ...(baseUrl === undefined ? [] : ["--base-url", baseUrl])].join(" ");
  if (stopped === "budget") return `${resume} --budget <more>`;
  if (stopped !== null) return resume;
  if (proposals.written > proposals.applied) return "answerkey review";
  return failed.length > 0 ? nextForFailed(failed, provider) : nextForRest(prepared.plan);
}

/** Offline nothing changes by asking again: only other notes or a model do. */
function nextForFailed(failed: readonly FailedItem[], provider: string): string {
  if (provider === "offline")
    return "add notes in a folder sources/ beside the bank, or name a --model; then answerkey fill";
  return `answerkey fill --retry ${[...new Set(failed.map((item) => item.status))].join(" ")}`;
}

function nextForRest(plan: FillPlan): string {
  return plan.counts.skipped["over-limit"] > 0 ? "answerkey fill" : "answerkey status";
}
