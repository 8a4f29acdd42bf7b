import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../../core/clock.ts";
import { UserError } from "../../core/errors.ts";
import type { RunEnded, RunStarted } from "../../core/events.ts";
import type { OutcomeStatus } from "../../core/outcome.ts";
import { acquireLock, type Lock } from "../../files/lock.ts";
import { openRecordLog, type DamagedLine } from "../../files/record-log.ts";
import { createRunFolder, discardRunFolder, type RunFolder } from "../../files/run-folder.ts";
import { sweepTemporaryFiles } from "../../files/temporary-file.ts";
import { ELSEWHERE } from "../../llm/arrival.ts";
import { faultOf } from "../../llm/attempt.ts";
import { openJournal, type Journal } from "../../llm/journal.ts";
import type { Entry, PlanRecord } from "../../llm/journal-records.ts";
import type { Lane } from "../../llm/lane.ts";
import { createLedger } from "../../llm/ledger.ts";
import { createLimiter, type LimiterOptions } from "../../llm/limiter.ts";
import { createModel, type ResilientModel } from "../../llm/resilient-model.ts";
import { RunStop, type StopReason } from "../../llm/run-stop.ts";
import { batchesOf, openBatchRun, tellBatches, usesBatches, waitingRuns, type BatchRun } from "./batch-run.ts";
import type { ChosenProvider } from "./choose-provider.ts";
import { concurrencyOf, type ModelOptions } from "./model-options.ts";
import type { Project } from "../open-project.ts";
import { keepPrompts, promptsChanged } from "./kept-prompts.ts";
import { priceOfRun } from "./price-of-run.ts";
import { showProgress, type ProgressView } from "./progress-view.ts";
import type { OpenQueue } from "../queue/open-queue.ts";
import type { JobOfRun } from "../queue/job-definition.ts";
import type { QueueRun } from "../queue/queue-run.ts";
import { earlierLogs, endpointAsked } from "./run-journals.ts";
import { heardBy, openObservers } from "./run-observers.ts";
import { tierHint } from "./tier-hint.ts";
import { writeRunRequest, type RunRequest } from "./run-request.ts";

/** What a command that asks a model works with while it runs. */
export interface ModelRun {
  readonly folder: RunFolder;
  readonly model: ResilientModel;
  readonly journal: Journal;
  readonly view: ProgressView;
  /** Most requests at once. */
  readonly concurrency: number;
  /** Where requests travel by batch, or did. */
  readonly batches: BatchRun | undefined;
  /** Where workers on other machines do the items. */
  readonly queue?: QueueRun | undefined;
}

export interface ModelRunRequest {
  readonly chosen: ChosenProvider;
  readonly options: ModelOptions & { readonly quiet: boolean; readonly retry?: readonly OutcomeStatus[] | undefined };
  /** Kept in the run's folder for `resume`. */
  readonly request: RunRequest;
  /** What workers are to do with its items, where they can. */
  readonly job?: JobOfRun | undefined;
  /** A run that is taken up again, or none for a new one. */
  readonly takenUp: RunFolder | undefined;
  /** How many items it has, for its journal. */
  readonly items: number;
  /** Where a killed run may have left half-written files. */
  readonly written: readonly string[];
}

/**
 * Opens a run (lock, folder, journal, limits, budget, progress), lets `use` work in it, and closes it whatever happens.
 * @throws UserError where another run holds the lock, the budget cannot be kept, or the run asked another endpoint before.
 */
export async function withModelRun<Result>(
  project: Project,
  request: ModelRunRequest,
  use: (run: ModelRun) => Promise<Result>,
): Promise<Result> {
  if (request.takenUp !== undefined) refuseOtherEndpoint(request.takenUp, request.chosen);
  const lock = lockProject(project, request.written);
  try {
    return await runUnderLock(project, request, use);
  } finally {
    lock.release();
  }
}

/** A run goes on where it was. Its endpoint is not taken from its files: the user names it, and so vouches for it. */
export function refuseOtherEndpoint(run: RunFolder, { provider }: ChosenProvider): void {
  const asked = endpointAsked(run);
  if (asked === undefined || asked === provider.endpoint) return;
  throw new UserError(`run ${run.id} asked ${asked}; this would ask ${provider.endpoint}`, {
    hint: `if you know that endpoint: answerkey resume ${run.id} --base-url ${asked}`,
  });
}

async function runUnderLock<Result>(
  project: Project,
  asked: ModelRunRequest,
  use: (run: ModelRun) => Promise<Result>,
): Promise<Result> {
  const { chosen, options, job } = asked;
  const concurrency = concurrencyOf(options, chosen);
  const price = await priceOfRun(chosen, options);
  // A budget that cannot be kept is told before the run leaves a folder behind.
  createLedger({ price, budgetUsd: options.budget });
  if (usesBatches(options)) batchesOf(chosen);
  const observer = await openObservers(project, options);
  const folder = await folderFor(project, asked);
  const journal = journalOf(project, folder);
  journal.plan(planOf(asked));
  const view = heardBy(progressOf(project, options.quiet), observer);
  const { clock } = project;
  const onEvent = tellBatches(view.onEvent, view.note);
  const ledger = createLedger({ price, budgetUsd: options.budget, spent: journal.totals().cost });
  const stop = new RunStop();
  const shared = { clock, random: Math.random, onEvent, journal, ledger, stop };
  view.onEvent(runStarted(folder, asked));
  let batches: BatchRun | undefined;
  let queue: OpenQueue | undefined;
  let isBegun = asked.takenUp !== undefined;
  try {
    if (options.engine === "queue") {
      const { openQueue } = await import("../queue/open-queue.ts");
      queue = await openQueue(project, { ...shared, folder, chosen, options, job, view });
    }
    isBegun = true;
    batches = await openBatchRun(project, folder, chosen, options, shared);
    return await use({
      folder,
      journal,
      view,
      concurrency,
      batches,
      queue: queue?.run,
      model: createModel({
        ...shared,
        provider: chosen.provider,
        lane: laneOf(queue, batches),
        limiter: createLimiter({ ...shared, ceiling: concurrency, ...ceilingsOf(options) }),
        maxWaitMs: options.maxWait * 1000,
        resend: new Set(options.retry),
      }),
    });
  } finally {
    view.stop();
    await queue?.close();
    batches?.close();
    view.onEvent(runEnded(journal, stop.reason, project.signal.aborted));
    journal.close();
    await chosen.close?.();
    await observer.close();
    if (!isBegun) discardRunFolder(project.workspace, folder);
  }
}

