import { FREE, NO_USAGE, type Usage } from "../../core/usage.ts";
import { type GradingSkip, SKIP_REASONS } from "../../grade/records/plan-grading.ts";
import type { GradeBookState } from "../../grade/records/grade-log.ts";
import { batchSummaries, type BatchSummary } from "../run/batch-run.ts";
import type { ChosenProvider } from "../run/choose-provider.ts";
import { amount, count, plural } from "../format.ts";
import type { GradeRunResult } from "./grade-run.ts";
import { showStanding, standingOf, type Standing } from "./grade-standing.ts";
import { unusableRubrics } from "../graded-bank.ts";
import type { ModelRun } from "../run/model-run.ts";
import type { PreparedGrading } from "./prepare-grading.ts";
import { replacedLines } from "./replaced-grades.ts";
import type { Report } from "../report.ts";
import { stoppedBy, stopLines } from "../run/run-lines.ts";

/** What a run left behind: `summary.json`, and what `grade --json` prints. The standing is that of the whole set. */
export interface GradeSummary extends Standing {
  readonly schema: 1;
  readonly run: string | null;
  readonly set: string;
  readonly provider: string;
  readonly model: string;
  readonly graded: number;
  readonly undone: number;
  readonly deferred: number;
  /** Answers that were not looked at, by reason. */
  readonly skipped: Readonly<Record<GradingSkip, number>>;
  /** Rows, files and rubrics that could not be used; each was told. */
  readonly unread: number;
  readonly requests: number;
  readonly usage: Usage;
  readonly cost_usd: number | "unknown";
  readonly stopped: ReturnType<typeof stoppedBy>;
  readonly batches: readonly BatchSummary[];
  readonly outputs: { readonly report: string; readonly sheets: string; readonly records: string };
}

/** What is about to happen, before it does. */
export function showGradePlan(
  report: Report,
  { plan, answers, graded, set }: PreparedGrading,
  { provider, because }: ChosenProvider,
  replaced: ReadonlyMap<string, number>,
): void {
  const { candidates, blanks } = answers.notes;
  const asked = new Set(answers.imported.map(({ question }) => question));
  const ruled = [...asked].filter((question) => graded.questions.has(question)).length;
  const rubrics = ruled === asked.size ? " with a rubric" : `, ${ruled} of them with a rubric`;
  report.note(
    `${plural(answers.imported.length, "answer")} of ${plural(candidates, "candidate")} to ${plural(asked.size, "question")}${rubrics}${blanks > 0 ? `, ${blanks} blank` : ""}`,
  );
  const before = answers.submissions.length - answers.imported.length;
  if (before + answers.replaced > 0) {
    const taken =
      answers.replaced === 0 ? "" : `, ${answers.replaced} ${answers.replaced === 1 ? "is" : "are"} replaced`;
    report.note(`${plural(before, "answer")} of earlier imports stay in the set${taken}`);
  }
  report.note(`${plural(plan.planned.length, "answer")} to grade into outputs/grades/${set.name}/`);
  for (const line of [...replacedLines(replaced), ...skippedLines(plan.skipped)]) report.note(`  ${line}`);
  const where = provider.endpoint === provider.name ? "" : ` at ${provider.endpoint}`;
  const model = provider.model === provider.name ? "" : `, model ${provider.model}`;
  report.note(`judge: ${provider.name}${model}${where} (${because})`);
  if (provider.name === "offline") {
    report.note("  it matches words, not meaning: a first sorting, and no judgement to rely on");
  }
}

/** Of one answer, and of more. */
const SKIP_WORDS: Readonly<Record<GradingSkip, readonly [one: string, more: string]>> = {
  "up-to-date": [
    "has a grade that still holds (--redo grades it again)",
    "have a grade that still holds (--redo grades them again)",
  ],
  overridden: ["was marked by a person", "were marked by a person"],
  "no-rubric": [
    "answers a question without a usable rubric (answerkey rubric lint says more)",
    "are answers to questions without a usable rubric (answerkey rubric lint says more)",
  ],
  "not-asked": ["not among --only", "not among --only"],
  "over-limit": ["left for another run", "left for another run"],
};

function skippedLines(skipped: Readonly<Record<GradingSkip, number>>): readonly string[] {
  return SKIP_REASONS.filter((reason) => skipped[reason] > 0).map(
    (reason) => `${skipped[reason]} ${SKIP_WORDS[reason][skipped[reason] === 1 ? 0 : 1]}`,
  );
}

/** What was done, and in which run; where nobody had to be asked there is none. */
export interface EndedGrading {
  readonly run: ModelRun | undefined;
  readonly result: GradeRunResult;
  /** Of the whole set, as the records stand now. */
  readonly grades: GradeBookState["grades"];
}

/** As the records stand now. */
export function gradeSummary(
  { set, graded, plan, answers }: PreparedGrading,
  { provider, asksModel }: ChosenProvider,
  { run, result, grades }: EndedGrading,
): GradeSummary {
  const { attempts, usage, cost } = run?.journal.totals() ?? NOTHING_USED;
  const base = `outputs/grades/${set.name}`;
  return {
    schema: 1,
    run: run?.folder.id ?? null,
    set: set.name,
    provider: provider.name,
    model: provider.model,
    graded: result.graded,
    undone: result.undone,
    deferred: result.deferred,
    skipped: plan.skipped,
    unread: answers.faults.length + unusableRubrics(graded),
    ...standingOf(grades.values(), graded),
    requests: asksModel ? attempts : 0,
    usage,
    cost_usd: cost.kind === "known" ? cost.usd : "unknown",
    stopped: stoppedBy(result),
    batches: batchSummaries(run?.batches),
    outputs: { report: `${base}/report.html`, sheets: `${base}/sheets`, records: `${base}/records.jsonl` },
  };
}

const NOTHING_USED = { attempts: 0, usage: NO_USAGE, cost: FREE } as const;

export function showNothingToGrade(report: Report, summary: GradeSummary): void {
  report.result("nothing to grade: no request made");
  showHandedOver(report, summary);
  showStanding(report, summary);
  report.result(`report: ${summary.outputs.report}`);
}

/** In this order: what was done, how the set stands, where it lies, what to do next. */
export function showGradeSummary(
  report: Report,
  summary: GradeSummary,
  { result, baseUrl }: { readonly result: GradeRunResult; readonly baseUrl: string | undefined },
): void {
  const { usage, requests, graded, undone, outputs } = summary;
  const tokens = count(usage.inputTokens + usage.outputTokens);
  const effort = requests === 0 ? "no request" : `${plural(requests, "request")} · ${tokens} tokens`;
  report.result(`${report.style("green", plural(graded, "answer"))} looked at · ${effort} · ${amount(result.spent)}`);
  if (undone > 0)
    report.result(report.style("yellow", `${plural(undone, "answer")} left for when the run is taken up`));
  showHandedOver(report, summary);
  for (const line of stopLines(result, summary.batches)) report.result(report.style("red", line));
  showStanding(report, summary);
  report.result(`report: ${outputs.report}`);
  report.result(`sheets: ${outputs.sheets}/ · tables: grades.csv, grades-wide.csv beside them`);
  report.result(`next: ${nextCommand(summary, baseUrl)}`);
}

function showHandedOver(report: Report, { deferred }: GradeSummary): void {
  if (deferred > 0) report.result(`${plural(deferred, "doubtful grade")} handed to a person by --review-budget`);
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
