import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../core/clock.ts";
import { UserError, type ExitCode } from "../core/errors.ts";
import { acquireLock, type Lock } from "../files/lock.ts";
import { openRecordLog, type DamagedLine } from "../files/record-log.ts";
import { createRunFolder, writeSummary, type RunFolder } from "../files/run-folder.ts";
import { sweepTemporaryFiles } from "../files/temporary-file.ts";
import { ensureFolder } from "../files/workspace.ts";
import { openJournal, type Journal } from "../llm/journal.ts";
import { createLedger } from "../llm/ledger.ts";
import { applyClean } from "./apply-clean.ts";
import { chooseProvider, type ChosenProvider } from "./choose-provider.ts";
import { runDrafts, type DraftRunResult } from "./draft-run.ts";
import type { FillCommandOptions } from "./drafting-options.ts";
import { showEstimate } from "./estimate.ts";
import { exitCodeOf } from "./exit-code.ts";
import { nothingToFill, showFillSummary, showPlan, summaryDocument } from "./fill-report.ts";
import type { Project } from "./open-project.ts";
import { prepareFill, type PreparedFill } from "./prepare-fill.ts";
import { priceOfRun } from "./price-of-run.ts";
import { showProgress, type ProgressView } from "./progress-view.ts";
import { earlierLogs, endpointAsked, lastOutcomes } from "./run-journals.ts";
import { writeRunRequest } from "./run-request.ts";

/** A run that is taken up again, or none for a new one. */
export type TakenUp = RunFolder | undefined;

/** The whole of `fill` and `resume`: plan, choose a provider, draft, write proposals, sum up. */
export async function runFill(
  project: Project,
  operands: readonly string[],
  options: FillCommandOptions,
  takenUp?: TakenUp,
): Promise<ExitCode> {
  const { report, workspace } = project;
  const prepared = prepareFill(project, operands, options, lastOutcomes(workspace, options));
  const { counts } = prepared.plan;
  if (counts.drafts === 0 && counts.reused === 0) return nothingToFill(report, prepared);
  const chosen = await chooseProvider(options, project.environment, workspace);
  if (takenUp !== undefined) refuseOtherEndpoint(takenUp, chosen);
  showPlan(report, prepared, chosen);
  if (options.dryRun) return showEstimate(project, prepared, chosen, options);
  const lock = lockProject(project);
  try {
    return await draftUnderLock(project, prepared, chosen, { operands, options, takenUp });
  } finally {
    lock.release();
  }
}

/** A run goes on where it was. Its endpoint is not taken from its files: the user names it, and so vouches for it. */
function refuseOtherEndpoint(run: RunFolder, { provider }: ChosenProvider): void {
  const asked = endpointAsked(run);
  if (asked === undefined || asked === provider.endpoint) return;
  throw new UserError(`run ${run.id} asked ${asked}; this would ask ${provider.endpoint}`, {
    hint: `if you know that endpoint: answerkey resume ${run.id} --base-url ${asked}`,
  });
}

interface Request {
  readonly operands: readonly string[];
  readonly options: FillCommandOptions;
  readonly takenUp: TakenUp;
}

async function draftUnderLock(
  project: Project,
  prepared: PreparedFill,
  chosen: ChosenProvider,
  { operands, options, takenUp }: Request,
): Promise<ExitCode> {
  const { workspace } = project;
  const price = await priceOfRun(chosen, options);
  // A budget that cannot be kept is told before the run leaves a folder behind.
  createLedger({ price, budgetUsd: options.budget });
  const folder = takenUp ?? createRunFolder(workspace, stampClock(project));
  if (takenUp === undefined) writeRunRequest(folder, { operands: [...operands], options });
  const journal = journalOf(project, folder);
  if (journal.skipped > 0) {
    project.report.warn(
      `${journal.skipped} records in earlier journals are of another version and were left alone: what they paid for may be asked again`,
    );
  }
  journal.plan({
    type: "plan",
    provider: chosen.provider.name,
    endpoint: chosen.provider.endpoint,
    model: chosen.provider.model,
    items: prepared.plan.counts.drafted,
  });
  const view = progressOf(project, options);
  try {
    const run = { runId: folder.id, provider: chosen.provider, price, journal, options, onEvent: view.onEvent };
    const result = await runDrafts(project, prepared, run);
    view.stop();
    const applied = options.apply ? await applyClean(project, result.proposals) : 0;
    return summarise(project, { prepared, chosen, folder, journal, result, view, applied, baseUrl: options.baseUrl });
  } finally {
    view.stop();
    journal.close();
  }
}

interface Ended {
  readonly baseUrl: string | undefined;
  readonly prepared: PreparedFill;
  readonly chosen: ChosenProvider;
  readonly folder: RunFolder;
  readonly journal: Journal;
  readonly result: DraftRunResult;
  readonly view: ProgressView;
  readonly applied: number;
}

function summarise(project: Project, ended: Ended): ExitCode {
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

function lockProject(project: Project): Lock {
  const { workspace, report } = project;
  const lock = acquireLock(join(ensureFolder(workspace.locks), "fill.lock"), project.clock);
  if (lock.takenOverFrom !== undefined) {
    const { pid, acquired_at: since } = lock.takenOverFrom;
    report.note(`took over from process ${pid}, which started at ${since} and did not finish`);
    sweepBelow(workspace.proposals);
  }
  return lock;
}

/** Removes the half-written files that a killed run left among the proposals. */
function sweepBelow(folder: string): void {
  if (!existsSync(folder)) return;
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ parentPath, name }) => join(parentPath, name));
  for (const each of [folder, ...folders]) sweepTemporaryFiles(each);
}

function journalOf(project: Project, folder: RunFolder): Journal {
  const tell = ({ path, line }: DamagedLine): void =>
    project.report.warn(`${path}:${line} is damaged and was left alone: what it paid for may be asked again`);
  return openJournal({
    current: openRecordLog(folder.journal, { onDamaged: tell }),
    earlier: earlierLogs(project.workspace, folder.id, tell),
    clock: stampClock(project),
  });
}

function stampClock({ clock, stamp }: Project): Clock {
  return { ...clock, now: stamp };
}

function progressOf(project: Project, options: FillCommandOptions): ProgressView {
  const { streams, environment, clock } = project;
  const live = streams.err.isTTY === true && !environment.isContinuousIntegration && !environment.accessible;
  return showProgress(streams.err, clock, { quiet: options.quiet, live });
}
