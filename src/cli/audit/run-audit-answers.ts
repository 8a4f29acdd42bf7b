import { EXIT, type ExitCode } from "../../core/errors.ts";
import type { Task } from "../../core/task.ts";
import { writeSummary, type RunFolder } from "../../files/run-folder.ts";
import { answersSummary, nothingToCheck, showAnswersPlan, showAnswersSummary } from "./audit-answers-report.ts";
import { runAnswerAudit } from "./audit-answers-run.ts";
import { chooseProvider } from "../run/choose-provider.ts";
import { showEstimate, type PlannedCalls } from "../run/estimate.ts";
import { exitCodeOf } from "../exit-code.ts";
import type { FillCommandOptions } from "../fill/fill-options.ts";
import { storedPath } from "../grade/grade-settings.ts";
import { refuseOtherEndpoint, withModelRun } from "../run/model-run.ts";
import type { Project } from "../open-project.ts";
import { prepareAuditAnswers, type PreparedAudit } from "./prepare-audit-answers.ts";

/** The whole of `audit answers` and its `resume`: plan, choose a provider, check, propose corrections, sum up. */
export async function runAuditAnswers(
  project: Project,
  operands: readonly string[],
  options: FillCommandOptions,
  takenUp?: RunFolder,
): Promise<ExitCode> {
  const { report, workspace, environment } = project;
  const prepared = prepareAuditAnswers(project, operands, options, takenUp);
  if (prepared.answers === 0) {
    nothingToCheck(report, prepared);
    return EXIT.done;
  }
  const chosen = await chooseProvider(options, environment, workspace);
  if (takenUp !== undefined) refuseOtherEndpoint(takenUp, chosen);
  showAnswersPlan(report, prepared, chosen);
  if (options.dryRun) return showEstimate(project, plannedChecks(prepared), chosen, options);
  const request = {
    chosen,
    options,
    request: {
      command: "audit answers" as const,
      operands: operands.map((each) => storedPath(project, each)),
      options,
    },
    takenUp,
    items: prepared.answers,
    written: [workspace.proposals],
  };
  return withModelRun(project, request, async (run) => {
    const result = await runAnswerAudit(project, prepared, { ...run, provider: chosen.provider, options });
    run.view.stop();
    const summary = answersSummary({ chosen, run, result, prepared });
    writeSummary(run.folder, summary);
    showAnswersSummary(report, summary, { result, baseUrl: options.baseUrl });
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

/** Where no run has shown it yet: tokens of a reply, and the share of answers that are corrected. */
const GUESS = { critiqueOutput: 400, revisionOutput: 900, revisedShare: 0.3 } as const;

function plannedChecks({ groups, prompts, itemOf, answers }: PreparedAudit): PlannedCalls {
  const { critiqueOutput, revisionOutput, revisedShare } = GUESS;
  function* tasks(): Generator<Task<unknown>> {
    for (const group of groups) yield prompts.critique(itemOf(group), group.answer, group.sample).task;
  }
  return {
    noun: "critique",
    tasks: tasks(),
    plan: { answers, different: groups.length },
    guess: {
      calls: 1 + revisedShare,
      outputTokens: critiqueOutput + revisionOutput * revisedShare,
      followUpInput: revisedShare * critiqueOutput,
    },
    mostCalls: 2,
  };
}
