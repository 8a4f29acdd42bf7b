import type { Clock } from "../core/clock.ts";
import type { Provider } from "../core/model.ts";
import type { OutcomeStatus } from "../core/outcome.ts";
import type { Cost } from "../core/usage.ts";
import { runLocal } from "../engine/local.ts";
import { deferWorst } from "../grade/deferral.ts";
import { gradeAnswer, type GradeResult } from "../grade/grade-answer.ts";
import type { PlannedGrading } from "../grade/plan-grading.ts";
import type { GradeLogEntry, GradeRecord, GradeState } from "../grade/record.ts";
import type { StopReason } from "../llm/run-stop.ts";
import type { GradeCommandOptions } from "./grade-options.ts";
import { readGrades } from "./grade-store.ts";
import type { ModelRun } from "./model-run.ts";
import type { Project } from "./open-project.ts";
import type { PreparedGrading } from "./prepare-grading.ts";

/** A run of grades: the model run it takes place in, and what was asked of it. */
export interface GradeRun extends ModelRun {
  readonly provider: Provider;
  readonly options: GradeCommandOptions;
}

/** What a run came to. The records are on disk, so that memory does not grow with them. */
export interface GradeRunResult {
  readonly graded: number;
  /** Answers that were not begun or not finished. */
  readonly undone: number;
  /** Moved to a person by --review-budget. */
  readonly deferred: number;
  readonly stop: StopReason | undefined;
  readonly interrupted: boolean;
  /** Spent by this run, earlier sessions of it included. */
  readonly spent: Cost;
}

/** Grades what the plan says; records reach the log as they come. */
export async function runGrades(project: Project, prepared: PreparedGrading, run: GradeRun): Promise<GradeRunResult> {
  const { planned } = prepared.plan;
  const { model, journal, options, view } = run;
  const records = new RecordKeeper(prepared, project.clock);
  let graded = 0;
  view.onEvent({ type: "run-started", total: planned.length, cached: 0 });
  const grade = async (each: PlannedGrading, signal: AbortSignal): Promise<void> => {
    const id = `${each.submission.candidate} ${each.submission.question}`;
    view.onEvent({ type: "item-started", id });
    const result = await gradeOne(prepared, run, each, signal);
    if (result.status === "recorded") {
      records.keep(result.record);
      graded += 1;
    }
    const status = statusOf(result);
    journal.item({ type: "item", id, status });
    view.onEvent({
      type: "item-finished",
      id,
      status,
      called: result.receipts.some(({ source }) => source === "call"),
    });
  };
  let broken: Error | undefined;
  const items = whileGoing(planned, () => model.stopReason() === undefined && broken === undefined);
  // Twice as many items as requests, so that the limiter never waits for a prompt to be made or a record written.
  const inFlight = options.concurrency * 2;
  for await (const finished of runLocal({ items, run: grade, inFlight, signal: project.signal })) {
    // A full disk, for one. What is under way is paid for and still reaches the journal, then the run ends.
    if (finished.kind === "threw") broken ??= asError(finished.error);
  }
  if (broken !== undefined) throw broken;
  records.flush();
  const deferred = options.reviewBudget === undefined ? 0 : records.deferWorst(options.reviewBudget);
  return {
    graded,
    undone: planned.length - graded,
    deferred,
    stop: model.stopReason(),
    interrupted: project.signal.aborted,
    spent: journal.totals().cost,
  };
}

function gradeOne(
  { prompts, itemOf }: PreparedGrading,
  { model, folder, provider, options }: GradeRun,
  { submission, sample }: PlannedGrading,
  signal: AbortSignal,
): Promise<GradeResult> {
  const { samples, canary, perCriterion } = options;
  return gradeAnswer({
    item: itemOf(submission),
    prompts,
    model,
    signal,
    run: { id: folder.id, provider: provider.name, model: provider.model },
    options: { samples, sample, canary, perCriterion, doubleCheckFlagged: true },
  });
}

const STATUS_OF_STATE: Readonly<Partial<Record<GradeState, OutcomeStatus>>> = {
  refused: "refused",
  error: "invalid",
};

function statusOf(result: GradeResult): OutcomeStatus {
  return result.status === "undone" ? result.outcome.status : (STATUS_OF_STATE[result.record.state] ?? "ok");
}

/** Longest that a record waits for others to be written with it. */
const FLUSH_EVERY_MS = 200;

/**
 * Writes records, and each rubric in full before the first record that was made by it. Several at once: the replies are in
 * the journal, so a record that a crash takes is made again from there.
 */
class RecordKeeper {
  readonly #prepared: PreparedGrading;
  readonly #clock: Pick<Clock, "now">;
  readonly #snapshots: Set<string>;
  #waiting: GradeLogEntry[] = [];
  #flushed: number;

  constructor(prepared: PreparedGrading, clock: Pick<Clock, "now">) {
    this.#prepared = prepared;
    this.#clock = clock;
    this.#snapshots = new Set(prepared.state.rubrics.keys());
    this.#flushed = clock.now();
  }

  keep(record: GradeRecord): void {
    const { content } = record.rubric;
    const rubric = this.#snapshots.has(content)
      ? undefined
      : this.#prepared.graded.questions.get(record.question)?.rubric;
    if (rubric !== undefined) this.#waiting.push({ type: "rubric", content, rubric });
    this.#snapshots.add(content);
    this.#waiting.push(record);
    if (this.#clock.now() - this.#flushed >= FLUSH_EVERY_MS) this.flush();
  }

  flush(): void {
    const entries = this.#waiting.map((entry) => ({ entry }));
    this.#waiting = [];
    if (entries.length > 0) this.#prepared.log.append(entries, { durable: false });
    this.#flushed = this.#clock.now();
  }

  /** Hands the most doubtful of all grades of the set to a person. @returns how many more than before. */
  deferWorst(share: number): number {
    const { log } = this.#prepared;
    const current = [...readGrades(log).grades.values()].filter(({ override, stale }) => !override && !stale);
    const records = current.map(({ grade, mark }) => undeferred({ ...grade, mark }));
    const after = deferWorst(records, share);
    const changed = after.filter((record, at) => record.state !== current[at]?.grade.state);
    log.append(changed.map((entry) => ({ entry })));
    return changed.filter(({ state }) => state === "needs-review").length;
  }
}

/** As it was before a budget moved it: the share is counted anew each time. */
function undeferred(record: GradeRecord): GradeRecord {
  if (!record.flags.includes("review-budget")) return record;
  return { ...record, state: "graded", flags: record.flags.filter((flag) => flag !== "review-budget") };
}

/** The answers, until the run has stopped: what is not begun then costs nothing, not even its prompt. */
function* whileGoing<Item>(items: readonly Item[], isGoing: () => boolean): Generator<Item> {
  for (const item of items) {
    if (!isGoing()) return;
    yield item;
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error("an answer could not be graded", { cause: thrown });
}
