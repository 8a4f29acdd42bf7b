import type { ExitCode } from "../core/errors.ts";
import type { Task } from "../core/task.ts";
import { writeSummary, type RunFolder } from "../files/run-folder.ts";
import type { GradeSet } from "../files/grade-set.ts";
import { firstTasks } from "../grade/first-tasks.ts";
import { chooseProvider } from "./choose-provider.ts";
import { gradeSetFor } from "./choose-grade-set.ts";
import { showEstimate, type PlannedCalls } from "./estimate.ts";
import { exitCodeOf } from "./exit-code.ts";
import type { GradeCommandOptions } from "./grade-options.ts";
import { runGrades, type GradeRunResult } from "./grade-run.ts";
import { gradeSummary, nothingToGrade, showGradePlan, showGradeSummary } from "./grade-summary.ts";
import { readGradeSettingsIfAny, storedPath, writeGradeSettings, type GradeSettings } from "./grade-settings.ts";
import { refuseOtherEndpoint, withModelRun } from "./model-run.ts";
import { writeSetOutputs } from "./open-grades.ts";
import type { Project } from "./open-project.ts";
import { prepareGrading, type PreparedGrading } from "./prepare-grading.ts";

/** The whole of `grade` and its `resume`: read, plan, choose a judge, grade, record, report, sum up. */
export async function runGrade(
  project: Project,
  operands: readonly string[],
  options: GradeCommandOptions,
  takenUp?: RunFolder,
): Promise<ExitCode> {
  const { report, workspace, environment } = project;
  const set = gradeSetFor(project, options.set, operands);
  const chosen = await chooseProvider(options, environment, workspace);
  if (takenUp !== undefined) refuseOtherEndpoint(takenUp, chosen);
  const prepared = prepareGrading(project, set, chosen, operands, options);
  const { planned } = prepared.plan;
  showGradePlan(report, prepared, chosen);
  if (options.dryRun) return showEstimate(project, plannedCalls(prepared, options), chosen, options);
  const settings = settingsOf(project, set, operands, options);
  writeGradeSettings(set, settings);
  if (planned.length === 0 && options.reviewBudget === undefined) {
    await writeSetOutputs(project, { ...prepared, settings });
    return nothingToGrade(report, prepared);
  }
  const request = {
    chosen,
    options,
    request: { command: "grade" as const, operands: [...operands], options },
    takenUp,
    items: planned.length,
    written: [set.folder],
  };
  return withModelRun(project, request, async (run) => {
    const result = await runGrades(project, prepared, { ...run, provider: chosen.provider, options });
    run.view.stop();
    await writeSetOutputs(project, { ...prepared, settings });
    const summary = gradeSummary(prepared, chosen, run, result);
    writeSummary(run.folder, summary);
    showGradeSummary(report, summary, { result, baseUrl: options.baseUrl });
    report.document(summary);
    return exitCode(prepared, result, summary.waiting);
  });
}

function exitCode(prepared: PreparedGrading, result: GradeRunResult, waiting: number): ExitCode {
  return exitCodeOf({
    open: waiting + prepared.answers.faults,
    interrupted: result.interrupted,
    couldNotRun: result.stop?.kind === "failure",
    resumable: result.stop !== undefined,
  });
}

function settingsOf(
  project: Project,
  set: GradeSet,
  operands: readonly string[],
  { bank, rubric, preset, map, attempts }: GradeCommandOptions,
): GradeSettings {
  const stored = (paths: readonly string[]): string[] => paths.map((path) => storedPath(project, path));
  return {
    schema: 1,
    answers: stored(operands),
    marks: readGradeSettingsIfAny(set)?.marks ?? [],
    bank: bank && stored(bank),
    rubric: rubric && stored(rubric),
    preset,
    map,
    attempts,
  };
}

/** Where no run has shown it yet: tokens of a reply, and how often an answer is looked at again. */
const GUESS = { outputTokens: 700, againShare: 0.15 } as const;
/** A re-ask for evidence, samples in doubt, a masked look. */
const MOST_CALLS_BESIDES = 5;

function plannedCalls({ plan, prompts, itemOf }: PreparedGrading, options: GradeCommandOptions): PlannedCalls {
  function* tasks(): Generator<Task<unknown>> {
    for (const { submission, sample } of plan.planned) {
      yield* firstTasks(prompts, itemOf(submission), { ...options, number: sample });
    }
  }
  const calls = options.samples + GUESS.againShare;
  return {
    noun: "grade",
    items: plan.planned.length,
    tasks: tasks(),
    plan: { planned: plan.planned.length, skipped: plan.skipped },
    guess: { calls, outputTokens: GUESS.outputTokens * calls, followUpInput: 0 },
    mostCalls: options.samples * 2 + MOST_CALLS_BESIDES,
  };
}
