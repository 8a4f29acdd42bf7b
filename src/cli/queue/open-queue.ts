import { hostname } from "node:os";
import { UserError } from "../../core/errors.ts";
import { sha256Hex } from "../../core/hash.ts";
import { limitName, type QueuedRun } from "../../engine/queue/job.ts";
import { databaseName } from "../../engine/queue/postgres.ts";
import { QueueClient } from "../../engine/queue/queue-client.ts";
import { QueueServer } from "../../engine/queue/queue-server.ts";
import { SharedLimit } from "../../engine/queue/shared-limit.ts";
import type { RunFolder } from "../../files/run-folder.ts";
import type { Journal } from "../../llm/journal.ts";
import type { RunStop } from "../../llm/run-stop.ts";
import type { ChosenProvider } from "../run/choose-provider.ts";
import type { JobOfRun } from "./job-definition.ts";
import { directTier, timeoutMs, type ModelOptions } from "../run/model-options.ts";
import type { Project } from "../open-project.ts";
import { packageVersion } from "../package-root.ts";
import { plural } from "../format.ts";
import type { ProgressView } from "../run/progress-view.ts";
import { databaseOf } from "./queue-options.ts";
import { QueueRun } from "./queue-run.ts";

/** The queue of a run while it is open. */
export interface OpenQueue {
  readonly run: QueueRun;
  close(): Promise<void>;
}

interface Parts {
  readonly folder: RunFolder;
  readonly chosen: ChosenProvider;
  readonly options: ModelOptions & { readonly retry?: readonly unknown[] | undefined };
  readonly job: JobOfRun | undefined;
  readonly journal: Journal;
  readonly stop: RunStop;
  readonly view: ProgressView;
}

/**
 * Opens the queue of a run.
 * @throws UserError where it cannot be reached, or this command or tier does not go by it.
 */
export async function openQueue(project: Project, parts: Parts): Promise<OpenQueue> {
  const { options, job, chosen, folder } = parts;
  if (job === undefined) throw new UserError("this command has no jobs for a queue");
  if (directTier(options) !== options.tier && options.finish === undefined) {
    throw new UserError("--engine queue and --tier batch exclude each other");
  }
  const database = databaseOf(options, project.environment);
  const { name, endpoint, model } = chosen.provider;
  const run: QueuedRun = {
    id: queueId(project, folder),
    kind: job.kind,
    service: { provider: name, endpoint, model, version: packageVersion() },
    settings: job.settings,
    asking: askingOf(options),
    budgetUsd: options.budget,
  };
  const server = await openServer(project, database, parts.view);
  try {
    const client = new QueueClient(server, project.clock);
    const { cost } = parts.journal.totals();
    await client.begin(run, cost.kind === "known" ? cost.usd : 0);
    await setLimits(server, run, options);
    return { run: queueRun(parts, run, client, databaseName(database)), close: () => server.close() };
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** Ids of runs are times; two projects may have the same. */
export function queueId({ workspace }: Pick<Project, "workspace">, { id }: Pick<RunFolder, "id">): string {
  return `${id}-${sha256Hex(`${hostname()} ${workspace.root}`).slice(0, 6)}`;
}

function openServer({ clock, signal }: Project, database: string, view: ProgressView): Promise<QueueServer> {
  const name = databaseName(database);
  const onAway = (isAway: boolean): void =>
    view.note(isAway ? `${name} does not answer; waiting for it` : `${name} is back`);
  return QueueServer.open({ database, clock, signal, onAway });
}

function queueRun(parts: Parts, run: QueuedRun, client: QueueClient, where: string): QueueRun {
  const { journal, stop, view, options } = parts;
  return new QueueRun({
    client,
    run,
    journal,
    stop,
    onEvent: view.onEvent,
    // What is asked again must not be answered by what was answered before.
    round: options.retry === undefined ? undefined : run.id,
    onSent: async (sent, of) => {
      view.note(
        `${plural(of, "job")} in the queue at ${where}, ${sent} of them new; seen from anywhere: answerkey runs show ${run.id}`,
      );
      if ((await client.workers()) === 0) view.note("no worker is there yet; start one with: answerkey worker");
    },
  });
}

function askingOf(options: ModelOptions): QueuedRun["asking"] {
  const { prices, maxWait } = options;
  return { tier: directTier(options), timeoutMs: timeoutMs(options), maxWaitMs: maxWait * 1000, prices };
}

/** So many at once after a pause as come in a second, ten at least. */
const LEAST_AT_ONCE = 10;

async function setLimits(server: QueueServer, run: QueuedRun, { rpm, tpm }: ModelOptions): Promise<void> {
  if (rpm === undefined && tpm === undefined) return;
  const requestsPerSecond = rpm && rpm / 60;
  const tokensPerSecond = tpm && tpm / 60;
  await new SharedLimit(server, limitName(run.service)).set({
    requestsPerSecond,
    requestsAtOnce: Math.min(rpm ?? 1, Math.max(LEAST_AT_ONCE, requestsPerSecond ?? 0)),
    tokensPerSecond,
    tokensAtOnce: tokensPerSecond,
  });
}
