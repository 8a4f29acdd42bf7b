import { z } from "zod";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { QueueClient } from "../../src/engine/queue/queue-client.ts";
import { QueueRuns } from "../../src/engine/queue/queue-runs.ts";
import { checkQueueServer, QueueServer } from "../../src/engine/queue/queue-server.ts";
import { RunBudget } from "../../src/engine/queue/run-budget.ts";
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

const number = z.object({ number: z.number() });

test("the same jobs from two processes at once, and after the queue forgot them, are done once", async () => {
  const [one, two] = [await connect(database), await connect(database)];
  const run = runNamed("first");
  const clients = [one, two].map((server) => new QueueClient(server, REAL, QUICK));
  for (const client of clients) await client.begin(run);
  const sent = await Promise.all(clients.map((client) => client.submit(run, jobsOf(run, 60))));
  expect(sent[0]! + sent[1]!).toBe(60);
  const worked: string[] = [];
  startWorker(one, async ({ key }) => {
    worked.push(key);
    return DONE;
  });
  await takeAll(clients[0]!, run);
  // What pg-boss does by itself after some days.
  await one.run("truncate answerkey_boss.job, answerkey_boss.archive");
  const again = runNamed("second");
  await clients[1]!.begin(again);
  expect(await clients[1]!.submit(again, jobsOf(again, 60))).toBe(0);
  const { arrivals, end } = await takeAll(clients[1]!, again);
  expect({ arrivals: arrivals.length, end, paidHere: arrivals.filter(({ isPaidHere }) => isPaidHere).length }).toEqual({
    arrivals: 60,
    end: "all",
    paidHere: 0,
  });
  expect({ worked: worked.length, different: new Set(worked).size }).toEqual({ worked: 60, different: 60 });
});

test("jobs begin in their order, also where thousands came at once", async () => {
  const server = await connect(database);
  const { run, client } = await sentRun(server, "order", 520);
  const order: number[] = [];
  startWorker(
    server,
    async ({ input }) => {
      order.push(number.parse(input).number);
      return DONE;
    },
    1,
  );
  await until(() => order.length >= 30);
  expect(order.slice(0, 30)).toEqual(Array.from({ length: 30 }, (_, place) => place));
  await new QueueRuns(server).cancel(run.id);
  expect((await takeAll(client, run)).end).toBe("cancelled");
});

test("cancel: nothing new begins, what is under way is dropped, and the run goes on when it is taken up", async () => {
  const server = await connect(database);
  const { run, client } = await sentRun(server, "cancelled", 20);
  let begun = 0;
  let isHanging = true;
  startWorker(server, async (_job, signal) => {
    begun += 1;
    if (!isHanging) return DONE;
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    return { kind: "returned", records: [] };
  });
  await until(() => begun === 4);
  const cancelledAt = Date.now();
  await new QueueRuns(server).cancel(run.id);
  expect(await takeAll(client, run)).toEqual({ arrivals: [], end: "cancelled" });
  expect(Date.now() - cancelledAt).toBeLessThan(3_000);
  expect(begun).toBe(4);
  expect(await new QueueRuns(server).state(run.id)).toMatchObject({ state: "cancelled", held: 0, done: 0 });
  isHanging = false;
  await client.begin(run);
  await client.submit(run, jobsOf(run, 20));
  const { arrivals, end } = await takeAll(client, run);
  expect({ arrivals: arrivals.length, end }).toEqual({ arrivals: 20, end: "all" });
});

test("cancel leaves alone what another run waits for", async () => {
  const server = await connect(database);
  const first = await sentRun(server, "cancelled", 6);
  const second = await sentRun(server, "other", 3);
  expect(second.sent).toBe(0);
  await new QueueRuns(server).cancel("cancelled");
  startWorker(server, async () => DONE);
  expect((await takeAll(second.client, second.run)).arrivals.length).toBe(3);
  expect((await takeAll(first.client, first.run)).end).toBe("cancelled");
});

