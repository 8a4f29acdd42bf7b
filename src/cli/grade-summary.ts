import { EXIT, type ExitCode } from "../core/errors.ts";
import type { Usage } from "../core/usage.ts";
import type { CurrentGrade } from "../grade/grade-log.ts";
import { counts } from "../grade/grade-log.ts";
import type { GradingSkip } from "../grade/plan-grading.ts";
import { GRADE_STATES, type GradeState } from "../grade/record.ts";
import type { ChosenProvider } from "./choose-provider.ts";
import { amount, count, duration, plural } from "./format.ts";
import type { GradeRunResult } from "./grade-run.ts";
import { readGrades } from "./grade-store.ts";
import type { ModelRun } from "./model-run.ts";
import type { PreparedGrading } from "./prepare-grading.ts";
import type { Report } from "./report.ts";

/** What a run left behind: `summary.json`, and what `grade --json` prints. */
export interface GradeSummary {
  readonly schema: 1;
  readonly run: string | null;
  readonly set: string;
  readonly provider: string;
  readonly model: string;
  readonly graded: number;
  readonly undone: number;
  readonly deferred: number;
  /** All grades of the set, not only this run's. */
  readonly states: Readonly<Record<GradeState, number>>;
  /** Mean of the marks that count, as a share of full marks, and how many they are; null where there are none. */
  readonly mean: { readonly share: number; readonly n: number } | null;
  /** Answers without a mark that counts, blanks aside. */
  readonly waiting: number;
  /** Why answers have no mark, in words of ours, with how many. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly requests: number;
  readonly usage: Usage;
  readonly cost_usd: number | "unknown";
  readonly stopped: "failure" | "outage" | "budget" | "rate-limit" | "interrupted" | null;
  readonly outputs: { readonly report: string; readonly sheets: string; readonly records: string };
}

/** What is about to happen, before it does. */
export function showGradePlan(
  report: Report,
  { plan, answers, graded, set }: PreparedGrading,
  { provider, because }: ChosenProvider,
): void {
  const { candidates, blanks } = answers.notes;
  report.note(
    `${plural(answers.submissions.length, "answer")} of ${plural(candidates, "candidate")} to ${plural(graded.questions.size, "question")} with a rubric${blanks > 0 ? `, ${blanks} blank` : ""}`,
  );
  report.note(`${plural(plan.planned.length, "answer")} to grade into outputs/grades/${set.name}/`);
  for (const line of skippedLines(plan.skipped)) report.note(`  ${line}`);
  const where = provider.endpoint === provider.name ? "" : ` at ${provider.endpoint}`;
  const model = provider.model === provider.name ? "" : `, model ${provider.model}`;
  report.note(`judge: ${provider.name}${model}${where} (${because})`);
  if (provider.name === "offline") {
    report.note("  it matches words, not meaning: a first sorting, and no judgement to rely on");
  }
}

const SKIP_WORDS: Readonly<Record<GradingSkip, string>> = {
  "up-to-date": "have a grade that still holds (--redo grades them again)",
  overridden: "were marked by a person",
  "no-rubric": "are answers to questions without a usable rubric (answerkey rubric lint says more)",
  "not-asked": "not among --only",
  "over-limit": "left for another run",
};

function skippedLines(skipped: Readonly<Record<GradingSkip, number>>): readonly string[] {
  const reasons = Object.keys(SKIP_WORDS).filter((reason): reason is GradingSkip => reason in SKIP_WORDS);
  return reasons.filter((reason) => skipped[reason] > 0).map((reason) => `${skipped[reason]} ${SKIP_WORDS[reason]}`);
}

export function nothingToGrade(report: Report, prepared: PreparedGrading): ExitCode {
  const { set, log, plan } = prepared;
  const standing = standingOf([...readGrades(log).grades.values()]);
  report.result("nothing to grade: no request made");
  showStanding(report, standing);
  report.result(`report: outputs/grades/${set.name}/report.html`);
  report.document({ schema: 1, run: null, set: set.name, plan: plan.skipped, ...standing });
  return standing.waiting > 0 || prepared.answers.faults > 0 ? EXIT.open : EXIT.done;
}

export function gradeSummary(
  { set, log }: PreparedGrading,
  { provider, isRemote }: ChosenProvider,
  { folder, journal }: ModelRun,
  { graded, undone, deferred, stop, interrupted }: GradeRunResult,
): GradeSummary {
  const { attempts, usage, cost } = journal.totals();
  const base = `outputs/grades/${set.name}`;
  return {
    schema: 1,
    run: folder.id,
    set: set.name,
    provider: provider.name,
    model: provider.model,
    graded,
    undone,
    deferred,
    ...standingOf([...readGrades(log).grades.values()]),
    requests: isRemote ? attempts : 0,
    usage,
    cost_usd: cost.kind === "known" ? cost.usd : "unknown",
    stopped: interrupted ? "interrupted" : (stop?.kind ?? null),
    outputs: { report: `${base}/report.html`, sheets: `${base}/sheets`, records: `${base}/records.jsonl` },
  };
}

/** How a set of grades stands, whoever made them. */
export type Standing = Pick<GradeSummary, "states" | "mean" | "waiting" | "reasons">;

export function standingOf(grades: readonly CurrentGrade[]): Standing {
  const inState = (state: GradeState): number => grades.filter((grade) => grade.state === state).length;
  const [graded, review, refused, error, blank, stale, overridden] = GRADE_STATES.map(inState);
  const states = {
    graded: graded ?? 0,
    "needs-review": review ?? 0,
    refused: refused ?? 0,
    error: error ?? 0,
    blank: blank ?? 0,
    stale: stale ?? 0,
    overridden: overridden ?? 0,
  };
  const shares = grades.filter(counts).map(({ mark, grade }) => (mark ?? 0) / Math.max(1, grade.max));
  const { "needs-review": open } = states;
  return {
    states,
    mean:
      shares.length === 0
        ? null
        : { share: shares.reduce((sum, each) => sum + each, 0) / shares.length, n: shares.length },
    waiting: open + states.refused + states.error + states.stale,
    reasons: reasonsOf(grades),
  };
}

function reasonsOf(grades: readonly CurrentGrade[]): Readonly<Record<string, number>> {
  const reasons: Record<string, number> = {};
  for (const { state, grade } of grades) {
    if (state !== "refused" && state !== "error") continue;
    reasons[grade.reason] = (reasons[grade.reason] ?? 0) + 1;
  }
  return reasons;
}

const STATE_WORDS: Readonly<Record<GradeState, string>> = {
  graded: "graded",
  overridden: "marked by a person",
  "needs-review": "wait for a person",
  refused: "refused by the judge, no mark",
  error: "failed, no mark",
  stale: "stale since the rubric changed",
  blank: "blank, no mark",
};

export function showStanding(report: Report, { states, mean, reasons }: Standing): void {
  const shown = Object.keys(STATE_WORDS).filter((state): state is GradeState => state in STATE_WORDS);
  const parts = shown.filter((state) => states[state] > 0).map((state) => `${states[state]} ${STATE_WORDS[state]}`);
  report.result(parts.length === 0 ? "no grade yet" : parts.join(" · "));
  for (const [reason, answers] of Object.entries(reasons)) {
    report.result(report.style("yellow", `${plural(answers, "answer")} without a mark: ${reason}`));
  }
  if (mean !== null)
    report.result(`mean of the ${plural(mean.n, "mark")} that count: ${(mean.share * 100).toFixed(1)}%`);
}

/** In this order: what was done, how the set stands, where it lies, what to do next. */
export function showGradeSummary(
  report: Report,
  summary: GradeSummary,
  { result, baseUrl }: { readonly result: GradeRunResult; readonly baseUrl: string | undefined },
): void {
  const { usage, requests, graded, undone, deferred, outputs } = summary;
  const tokens = count(usage.inputTokens + usage.outputTokens);
  const effort = requests === 0 ? "no request" : `${plural(requests, "request")} · ${tokens} tokens`;
  report.result(`${report.style("green", plural(graded, "answer"))} looked at · ${effort} · ${amount(result.spent)}`);
  if (undone > 0)
    report.result(report.style("yellow", `${plural(undone, "answer")} left for when the run is taken up`));
  if (deferred > 0) report.result(`${plural(deferred, "doubtful grade")} handed to a person by --review-budget`);
  for (const line of stopLines(summary, result)) report.result(report.style("red", line));
  showStanding(report, summary);
  report.result(`report: ${outputs.report}`);
  report.result(`sheets: ${outputs.sheets}/ · tables: grades.csv, grades-wide.csv beside them`);
  report.result(`next: ${nextCommand(summary, baseUrl)}`);
}

function stopLines(summary: GradeSummary, { stop }: GradeRunResult): readonly string[] {
  if (summary.stopped === "interrupted") return ["stopped by you; what was paid for is kept"];
  switch (stop?.kind) {
    case undefined:
      return [];
    case "budget":
      return ["stopped: the next request could pass the budget"];
    case "rate-limit":
      return [`stopped: the rate limit asks to wait ${duration(stop.waitMs)}`];
    case "failure":
    case "outage":
      return [`stopped: ${stop.failure.message}`];
    default:
      return stop satisfies never;
  }
}

function nextCommand({ stopped, run, states }: GradeSummary, baseUrl: string | undefined): string {
  const resume = ["answerkey resume", run, ...(baseUrl === undefined ? [] : ["--base-url", baseUrl])].join(" ");
  if (stopped === "budget") return `${resume} --budget <more>`;
  if (stopped !== null) return resume;
  if (states.error + states.refused > 0)
    return "answerkey grade <answers> --retry invalid truncated refused filtered, or mark them by hand: answerkey grade override";
  if (states["needs-review"] > 0) return "look at the report; answerkey grade override sets a mark as a person";
  return "answerkey grade agree <marks of people>";
}
