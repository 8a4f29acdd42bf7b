import { appendFileSync, readFileSync } from "node:fs";
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { jobKey } from "../../src/engine/queue/job.ts";
import { QueueClient } from "../../src/engine/queue/queue-client.ts";
import type { QueueServer } from "../../src/engine/queue/queue-server.ts";
import { compiledSource, removeCompiled, startScript } from "../files/child.ts";
import { startPostgres, type TestPostgres, until } from "../support/postgres-server.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { QUICK, REAL } from "./engine-rig.ts";
import { connect, jobsOf, runNamed, sentRun, takeAll } from "./queue-rig.ts";

let postgres: TestPostgres;
let compiled: string;
beforeAll(async () => {
  postgres = await startPostgres();
  compiled = compiledSource(["engine/queue/worker.ts", "engine/queue/queue-server.ts", "cli/system-clock.ts"]);
}, 120_000);
afterAll(async () => {
  await postgres.stop();
  removeCompiled(compiled);
});
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

const SLOTS = 4;

/** A worker of its own process. Each call is a line in a file before it is made, as an endpoint would count it. */
const WORKER = `
  import { appendFileSync } from "node:fs";
  import { setTimeout as wait } from "node:timers/promises";
  import { QueueServer } from "../src/engine/queue/queue-server.js";
  import { WorkerSeat } from "../src/engine/queue/worker-seat.js";
  import { runWorker } from "../src/engine/queue/worker.js";
  import { systemClock } from "../src/cli/system-clock.js";
  const [database, calls, milliseconds, slots, id] = process.argv.slice(2);
  const clock = systemClock();
  const server = await QueueServer.open({ database, clock });
  const stop = new AbortController();
  process.once("SIGTERM", () => stop.abort());
  if (calls !== "") appendFileSync(calls, "ready " + id + "\\n");
  await runWorker({
    seat: new WorkerSeat(server, id, id),
    clock,
    serves: () => true,
    work: async ({ key }) => {
      if (calls !== "") appendFileSync(calls, key + " " + id + "\\n");
      if (Number(milliseconds) > 0) await wait(Number(milliseconds));
      return { kind: "done", records: [{ by: id }] };
    },
    concurrency: Number(slots),
    signal: stop.signal,
    abort: new AbortController().signal,
    tuning: { beatMs: 100, lostAfterMs: 1500, pollMs: 20, retryDelaySeconds: 0 },
  });
  await server.close();`;

let started = 0;

function worker(database: string, calls: string, { milliseconds = 5, slots = SLOTS } = {}): ChildProcess {
  started += 1;
  const child = startScript(compiled, WORKER, {
    arguments: [database, calls, String(milliseconds), String(slots), `worker ${started}`],
  });
  child.stderr?.on("data", (chunk: Buffer) => process.stderr.write(chunk));
  children.push(child);
  return child;
}

function linesOf(path: string): readonly string[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "");
}

function emptyFile(): string {
  const path = join(temporaryFolder({}), "calls");
  appendFileSync(path, "");
  return path;
}

/** What stands in the database of a run: one result a key, and nothing else under way. */
async function results(server: QueueServer): Promise<{ readonly done: number; readonly results: number }> {
  const [found] = await server.query(
    z.object({ done: z.number(), results: z.number() }),
    `select count(*) filter (where state = 'done')::int as done, sum(jsonb_array_length(records))::int as results
     from answerkey.jobs`,
  );
  return found ?? { done: 0, results: 0 };
}

test("kill -9 of a worker, 20 times: one result a key, and calls paid twice are at most those under way", async () => {
  const database = await postgres.newDatabase();
  const server = await connect(database);
  const calls = emptyFile();
  const { run, client } = await sentRun(server, "killed", 0);
  let jobs = 0;
  const sendMore = async (): Promise<void> => {
    jobs += 40;
    await client.submit(run, jobsOf(run, jobs).slice(jobs - 40));
  };
  worker(database, calls, { milliseconds: 20 });
  for (let kill = 1; kill <= 20; kill += 1) {
    const victim = worker(database, calls, { milliseconds: 20 });
    const id = `worker ${started}`;
    await until(() => linesOf(calls).includes(`ready ${id}`));
    const isAtWork = (): boolean => callsOf(calls).filter(({ by }) => by === id).length >= 2;
    while (!isAtWork()) {
      await sendMore();
      await until(async () => isAtWork() || (await results(server)).done === jobs);
    }
    victim.kill("SIGKILL");
  }
  const lastKill = Date.now();
  const { arrivals, end } = await takeAll(client, run);
  expect(Date.now() - lastKill).toBeLessThan(60_000);
  expect({ arrivals: arrivals.length, different: new Set(arrivals.map(({ key }) => key)).size, end }).toEqual({
    arrivals: jobs,
    different: jobs,
    end: "all",
  });
  expect(await results(server)).toEqual({ done: jobs, results: jobs });
  const made = callsOf(calls).map(({ key }) => key);
  expect(new Set(made).size).toBe(jobs);
  expect(made.length - jobs).toBeGreaterThan(0);
  expect(made.length - jobs).toBeLessThanOrEqual(20 * SLOTS);
}, 120_000);