test("what fails each time is a dead letter, told with its reason; redriven it has all its attempts again", async () => {
  const server = await connect(database);
  const { run, client } = await sentRun(server, "dead", 3);
  const tries: number[] = [];
  let isBroken = true;
  startWorker(server, async ({ input }) => {
    const asked = number.parse(input).number;
    tries.push(asked);
    return isBroken && asked === 1 ? { kind: "failed", records: [], failure: "the endpoint is ill" } : DONE;
  });
  const ended = await takeAll(client, run);
  expect(ended.arrivals.map(({ state, failure }) => `${state} ${failure}`).toSorted()).toEqual([
    "dead the endpoint is ill",
    "done null",
    "done null",
  ]);
  expect(tries.filter((each) => each === 1).length).toBe(3);
  const runs = new QueueRuns(server);
  expect(await runs.state("dead")).toMatchObject({ state: "done", jobs: 3, done: 2, dead: 1 });
  isBroken = false;
  expect(await runs.redrive("dead")).toBe(1);
  expect(await runs.redrive("dead")).toBe(0);
  const { arrivals } = await takeAll(client, run);
  expect(arrivals.map(({ state }) => state)).toEqual(["done"]);
  expect(await runs.state("dead")).toMatchObject({ done: 3, dead: 0 });
  const queue = await server.query(z.object({ name: z.string(), size: z.number() }), DEAD_LETTERS);
  expect(queue.map(({ size }) => size)).toEqual([0]);
});

const DEAD_LETTERS = `select queue.name, count(job.id)::int as size from answerkey_boss.queue queue
  left join answerkey_boss.job job on job.name = queue.name and job.state < 'active'
  where queue.name like '%-dead' group by queue.name`;

test("a job that breaks its worker breaks nothing else, and is a dead letter in the end", async () => {
  const server = await connect(database);
  const { run, client } = await sentRun(server, "poison", 4);
  startWorker(server, async ({ input }) => {
    if (number.parse(input).number === 2) throw new RangeError("a secret answer");
    return DONE;
  });
  const { arrivals } = await takeAll(client, run);
  expect(arrivals.map(({ failure }) => failure).filter((failure) => failure !== null)).toEqual([
    "the job broke its worker (RangeError)",
  ]);
});

test("what a job was made from is gone with its end; its records stay", async () => {
  const server = await connect(database);
  const { run, client } = await sentRun(server, "private", 2);
  startWorker(server, async () => ({ kind: "done", records: [{ type: "result" }] }));
  await takeAll(client, run);
  const rows = await server.query(
    z.object({ input: z.unknown(), records: z.unknown() }),
    "select input, records from answerkey.jobs",
  );
  expect(rows).toEqual([
    { input: null, records: [{ type: "result" }] },
    { input: null, records: [{ type: "result" }] },
  ]);
  const carried = await server.query(z.object({ data: z.unknown() }), "select data from answerkey_boss.job");
  expect(carried.every(({ data }) => JSON.stringify(data).length < 90)).toBe(true);
});

test("records of an attempt are there for the next one, on another worker", async () => {
  const server = await connect(database);
  const { run, client } = await sentRun(server, "again", 1);
  const seen: unknown[] = [];
  startWorker(server, async (job, _signal, seat) => {
    seen.push(job.records);
    if (job.records.length === 2) return { kind: "done", records: ["third"] };
    await seat.save(job.key, ["first"]);
    return { kind: "failed", records: ["second"], failure: "later" };
  });
  const { arrivals } = await takeAll(client, run);
  expect(seen).toEqual([[], ["first", "second"]]);
  expect(arrivals[0]?.records).toEqual(["first", "second", "third"]);
});

test("a worker that stops finishes what is under way and takes no more", async () => {
  const server = await connect(database);
  const { run, client } = await sentRun(server, "graceful", 20);
  let begun = 0;
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const worker = startWorker(server, async () => {
    begun += 1;
    await released;
    return DONE;
  });
  await until(() => begun === 4);
  const stopped = worker.stop();
  release();
  await stopped;
  expect(begun).toBe(4);
  expect(await new QueueRuns(server).state("graceful")).toMatchObject({ done: 4, held: 0 });
  startWorker(server, async () => DONE);
  expect((await takeAll(client, run)).arrivals.length).toBe(20);
});

