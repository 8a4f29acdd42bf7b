import type { ExitCode } from "../../core/errors.ts";
import type { Task } from "../../core/task.ts";
import { writeSummary, type RunFolder } from "../../files/run-folder.ts";
import { waitsForBatches } from "../run/batch-run.ts";
import { chooseAsked } from "../run/choose-asked.ts";
import type { ChosenProvider } from "../run/choose-provider.ts";
import { draftJob, draftSettings } from "./draft-job.ts";
import { runDrafts, type WrittenProposal } from "./draft-run.ts";
import { showEstimate, type PlannedCalls } from "../run/estimate.ts";
import { exitCodeOf } from "../exit-code.ts";
import type { FillCommandOptions } from "./fill-options.ts";
import { nothingToFill, showFillSummary, showPlan, summaryDocument, type EndedRun } from "./fill-report.ts";
import { storedPath } from "../grade/grade-settings.ts";
import { refuseOtherEndpoint, withModelRun } from "../run/model-run.ts";
import type { Project } from "../open-project.ts";
import { prepareFill, type PreparedFill } from "./prepare-fill.ts";
import { lastOutcomes } from "../run/run-journals.ts";

/** The whole of `fill` and its `resume`: plan, choose a provider, draft, write proposals, sum up. */
export async function runFill(
  project: Project,
  operands: readonly string[],
  options: FillCommandOptions,
  takenUp?: RunFolder,
): Promise<ExitCode> {
  const { report, workspace } = project;
  const prepared = prepareFill(project, operands, options, lastOutcomes(workspace, options), takenUp);
  const { counts } = prepared.plan;
  const hasNothing = counts.drafts === 0 && counts.reused === 0;
  if (hasNothing && !waitsForBatches(project, takenUp)) return nothingToFill(report, prepared);
  const chosen: ChosenProvider = await chooseAsked(project, options);
  if (takenUp !== undefined) refuseOtherEndpoint(takenUp, chosen);
  showPlan(report, prepared, chosen);
  if (options.dryRun) return showEstimate(project, plannedDrafts(prepared, options), chosen, options);
  const job = draftSettings(project, options, takenUp);
  const request = {
    chosen,
    job: { kind: draftJob.kind, settings: job },
    options,
    request: { command: "fill" as const, operands: operands.map((each) => storedPath(project, each)), options },
    takenUp,
    items: counts.drafted,
    written: [workspace.proposals],
  };
  return withModelRun(project, request, async (run) => {
    const result = await runDrafts(project, prepared, { ...run, provider: chosen.provider, options, job });
    run.view.stop();
    const applied = options.apply ? await applyAtOnce(project, result.proposals) : 0;
    return summarise(project, { ...run, prepared, chosen, result, applied, baseUrl: options.baseUrl });
  });
}

/** Loaded when asked for: it brings all that guards the writing of a bank. */
async function applyAtOnce(project: Project, proposals: readonly WrittenProposal[]): Promise<number> {
  const { applyClean } = await import("../review/apply-clean.ts");
  return applyClean(project, proposals);
}

/** Where no run has shown it yet: tokens of a reply, and the share of drafts that are revised. */
const GUESS = { draftOutput: 900, critiqueOutput: 400, revisedShare: 0.4 } as const;

function plannedDrafts({ plan, prompts, itemOf }: PreparedFill, { critique }: FillCommandOptions): PlannedCalls {
  const { draftOutput, critiqueOutput, revisedShare } = GUESS;
  function* tasks(): Generator<Task<unknown>> {
    for (const group of plan.groups) yield prompts.draft(itemOf(group), group.sample).task;
  }
  return {
    noun: "draft",
    tasks: tasks(),
    plan: plan.counts,
    guess: critique
      ? {
          calls: 2 + revisedShare,
          outputTokens: draftOutput * (1 + revisedShare) + critiqueOutput,
          // Critique and revision read the draft.
          followUpInput: (1 + revisedShare) * draftOutput,
        }
      : { calls: 1, outputTokens: draftOutput, followUpInput: 0 },
    mostCalls: critique ? 3 : 1,
  };
}

function summarise(project: Project, ended: EndedRun): ExitCode {
  const { result, folder } = ended;
  const summary = summaryDocument(ended);
  writeSummary(folder, summary);
  showFillSummary(project.report, summary, ended);
  project.report.document(summary);
  const { stop, interrupted, failed } = result;
  return exitCodeOf({
    open: failed.length,
    interrupted,
    couldNotRun: stop?.kind === "failure",
    resumable: stop !== undefined,
  });
}