function callsOf(path: string): readonly { readonly key: string; readonly by: string }[] {
  return linesOf(path)
    .filter((line) => !line.startsWith("ready "))
    .map((line) => ({ key: line.slice(0, 64), by: line.slice(65) }));
}

test("kill -9 of PostgreSQL, 5 times: nothing acknowledged is lost, and workers go on without being started again", async () => {
  const own = await startPostgres();
  onTestFinished(() => own.stop());
  const database = await own.newDatabase();
  const server = await connect(database);
  const calls = emptyFile();
  const run = runNamed("server");
  const client = new QueueClient(server, REAL, QUICK);
  await client.begin(run);
  const jobs = jobsOf(run, 500);
  const taking = (async () => {
    await client.submit(run, jobs.slice(0, 100));
    return takeAll(client, run);
  })();
  const workers = [worker(database, calls, { milliseconds: 10 }), worker(database, calls, { milliseconds: 10 })];
  // One that finds no server when it starts says so and ends; these are at work.
  await until(() => linesOf(calls).filter((line) => line.startsWith("ready ")).length === workers.length);
  let acknowledged = 100;
  let before = 0;
  for (let kill = 1; kill <= 5; kill += 1) {
    await until(() => callsOf(calls).length > before + 15);
    await own.kill();
    before = callsOf(calls).length;
    // Sent while nobody is there: it waits, and is acknowledged when the server is back.
    const sending = client.submit(run, jobs.slice(acknowledged, acknowledged + 80));
    await wait(50);
    await own.start();
    await sending;
    acknowledged += 80;
  }
  const first = await taking;
  // What was sent after the first hundred had all arrived.
  const rest = await takeAll(client, run);
  expect(first.arrivals.length + rest.arrivals.length).toBe(500);
  expect((await results(server)).done).toBe(500);
  expect(workers.map(({ exitCode, signalCode }) => [exitCode, signalCode])).toEqual([
    [null, null],
    [null, null],
  ]);
  for (const each of workers) each.kill("SIGKILL");
}, 120_000);

/** Waits until no more than so many are left, and looks seldom: looking is work for the server as well. */
async function left(server: QueueServer, most: number): Promise<{ readonly at: number; readonly left: number }> {
  for (;;) {
    const [row] = await server.query(
      z.object({ left: z.number() }),
      "select count(*)::int as left from answerkey.jobs where state = 'waiting'",
    );
    if (row !== undefined && row.left <= most) return { at: Date.now(), left: row.left };
    await wait(100);
  }
}

const JOBS = Number(process.env["QUEUE_JOBS"] ?? 2_000);

test.each([1, 2, 4])(
  `${JOBS} jobs without work on %i processes: none lost, none twice`,
  async (workers) => {
    const database = await postgres.newDatabase();
    const server = await connect(database);
    const { run, client, sent } = await sentRun(server, "many", JOBS);
    const begun = Date.now();
    const running = Array.from({ length: workers }, () => worker(database, "", { milliseconds: 0, slots: 100 }));
    const first = await left(server, JOBS - 1);
    const last = await left(server, 0);
    const perSecond = (first.left / (last.at - first.at)) * 1000;
    if (process.env["QUEUE_JOBS"] !== undefined) {
      process.stderr.write(
        `${workers} workers: ${perSecond.toFixed(0)} jobs/s, ${(last.at - begun) / 1000} s with their start\n`,
      );
    }
    expect({ sent, ...(await results(server)) }).toEqual({ sent: JOBS, done: JOBS, results: JOBS });
    const { arrivals } = await takeAll(client, run);
    expect(new Set(arrivals.map(({ key }) => key))).toEqual(new Set(jobsOf(run, JOBS).map(({ key }) => key)));
    for (const each of running) each.kill("SIGKILL");
  },
  120_000,
);

test("keys are names of the work, and of nothing else", () => {
  const run = runNamed("one");
  const key = jobKey(run, { b: 1, a: 2 });
  expect(jobKey({ ...runNamed("two") }, { a: 2, b: 1 })).toBe(key);
  expect(jobKey({ ...run, settings: { of: "some" } }, { b: 1, a: 2 })).not.toBe(key);
  expect(jobKey({ ...run, service: { ...run.service, endpoint: "https://q.test" } }, { b: 1, a: 2 })).not.toBe(key);
  expect(jobKey(run, { b: 1, a: 2 }, "again")).not.toBe(key);
});