function ceilingsOf({ rpm, tpm }: ModelOptions): Pick<LimiterOptions, "requestsPerMinute" | "tokensPerMinute"> {
  return { requestsPerMinute: rpm, tokensPerMinute: tpm };
}

async function folderFor(
  project: Project,
  { chosen, options, request, takenUp, items }: ModelRunRequest,
): Promise<RunFolder> {
  if (takenUp === undefined) {
    warnOfOthers(project);
    const hint = await tierHint(chosen, options, items);
    if (hint !== undefined) project.report.note(hint);
  }
  const folder = takenUp ?? createRunFolder(project.workspace, stampClock(project));
  if (takenUp === undefined) writeRunRequest(folder, request);
  else tellPromptsChanged(project, folder, request);
  if (usesBatches(options)) keepPrompts(project, folder, request);
  return folder;
}

function planOf({ chosen, items }: ModelRunRequest): Entry<PlanRecord> {
  const { name: provider, endpoint, model } = chosen.provider;
  return { type: "plan", provider, endpoint, model, items };
}

function runStarted({ id: run }: RunFolder, { chosen, request, takenUp, items }: ModelRunRequest): RunStarted {
  const { name: provider, endpoint, model } = chosen.provider;
  const { command } = request;
  return {
    type: "run-started",
    run,
    command,
    provider,
    endpoint,
    model,
    total: items,
    isTakenUp: takenUp !== undefined,
  };
}

function runEnded(journal: Journal, reason: StopReason | undefined, isInterrupted: boolean): RunEnded {
  const { attempts, usage, cost } = journal.totals();
  const failure = reason !== undefined && "failure" in reason ? faultOf(reason.failure) : undefined;
  const stopped = reason?.kind ?? (isInterrupted ? "interrupted" : undefined);
  return { type: "run-ended", stopped, failure, requests: attempts, usage, cost };
}

/** The way of a run's requests where they do not go at once from here. */
function laneOf(queue: OpenQueue | undefined, batches: BatchRun | undefined): ((direct: Lane) => Lane) | undefined {
  if (queue !== undefined) return () => ELSEWHERE;
  return batches && ((direct) => batches.desk.lane(direct));
}

function warnOfOthers(project: Project): void {
  for (const { run: id } of waitingRuns(project)) {
    project.report.warn(
      `run ${id} has batches in flight; answerkey resume ${id} takes them in, this run pays on its own`,
    );
  }
}

function tellPromptsChanged(project: Project, run: RunFolder, request: RunRequest): void {
  const changed = promptsChanged(project, run, request);
  if (changed.length === 0) return;
  const files = changed.map((task) => `${task}.md`).join(" and ");
  project.report.warn(
    `prompts/${files} changed since run ${run.id} began; it goes on with the prompts it began with, a new run takes the new ones`,
  );
}

function lockProject(project: Project, written: readonly string[]): Lock {
  const { workspace, report } = project;
  const lock = acquireLock(join(workspace.locks, "run.lock"), project.clock);
  if (lock.takenOverFrom !== undefined) {
    const { pid, acquired_at: since } = lock.takenOverFrom;
    report.note(`took over from process ${pid}, which started at ${since} and did not finish`);
    for (const folder of written) sweepBelow(folder);
  }
  return lock;
}

/** Removes the half-written files that a killed run left. */
function sweepBelow(folder: string): void {
  if (!existsSync(folder)) return;
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ parentPath, name }) => join(parentPath, name));
  for (const each of [folder, ...folders]) sweepTemporaryFiles(each);
}

function journalOf(project: Project, folder: RunFolder): Journal {
  const tell = ({ path, line }: DamagedLine): void =>
    project.report.warn(`${path}:${line} is damaged and was left alone: what it paid for may be asked again`);
  const journal = openJournal({
    current: openRecordLog(folder.journal, { onDamaged: tell }),
    earlier: earlierLogs(project.workspace, folder.id, tell),
    clock: stampClock(project),
  });
  if (journal.skipped > 0) {
    project.report.warn(
      `${journal.skipped} records in earlier journals are of another version and were left alone: what they paid for may be asked again`,
    );
  }
  return journal;
}

function stampClock({ clock, stamp }: Project): Clock {
  return { ...clock, now: stamp };
}

function progressOf(project: Project, quiet: boolean): ProgressView {
  const { streams, environment, clock } = project;
  const live = streams.err.isTTY === true && !environment.isContinuousIntegration && !environment.accessible;
  return showProgress(streams.err, clock, { quiet, live });
}
