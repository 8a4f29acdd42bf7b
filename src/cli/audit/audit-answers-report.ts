import type { Usage } from "../../core/usage.ts";
import { visibleLine } from "../../core/sanitise.ts";
import type { CritiqueFinding } from "../../fill/reply-schema.ts";
import type { AnswerRunResult, DoubtfulAnswer } from "./audit-answers-run.ts";
import { batchSummaries, type BatchSummary } from "../run/batch-run.ts";
import type { ChosenProvider } from "../run/choose-provider.ts";
import type { FailedItem } from "../fill/draft-run.ts";
import { amount, count, plural, shorten } from "../format.ts";
import type { ModelRun } from "../run/model-run.ts";
import type { PreparedAudit } from "./prepare-audit-answers.ts";
import type { Report } from "../report.ts";
import { failureLines, providerLine, stoppedBy, stopLines } from "../run/run-lines.ts";
import { HELD_BACK, proposalSkips, skipLines, type SkipWords } from "../run/skip-words.ts";

/** What a run left behind: `summary.json`, and what `audit answers --json` prints. */
export interface AnswersSummary {
  readonly schema: 1;
  readonly run: string;
  readonly provider: string;
  readonly model: string;
  readonly answers: number;
  readonly sound: number;
  readonly proposals: { readonly written: number; readonly folder: string; readonly ids: readonly string[] };
  readonly doubtful: readonly DoubtfulAnswer[];
  readonly requests: number;
  readonly usage: Usage;
  readonly cost_usd: number | "unknown";
  readonly stopped: ReturnType<typeof stoppedBy>;
  readonly batches: readonly BatchSummary[];
  readonly failed: readonly FailedItem[];
}

const LISTED = 20;
const MOST_FINDINGS = 2;

export function nothingToCheck(report: Report, { skipped, uncheckable }: PreparedAudit): void {
  report.result("no answer to check, no request made");
  for (const line of skippedLines({ skipped, uncheckable })) report.result(`  ${line}`);
  report.document({ schema: 1, run: null, answers: 0, requests: 0, cost_usd: 0 });
}

/** What is about to happen, before it does. */
export function showAnswersPlan(report: Report, prepared: PreparedAudit, chosen: ChosenProvider): void {
  const { answers, groups, notes } = prepared;
  const parts = [`${plural(answers, "answer")} to check`];
  if (groups.length < answers) parts.push(`${groups.length} different`);
  if (notes > 0) parts.push(`${plural(notes, "note")} to compare with`);
  report.note(parts.join(" · "));
  for (const line of skippedLines(prepared)) report.note(`  ${line}`);
  report.note(providerLine(chosen));
  if (!chosen.asksModel && chosen.provider.name === "offline") {
    report.note(
      "  compares words with your notes and other answers; it cannot tell true from false, and corrects nothing",
    );
  }
}

function skippedLines({ skipped, uncheckable }: Pick<PreparedAudit, "skipped" | "uncheckable">): readonly string[] {
  const words = proposalSkips("checks");
  const of = (reason: keyof typeof words): readonly [number, SkipWords] => [skipped[reason], words[reason]];
  return skipLines([
    of("proposal-pending"),
    of("proposal-accepted"),
    of("proposal-rejected"),
    of("proposal-unreadable"),
    [skipped["read-only"], HELD_BACK],
    of("over-limit"),
    [uncheckable, ["is a link or a ticked choice", "are links or ticked choices"]],
  ]);
}

export function answersSummary(ended: {
  readonly chosen: ChosenProvider;
  readonly run: Pick<ModelRun, "folder" | "journal" | "batches">;
  readonly result: AnswerRunResult;
  readonly prepared: PreparedAudit;
}): AnswersSummary {
  const { chosen, run, result, prepared } = ended;
  const { attempts, usage, cost } = run.journal.totals();
  const { proposals, failed, doubtful, sound } = result;
  return {
    schema: 1,
    run: run.folder.id,
    provider: chosen.provider.name,
    model: chosen.provider.model,
    answers: prepared.answers,
    sound,
    proposals: { written: proposals.length, folder: "outputs/proposals", ids: proposals.map(({ id }) => id) },
    doubtful,
    requests: chosen.asksModel ? attempts : 0,
    usage,
    cost_usd: cost.kind === "known" ? cost.usd : "unknown",
    stopped: stoppedBy(result),
    batches: batchSummaries(run.batches),
    failed,
  };
}

/** How many answers stood the check, what is proposed instead of others, what is doubtful, what to do next. */
export function showAnswersSummary(
  report: Report,
  summary: AnswersSummary,
  { result, baseUrl }: { readonly result: AnswerRunResult; readonly baseUrl: string | undefined },
): void {
  const { proposals, usage, requests, stopped, run, sound, doubtful } = summary;
  const tokens = count(usage.inputTokens + usage.outputTokens);
  const effort = requests === 0 ? "no request" : `${plural(requests, "request")} · ${tokens} tokens`;
  report.result(`${plural(sound, "answer")} without a finding · ${effort} · ${amount(result.spent)}`);
  if (proposals.written > 0) {
    report.result(report.style("green", `${plural(proposals.written, "correction")} proposed in ${proposals.folder}/`));
  }
  for (const line of doubtfulLines(doubtful)) report.result(line);
  for (const line of failureLines(result.failed)) report.result(report.style("yellow", line));
  for (const line of stopLines(result, summary.batches)) report.result(report.style("red", line));
  const resume = ["answerkey resume", run, ...(baseUrl === undefined ? [] : ["--base-url", baseUrl])].join(" ");
  if (stopped !== null) report.result(`next: ${stopped === "budget" ? `${resume} --budget <more>` : resume}`);
  else if (proposals.written > 0) report.result("next: answerkey review");
}

function doubtfulLines(doubtful: readonly DoubtfulAnswer[]): readonly string[] {
  if (doubtful.length === 0) return [];
  const lines = doubtful
    .slice(0, LISTED)
    .flatMap(({ path, line, id, findings }) => [
      `  ${path}:${line}  ${id}`,
      ...findings.slice(0, MOST_FINDINGS).map(findingLine),
      ...(findings.length > MOST_FINDINGS
        ? [`    … and ${plural(findings.length - MOST_FINDINGS, "finding")} more`]
        : []),
    ]);
  const more = doubtful.length > LISTED ? [`  … and ${doubtful.length - LISTED} more in the run's summary.json`] : [];
  return [`${plural(doubtful.length, "answer")} with findings and no correction:`, ...lines, ...more];
}

function findingLine({ severity, kind, problem, quote }: CritiqueFinding): string {
  const about = quote === "" ? "" : `"${shorten(visibleLine(quote), 70)}": `;
  return `    ${severity} ${kind}: ${about}${shorten(visibleLine(problem), 120)}`;
}
