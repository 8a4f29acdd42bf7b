import { EXIT, type ExitCode } from "../../core/errors.ts";
import type { OutcomeStatus } from "../../core/outcome.ts";
import type { Usage } from "../../core/usage.ts";
import { RUBRIC_SKIPS, type RubricDraftPlan, type RubricSkip } from "../../grade/draft/rubric-draft-plan.ts";
import { batchSummaries, type BatchSummary } from "../run/batch-run.ts";
import type { ChosenProvider } from "../run/choose-provider.ts";
import type { DraftRunResult, FailedItem } from "../fill/draft-run.ts";
import { amount, count, plural } from "../format.ts";
import type { ModelRun } from "../run/model-run.ts";
import type { Report } from "../report.ts";
import { countBy, doubtLines, failureLines, isFlagged, providerLine, stoppedBy, stopLines } from "../run/run-lines.ts";
import { proposalSkips, sameForAll, skipLines, type SkipWords } from "../run/skip-words.ts";

/** What a run left behind: `summary.json`, and what `rubric draft --json` prints. */
export interface RubricDraftSummary {
  readonly schema: 1;
  readonly run: string;
  readonly provider: string;
  readonly model: string;
  readonly plan: { readonly planned: number; readonly skipped: Readonly<Record<string, number>> };
  readonly outcomes: Readonly<Partial<Record<OutcomeStatus, number>>>;
  readonly proposals: { readonly written: number; readonly flagged: number; readonly folder: string };
  readonly requests: number;
  readonly usage: Usage;
  readonly cost_usd: number | "unknown";
  readonly stopped: ReturnType<typeof stoppedBy>;
  readonly batches: readonly BatchSummary[];
  readonly failed: readonly FailedItem[];
  readonly flags: Readonly<Partial<Record<string, number>>>;
}

/** Of one question, and of more. */
const SKIP_WORDS: Readonly<Record<RubricSkip, SkipWords>> = {
  "not-selected": sameForAll("not among --only"),
  "no-answer": ["has no answer yet", "have no answer yet"],
  "has-rubric": ["has a rubric", "have a rubric"],
  "file-in-the-way": [
    "has a file in the place of its rubric that holds none for it (see answerkey rubric lint)",
    "have a file in the place of their rubric that holds none for them (see answerkey rubric lint)",
  ],
  "read-only": ["has a rubric file that is not written to", "have a rubric file that is not written to"],
  "long-id": ["has an id too long for the name of a rubric file", "have an id too long for the name of a rubric file"],
  ...proposalSkips("drafts"),
};

function skippedLines({ skipped }: RubricDraftPlan): readonly string[] {
  return skipLines(RUBRIC_SKIPS.map((reason) => [skipped.get(reason) ?? 0, SKIP_WORDS[reason]]));
}

export function nothingToDraft(report: Report, plan: RubricDraftPlan): ExitCode {
  report.result(`no rubric to draft: ${plural(plan.questions, "question")}, no request made, no file changed`);
  for (const line of skippedLines(plan)) report.result(`  ${line}`);
  const next = nextWithoutDrafts(plan);
  if (next !== undefined) report.result(`next: ${next}`);
  const skipped = Object.fromEntries(plan.skipped);
  report.document({ schema: 1, run: null, plan: { planned: 0, skipped }, requests: 0, cost_usd: 0 });
  return EXIT.done;
}

function nextWithoutDrafts({ skipped }: RubricDraftPlan): string | undefined {
  if ((skipped.get("proposal-pending") ?? 0) > 0) return "answerkey review";
  if ((skipped.get("proposal-accepted") ?? 0) > 0) return "answerkey apply --dry-run";
  return (skipped.get("no-answer") ?? 0) > 0 ? "answerkey fill" : undefined;
}

/** What is about to happen, before it does. */
export function showRubricPlan(report: Report, plan: RubricDraftPlan, chosen: ChosenProvider): void {
  report.note(`${plural(plan.planned.length, "rubric")} to draft`);
  for (const line of skippedLines(plan)) report.note(`  ${line}`);
  report.note(providerLine(chosen));
  if (chosen.provider.name === "offline") {
    report.note(
      "  it picks sentences by word statistics: each draft is flagged low-confidence, and is to be read before it is accepted",
    );
  }
}

export function rubricSummary(ended: {
  readonly chosen: ChosenProvider;
  readonly run: Pick<ModelRun, "folder" | "journal" | "batches">;
  readonly result: DraftRunResult;
  readonly plan: { readonly planned: number; readonly skipped: RubricDraftPlan["skipped"] };
}): RubricDraftSummary {
  const { chosen, run, result, plan } = ended;
  const { attempts, usage, cost } = run.journal.totals();
  const { proposals, failed } = result;
  return {
    schema: 1,
    run: run.folder.id,
    provider: chosen.provider.name,
    model: chosen.provider.model,
    plan: { planned: plan.planned, skipped: Object.fromEntries(plan.skipped) },
    outcomes: countBy([...proposals.map(() => "ok" as const), ...failed.map((item) => item.status)]),
    proposals: {
      written: proposals.length,
      flagged: proposals.filter(isFlagged).length,
      folder: "outputs/proposals",
    },
    requests: chosen.asksModel ? attempts : 0,
    usage,
    cost_usd: cost.kind === "known" ? cost.usd : "unknown",
    stopped: stoppedBy(result),
    batches: batchSummaries(run.batches),
    failed,
    flags: countBy(proposals.flatMap((proposal) => proposal.flags)),
  };
}

/** How many rubrics are proposed, what they cost, what is doubtful, what could not be drafted and why, what to do next. */
export function showRubricSummary(
  report: Report,
  summary: RubricDraftSummary,
  { result, baseUrl }: { readonly result: DraftRunResult; readonly baseUrl: string | undefined },
): void {
  const { proposals, usage, requests, stopped, run } = summary;
  const tokens = count(usage.inputTokens + usage.outputTokens);
  const effort = requests === 0 ? "no request" : `${plural(requests, "request")} · ${tokens} tokens`;
  const made = report.style("green", `${plural(proposals.written, "rubric")} proposed`);
  report.result(`${made} in ${proposals.folder}/ · ${effort} · ${amount(result.spent)}`);
  for (const line of doubtLines(result.proposals)) report.result(line);
  for (const line of failureLines(result.failed)) report.result(report.style("yellow", line));
  for (const line of stopLines(result, summary.batches)) report.result(report.style("red", line));
  const resume = ["answerkey resume", run, ...(baseUrl === undefined ? [] : ["--base-url", baseUrl])].join(" ");
  if (stopped !== null) report.result(`next: ${stopped === "budget" ? `${resume} --budget <more>` : resume}`);
  else report.result(`next: ${proposals.written > 0 ? "answerkey review" : "answerkey status"}`);
}
