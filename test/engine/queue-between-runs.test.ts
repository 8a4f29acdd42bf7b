import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { jobKey, type QueuedRun } from "../../src/engine/queue/job.ts";
import { databaseName, poolConfig } from "../../src/engine/queue/postgres.ts";
import { QueueClient } from "../../src/engine/queue/queue-client.ts";
import { QueueRuns } from "../../src/engine/queue/queue-runs.ts";
import { QueueServer } from "../../src/engine/queue/queue-server.ts";
import { RunBudget } from "../../src/engine/queue/run-budget.ts";
import { SharedLimit } from "../../src/engine/queue/shared-limit.ts";
import { startPostgres, type TestPostgres, until } from "../support/postgres-server.ts";
import { QUICK, REAL } from "./engine-rig.ts";
import { connect, DONE, jobsOf, runNamed, sentRun, startWorker, takeAll } from "./queue-rig.ts";

let postgres: TestPostgres;
let database: string;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());
beforeEach(async () => {
  database = await postgres.newDatabase();
});

test("a run that begins after another was cancelled gets the jobs that both have", async () => {
  const server = await connect(database);
  await sentRun(server, "cancelled", 6);
  await new QueueRuns(server).cancel("cancelled");
  const later = await sentRun(server, "later", 6);
  startWorker(server, async () => DONE);
  const { arrivals, end } = await takeAll(later.client, later.run);
  expect({ end, paidHere: arrivals.filter(({ isPaidHere }) => isPaidHere).length }).toEqual({
    end: "all",
    paidHere: 6,
  });
}, 10_000);

test("a run that is forgotten leaves no text behind but what another run has, and takes no job from that", async () => {
  const server = await connect(database);
  const first = await sentRun(server, "first", 6);
  const second = await sentRun(server, "second", 4);
  const runs = new QueueRuns(server);
  await runs.cancel("first");
  expect(await runs.forget("first")).toBe(2);
  startWorker(server, async () => ({ kind: "done", records: [{ type: "result" }] }));
  expect(await takeAll(second.client, second.run)).toMatchObject({ arrivals: { length: 4 }, end: "all" });
  expect((await runs.list()).map(({ id }) => id)).toEqual(["second"]);
  expect(await runs.forget("second")).toBe(4);
  const left = ["runs", "jobs", "run_jobs", "held", "holds"].map(
    (table) => `select '${table}' from answerkey.${table}`,
  );
  expect(await server.query(z.unknown(), left.join(" union all "))).toEqual([]);
  // Sent anew it is done anew, whatever letters are left of it.
  await first.client.begin(first.run);
  expect(await first.client.submit(first.run, jobsOf(first.run, 6))).toBe(6);
  expect(await takeAll(first.client, first.run)).toMatchObject({ arrivals: { length: 6 }, end: "all" });
}, 10_000);

test("a run with money goes on with the jobs of one that has none left, whichever came first", async () => {
  const server = await connect(database);
  await sentRun(server, "poor", 6);
  const rich = await sentRun(server, "rich", 6);
  await new RunBudget(server, "poor", "any").stop();
  startWorker(server, async () => DONE);
  expect(await takeAll(rich.client, rich.run)).toMatchObject({ arrivals: { length: 6 }, end: "all" });
}, 10_000);

test("a worker that knows a run from before works with what the run was taken up with", async () => {
  const server = await connect(database);
  const client = new QueueClient(server, REAL, QUICK);
  const run = runNamed("again");
  const seen: unknown[] = [];
  startWorker(server, async (_job, _signal, _seat, { hasBudget, asking }) => {
    seen.push({ hasBudget, asking });
    return DONE;
  });
  await client.begin({ ...run, asking: { tier: "sync" } });
  await client.submit(run, jobsOf(run, 1));
  await until(() => seen.length === 1);
  await client.begin({ ...run, asking: { tier: "flex" }, budgetUsd: 1 });
  await client.submit(run, jobsOf(run, 2));
  await until(() => seen.length === 2);
  expect(seen).toEqual([
    { hasBudget: false, asking: { tier: "sync" } },
    { hasBudget: true, asking: { tier: "flex" } },
  ]);
});

test("how a job is asked is no part of its name", () => {
  const sync: QueuedRun = { ...runNamed("one"), asking: { tier: "sync" } };
  const flex: QueuedRun = { ...sync, asking: { tier: "flex" } };
  expect(jobKey(flex, 1)).toBe(jobKey(sync, 1));
});

test("a database whose clock is set back an hour holds nobody up for an hour", async () => {
  const server = await connect(database);
  const limit = new SharedLimit(server, "clock");
  await limit.set({ requestsPerSecond: 10, requestsAtOnce: 1, tokensPerSecond: 100, tokensAtOnce: 10 });
  expect(await limit.take(10)).toBe(0);
  await limit.close(200);
  // To the limit it is the same whether the clock goes back or its own times go on.
  await server.run(
    `update answerkey.limits set seen_at = seen_at + 3600, requests_due = requests_due + 3600,
       tokens_due = tokens_due + 3600, closed_until = closed_until + 3600`,
  );
  const wait = await limit.take(1);
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(250);
  await REAL.sleep(wait);
  expect(await limit.take(1)).toBe(0);
});

test("rows that a stranger spoiled stop no worker and hide no other run", async () => {
  const server = await connect(database);
  const { run, client } = await sentRun(server, "sound", 3);
  const spoil = [
    `insert into answerkey.runs (id, kind, queue, service, settings) values ('spoiled', 'test', 'q', '{"x": 1}', '{}')`,
    "insert into answerkey.jobs (key, run, queue, input) values ('k', 'spoiled', 'q', '5')",
    "insert into answerkey.run_jobs (run, key) values ('spoiled', 'k')",
    "update answerkey.jobs set records = '{}' where run = 'spoiled'",
    `update answerkey.jobs set records = '[{"type": "attempt", "usage": {"inputTokens": "many"}, "cost": 7}, 1, null]'
     where key = (select min(key) from answerkey.jobs where run = 'sound')`,
    "update answerkey.jobs set records = '7' where key = (select max(key) from answerkey.jobs where run = 'sound')",
  ];
  for (const statement of spoil) await server.run(statement);
  startWorker(server, async () => DONE);
  expect(await takeAll(client, run)).toMatchObject({ arrivals: { length: 3 }, end: "all" });
  const states = await new QueueRuns(server).list();
  expect(states.map(({ id, done, tokens }) => ({ id, done, tokens }))).toEqual([
    { id: "sound", done: 3, tokens: 0 },
    { id: "spoiled", done: 0, tokens: 0 },
  ]);
}, 10_000);

test("tables of a later release are left as they are", async () => {
  const server = await connect(database);
  await server.run("comment on schema answerkey is 'tables 9000 abcdef'");
  await expect(QueueServer.open({ database, clock: REAL })).rejects.toThrow("a later release");
  const [row] = await server.query(
    z.object({ state: z.string() }),
    "select obj_description(to_regnamespace('answerkey'), 'pg_namespace') as state",
  );
  expect(row).toEqual({ state: "tables 9000 abcdef" });
});

test.each([
  "postgres://user:1234/secret-word@127.0.0.1:1/none",
  "postgres://user:1234#secret-word@127.0.0.1:1/none",
  "postgres://user:1234?secret-word@127.0.0.1:1/none",
  "postgres://user:secret-word/@127.0.0.1:1/none",
  "postgres://user:secret-word@[::1",
])("a password that takes its connection string apart is not shown: %s", (url) => {
  expect(databaseName(url)).toBe("the database");
  expect(() => poolConfig(url)).toThrow("cannot be read");
});
