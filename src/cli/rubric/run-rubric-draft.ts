import type { ExitCode } from "../../core/errors.ts";
import type { Task } from "../../core/task.ts";
import { writeSummary, type RunFolder } from "../../files/run-folder.ts";
import { waitsForBatches } from "../run/batch-run.ts";
import { chooseProvider } from "../run/choose-provider.ts";
import { showEstimate, type PlannedCalls } from "../run/estimate.ts";
import { exitCodeOf } from "../exit-code.ts";
import { storedPath } from "../grade/grade-settings.ts";
import { refuseOtherEndpoint, withModelRun } from "../run/model-run.ts";
import type { Project } from "../open-project.ts";
import { prepareRubricDraft, type PreparedRubricDraft } from "./prepare-rubric-draft.ts";
import type { RubricDraftOptions } from "./rubric-draft-options.ts";
import { nothingToDraft, rubricSummary, showRubricPlan, showRubricSummary } from "./rubric-draft-report.ts";
import { runRubricDrafts } from "./rubric-draft-run.ts";

/** The whole of `rubric draft` and its `resume`: plan, choose a provider, draft, write proposals, sum up. */
export async function runRubricDraft(
  project: Project,
  operands: readonly string[],
  options: RubricDraftOptions,
  takenUp?: RunFolder,
): Promise<ExitCode> {
  const { report, workspace, environment } = project;
  const prepared = prepareRubricDraft(project, operands, options, takenUp);
  const { planned, skipped } = prepared.plan;
  if (planned.length === 0 && !waitsForBatches(project, takenUp)) return nothingToDraft(report, prepared.plan);
  const chosen = await chooseProvider(options, environment, workspace, "grade");
  if (takenUp !== undefined) refuseOtherEndpoint(takenUp, chosen);
  showRubricPlan(report, prepared.plan, chosen);
  if (options.dryRun) return showEstimate(project, plannedCalls(prepared), chosen, options);
  const request = {
    chosen,
    options,
    request: { command: "rubric draft" as const, operands: operands.map((each) => storedPath(project, each)), options },
    takenUp,
    items: planned.length,
    written: [workspace.proposals],
  };
  return withModelRun(project, request, async (run) => {
    const result = await runRubricDrafts(project, prepared, { ...run, provider: chosen.provider, options });
    run.view.stop();
    const summary = rubricSummary({ chosen, run, result, plan: { planned: planned.length, skipped } });
    writeSummary(run.folder, summary);
    showRubricSummary(report, summary, { result, baseUrl: options.baseUrl });
    report.document(summary);
    const { stop, interrupted, failed } = result;
    return exitCodeOf({
      open: failed.length,
      interrupted,
      couldNotRun: stop?.kind === "failure",
      resumable: stop !== undefined,
    });
  });
}

/** Where no run has shown it yet: tokens of a reply. */
const GUESSED_OUTPUT = 1_500;

function plannedCalls({ plan, prompt, inputOf }: PreparedRubricDraft): PlannedCalls {
  const { planned, skipped } = plan;
  function* tasks(): Generator<Task<unknown>> {
    for (const each of planned) yield prompt.rubric(inputOf(each), each.target.revision - 1).task;
  }
  return {
    noun: "rubric",
    tasks: tasks(),
    plan: { planned: planned.length, skipped: Object.fromEntries(skipped) },
    guess: { calls: 1, outputTokens: GUESSED_OUTPUT, followUpInput: 0 },
    mostCalls: 1,
  };
}