test("a worker that is told to hurry gives back what is under way, with all its attempts", async () => {
  const server = await connect(database);
  const { run, client } = await sentRun(server, "hurried", 6);
  for (let round = 0; round < 4; round += 1) {
    let begun = 0;
    const worker = startWorker(server, async (_job, signal) => {
      begun += 1;
      await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      return { kind: "returned", records: [] };
    });
    await until(() => begun === 4);
    await worker.abort();
  }
  startWorker(server, async () => DONE);
  expect((await takeAll(client, run)).arrivals.map(({ state }) => state)).toEqual(
    Array.from({ length: 6 }, () => "done"),
  );
});

test("jobs of a worker that went silent go to others; what it still brings is kept and no second result", async () => {
  const server = await connect(database);
  const { run, client } = await sentRun(server, "silent", 4);
  const silent = await connect(database);
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  let begun = 0;
  const stuck = startWorker(
    silent,
    async () => {
      begun += 1;
      await released;
      return { kind: "done", records: ["late"] };
    },
    4,
    // It never beats again within this test.
    { ...QUICK, beatMs: 3_600_000 },
  );
  await until(() => begun === 4);
  startWorker(server, async () => ({ kind: "done", records: ["in time"] }));
  const { arrivals } = await takeAll(client, run);
  expect(arrivals.map(({ records }) => records)).toEqual(Array.from({ length: 4 }, () => ["in time"]));
  release();
  await stuck.stop();
  const kept = await server.query(z.object({ records: z.unknown() }), "select records from answerkey.jobs");
  expect(kept.map(({ records }) => records)).toEqual(Array.from({ length: 4 }, () => ["in time", "late"]));
  expect(await new QueueRuns(server).state("silent")).toMatchObject({ done: 4, held: 0 });
});

test("a budget is never passed, whoever spends it, and what a lost worker had set aside counts as spent", async () => {
  const server = await connect(database);
  const client = new QueueClient(server, REAL, QUICK);
  await client.begin(runNamed("money", 1));
  const budgets = ["a", "b", "c"].map((worker) => new RunBudget(server, "money", worker));
  const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => budgets[index % 3]!.hold(0.125)));
  expect({ held: answers.filter((each) => each === "held").length, rest: new Set(answers) }).toEqual({
    held: 8,
    rest: new Set(["held", "later"]),
  });
  await budgets[0]!.settle(0.125, 0.0625);
  expect(await budgets[1]!.hold(0.125)).toBe("later");
  expect(await budgets[1]!.hold(0.0625)).toBe("held");
  await server.run(
    "insert into answerkey.workers (id, name, queues, beat_at) select unnest(array['a', 'b', 'c']), '', '{}', now() - interval '1 hour'",
  );
  startWorker(server, async () => DONE);
  await until(async () => (await budgets[0]!.hold(0.01)) === "never");
});

test("a run that used up its budget ends with that, and goes on with more", async () => {
  const server = await connect(database);
  const { run, client } = await sentRun(server, "spent", 10);
  let worked = 0;
  const budget = new RunBudget(server, "spent", "any");
  startWorker(server, async () => {
    worked += 1;
    if (worked <= 3) return DONE;
    await budget.stop();
    return { kind: "returned", records: [] };
  });
  const first = await takeAll(client, run);
  expect({ arrivals: first.arrivals.length, end: first.end }).toEqual({ arrivals: 3, end: "budget" });
  worked = -100;
  await client.begin(run);
  await client.submit(run, jobsOf(run, 10));
  const second = await takeAll(client, run);
  expect({ arrivals: second.arrivals.length, end: second.end }).toEqual({ arrivals: 10, end: "all" });
});

test("a check of the server says what is there", async () => {
  const server = await connect(database);
  await sentRun(server, "waiting", 3);
  expect(await checkQueueServer(database, REAL)).toMatchObject({
    workers: 0,
    waiting: 3,
    version: expect.stringMatching(/^\d+/),
  });
});

test.each([
  ["postgres://user:secret-word@127.0.0.1:1/none", "ECONNREFUSED"],
  ["mysql://user:secret-word@127.0.0.1/none", "connection string"],
])("a server that cannot be used is named without its password: %s", async (url, reason) => {
  const error = await QueueServer.open({ database: url, clock: REAL }).catch((fault: unknown) => fault);
  expect(error).toBeInstanceOf(Error);
  const text = error instanceof Error ? error.message : "";
  expect(text).toContain(reason);
  expect(text).not.toContain("secret-word");
});
