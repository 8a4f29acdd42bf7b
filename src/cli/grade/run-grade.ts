import type { ExitCode } from "../../core/errors.ts";
import type { Task } from "../../core/task.ts";
import { FREE } from "../../core/usage.ts";
import { writeSummary, type RunFolder } from "../../files/run-folder.ts";
import { firstTasks } from "../../grade/judge/first-tasks.ts";
import { waitsForBatches } from "../run/batch-run.ts";
import { chooseAsked } from "../run/choose-asked.ts";
import { gradeSetFor } from "./choose-grade-set.ts";
import { showEstimate, type PlannedCalls } from "../run/estimate.ts";
import { exitCodeOf } from "../exit-code.ts";
import { plural } from "../format.ts";
import { handOverDoubtful } from "./grade-hand-over.ts";
import { gradeJob, gradeJobSettings } from "./grade-job.ts";
import type { GradeCommandOptions } from "./grade-options.ts";
import { runGrades, type GradeRunResult } from "./grade-run.ts";
import {
  gradeSummary,
  showGradePlan,
  showGradeSummary,
  showNothingToGrade,
  type GradeSummary,
} from "./grade-summary.ts";
import { readGradeSettingsIfAny, storedPath, writeGradeSettings, type GradeSettings } from "./grade-settings.ts";
import { refuseOtherEndpoint, withModelRun } from "../run/model-run.ts";
import { writeSetOutputs } from "./open-grades.ts";
import type { Project } from "../open-project.ts";
import { prepareGrading, type PreparedGrading } from "./prepare-grading.ts";
import { refuseFallback, replacedGrades } from "./replaced-grades.ts";

/** The whole of `grade` and its `resume`: read, plan, choose a judge, grade, record, report, sum up. */
export async function runGrade(
  project: Project,
  operands: readonly string[],
  options: GradeCommandOptions,
  takenUp?: RunFolder,
): Promise<ExitCode> {
  const { report } = project;
  const set = gradeSetFor(project, options.set, operands);
  const chosen = await chooseAsked(project, options, "grade");
  if (takenUp !== undefined) refuseOtherEndpoint(takenUp, chosen);
  const prepared = prepareGrading(project, { set, chosen, operands, options, takenUp });
  const { planned } = prepared.plan;
  const replaced = replacedGrades(prepared, { provider: chosen.provider.name, model: chosen.provider.model });
  showGradePlan(report, prepared, chosen, replaced);
  refuseFallback(replaced, { provider: chosen.provider.name, because: chosen.because, asked: options.provider });
  if (options.dryRun) return showEstimate(project, plannedCalls(prepared, options), chosen, options);
  const settings = settingsOf(project, prepared, options);
  writeGradeSettings(set, settings);
  if (planned.length === 0 && !waitsForBatches(project, takenUp)) {
    const result = { ...NOTHING_DONE, deferred: handOverDoubtful(prepared, options.reviewBudget) };
    const { grades } = await writeSetOutputs(project, { ...prepared, settings }, { copied: prepared.copied });
    const summary = gradeSummary(prepared, chosen, { run: undefined, result, grades });
    showNothingToGrade(report, summary);
    report.document(summary);
    return exitCode(summary, result);
  }
  // What is written down of the run names candidates by their codes.
  const only = prepared.only && [...prepared.only.candidates, ...prepared.only.questions];
  const job = gradeJobSettings(project, options, takenUp);
  const request = {
    chosen,
    job: { kind: gradeJob.kind, settings: job },
    options,
    request: {
      command: "grade" as const,
      operands: [...prepared.stored],
      options: { ...options, set: set.name, only },
    },
    takenUp,
    items: planned.length,
    written: [set.folder],
  };
  return withModelRun(project, request, async (run) => {
    const result = await runGrades(project, prepared, { ...run, provider: chosen.provider, options, job });
    run.view.stop();
    const { grades } = await writeSetOutputs(project, { ...prepared, settings }, { copied: prepared.copied });
    const summary = gradeSummary(prepared, chosen, { run, result, grades });
    writeSummary(run.folder, summary);
    showGradeSummary(report, summary, { result, baseUrl: options.baseUrl });
    report.document(summary);
    return exitCode(summary, result);
  });
}

const NOTHING_DONE: GradeRunResult = {
  graded: 0,
  undone: 0,
  deferred: 0,
  stop: undefined,
  interrupted: false,
  spent: FREE,
};

function exitCode({ waiting, unread }: GradeSummary, { interrupted, stop }: GradeRunResult): ExitCode {
  return exitCodeOf({
    open: waiting + unread,
    interrupted,
    couldNotRun: stop?.kind === "failure",
    resumable: stop !== undefined,
  });
}

function settingsOf(
  project: Project,
  { set, stored: answers, earlier }: PreparedGrading,
  { bank, rubric, preset, map, attempts }: GradeCommandOptions,
): GradeSettings {
  const stored = (paths: readonly string[]): string[] => paths.map((path) => storedPath(project, path));
  return {
    schema: 1,
    answers: [...answers],
    earlier: [...earlier],
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
  let unjudged = 0;
  function* tasks(): Generator<Task<unknown>> {
    for (const { submission, sample } of plan.planned) {
      const first = firstTasks(prompts, itemOf(submission), { ...options, sample });
      if (first.length === 0) unjudged += 1;
      yield* first;
    }
  }
  const unasked = (): readonly string[] =>
    unjudged === 0
      ? []
      : [
          `${unjudged} of the ${plural(plan.planned.length, "answer")} ${unjudged === 1 ? "needs" : "need"} no judge: blank, or nothing in it to judge`,
        ];
  const calls = options.samples + GUESS.againShare;
  return {
    noun: "grade",
    tasks: tasks(),
    unasked,
    plan: { planned: plan.planned.length, skipped: plan.skipped },
    guess: { calls, outputTokens: GUESS.outputTokens * calls, followUpInput: 0 },
    mostCalls: options.samples * 2 + MOST_CALLS_BESIDES,
  };
}
