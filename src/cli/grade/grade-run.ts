import type { Model, Provider } from "../../core/model.ts";
import { isDeferred, type OutcomeStatus } from "../../core/outcome.ts";
import type { Cost } from "../../core/usage.ts";
import type { GradeResult } from "../../grade/judge/grade-answer.ts";
import { firstTasks } from "../../grade/judge/first-tasks.ts";
import type { PlannedGrading } from "../../grade/records/plan-grading.ts";
import type { GradeState } from "../../grade/records/record.ts";
import type { StopReason } from "../../llm/run-stop.ts";
import { handOverDoubtful } from "./grade-hand-over.ts";
import { gradeJob, type GradeJobSettings, travellingAnswer } from "./grade-job.ts";
import type { GradeCommandOptions } from "./grade-options.ts";
import type { ModelRun } from "../run/model-run.ts";
import type { Project } from "../open-project.ts";
import type { PreparedGrading } from "./prepare-grading.ts";
import { RecordKeeper } from "./record-keeper.ts";
import { runItems, type Worked } from "../run/run-items.ts";

/** A run of grades: the model run it takes place in, and what was asked of it. */
export interface GradeRun extends ModelRun {
  readonly provider: Provider;
  readonly options: GradeCommandOptions;
  /** What is done with each answer, wherever it is done. */
  readonly job: GradeJobSettings;
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
  const { journal, options, view } = run;
  const records = new RecordKeeper(prepared, project.clock);
  let graded = 0;
  const grade = gradeJob.open(run.job);
  const of = { id: run.folder.id, provider: run.provider.name, model: run.provider.model };
  const work = async (each: PlannedGrading, signal: AbortSignal, model: Model): Promise<Worked> => {
    const id = idOf(each);
    view.onEvent({ type: "item-started", id });
    if (run.batches !== undefined) await announce(prepared, { model, options }, each, signal);
    const input = { item: prepared.itemOf(each.submission), sample: each.sample };
    const result = await grade(input, { model, signal, run: of });
    if (result.status === "undone" && isDeferred(result.outcome)) {
      view.onEvent({ type: "item-deferred", id });
      return "deferred";
    }
    if (result.status === "recorded") {
      records.keep(result.record);
      graded += 1;
    }
    const status = statusOf(result);
    journal.item({ type: "item", id, status });
    const called = result.receipts.some(({ source }) => source === "call");
    view.onEvent({ type: "item-finished", id, status, called });
    return "ended";
  };
  await runItems(run, {
    items: planned,
    idOf,
    inputOf: ({ submission, sample }) => ({ item: travellingAnswer(prepared.itemOf(submission)), sample }),
    work,
    concurrency: run.concurrency,
    signal: project.signal,
  });
  records.flush();
  return {
    graded,
    undone: planned.length - graded,
    deferred: handOverDoubtful(prepared, options.reviewBudget),
    stop: run.model.stopReason(),
    interrupted: project.signal.aborted,
    spent: journal.totals().cost,
  };
}

function idOf({ submission }: PlannedGrading): string {
  return `${submission.candidate} ${submission.question}`;
}

/** Asks for everything that grading begins with, so that it travels with one wave and not with one after the other. */
async function announce(
  { prompts, itemOf }: PreparedGrading,
  { model, options }: Pick<GradeRun, "options"> & { readonly model: Model },
  { submission, sample }: PlannedGrading,
  signal: AbortSignal,
): Promise<void> {
  const tasks = firstTasks(prompts, itemOf(submission), { ...options, sample });
  const numbers = Array.from({ length: options.samples }, (_, number) => number);
  await Promise.all(
    tasks.flatMap((task) => numbers.map((number) => model.run({ ...task, sample: task.sample + number }, signal))),
  );
}

const STATUS_OF_STATE: Readonly<Partial<Record<GradeState, OutcomeStatus>>> = {
  refused: "refused",
  error: "invalid",
};

function statusOf(result: GradeResult): OutcomeStatus {
  return result.status === "undone" ? result.outcome.status : (STATUS_OF_STATE[result.record.state] ?? "ok");
}
