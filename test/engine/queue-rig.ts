import { onTestFinished } from "vitest";
import { jobKey, type QueuedRun } from "../../src/engine/queue/job.ts";
import { type Arrival, QueueClient } from "../../src/engine/queue/queue-client.ts";
import { QueueServer } from "../../src/engine/queue/queue-server.ts";
import { runWorker } from "../../src/engine/queue/worker.ts";
import type { HeldJob, JobEnd } from "../../src/engine/queue/job-end.ts";
import { type RunToServe, WorkerSeat } from "../../src/engine/queue/worker-seat.ts";
import { QUICK, REAL } from "./engine-rig.ts";

export const SERVICE = { provider: "p", endpoint: "https://p.test/v1", model: "m", version: "1" };

export function runNamed(id: string, budgetUsd?: number): QueuedRun {
  return { id, kind: "test", service: SERVICE, settings: { of: "all" }, budgetUsd };
}

/** Connections of one process, closed with the test. */
export async function connect(database: string): Promise<QueueServer> {
  const server = await QueueServer.open({ database, clock: REAL });
  onTestFinished(() => server.close().catch(() => {}));
  return server;
}

export function jobsOf(run: QueuedRun, count: number): { readonly key: string; readonly input: unknown }[] {
  return Array.from({ length: count }, (_, number) => ({ key: jobKey(run, { number }), input: { number } }));
}

export type Work = (job: HeldJob, signal: AbortSignal, seat: WorkerSeat, run: RunToServe) => Promise<JobEnd>;

export const DONE: JobEnd = { kind: "done", records: [] };

export interface RunningWorker {
  readonly seat: WorkerSeat;
  /** No more jobs; those under way are finished. */
  readonly stop: () => Promise<void>;
  /** Those under way are given back as well. */
  readonly abort: () => Promise<void>;
}

let count = 0;

export function startWorker(server: QueueServer, work: Work, concurrency = 4, tuning = QUICK): RunningWorker {
  count += 1;
  const seat = new WorkerSeat(server, `worker ${count}`, `worker ${count}`);
  const stopping = new AbortController();
  const aborting = new AbortController();
  const ended = runWorker({
    seat,
    clock: REAL,
    serves: () => true,
    work: (job, run, signal) => work(job, signal, seat, run),
    concurrency,
    signal: stopping.signal,
    abort: aborting.signal,
    tuning,
  });
  ended.catch(() => {});
  const stop = (): Promise<void> => {
    stopping.abort();
    return ended;
  };
  onTestFinished(() => stop().catch(() => {}));
  return {
    seat,
    stop,
    abort: () => {
      aborting.abort();
      return stop();
    },
  };
}

/** Takes in everything of a run, and says how that ended. */
export async function takeAll(
  client: QueueClient,
  run: QueuedRun,
): Promise<{ readonly arrivals: readonly Arrival[]; readonly end: unknown }> {
  const arrivals: Arrival[] = [];
  const coming = client.arrivals(run.id, new AbortController().signal);
  for (let next = await coming.next(); ; next = await coming.next()) {
    if (next.done === true) {
      await client.close(run.id);
      return { arrivals, end: next.value };
    }
    arrivals.push(next.value);
    client.took(next.value.key);
  }
}

export async function sentRun(
  server: QueueServer,
  id: string,
  jobs: number,
): Promise<{ readonly run: QueuedRun; readonly client: QueueClient; readonly sent: number }> {
  const run = runNamed(id);
  const client = new QueueClient(server, REAL, QUICK);
  await client.begin(run);
  return { run, client, sent: await client.submit(run, jobsOf(run, jobs)) };
}
