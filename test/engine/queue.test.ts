import { EventEmitter, once } from "node:events";
import { z } from "zod";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { queueName } from "../../src/engine/queue/job.ts";
import { QueueClient } from "../../src/engine/queue/queue-client.ts";
import { QueueRuns } from "../../src/engine/queue/queue-runs.ts";
import { checkQueueServer, QueueServer } from "../../src/engine/queue/queue-server.ts";
import { RunBudget } from "../../src/engine/queue/run-budget.ts";
import { WorkerSeat } from "../../src/engine/queue/worker-seat.ts";
import { SharedLimit } from "../../src/engine/queue/shared-limit.ts";
import { startPostgres, type TestPostgres, until } from "../support/postgres-server.ts";
import { QUICK, REAL } from "./engine-rig.ts";
import { connect, DONE, jobsOf, runNamed, sentRun, SERVICE, startWorker, takeAll } from "./queue-rig.ts";

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
  const first = new QueueClient(one, REAL, QUICK);
  const second = new QueueClient(two, REAL, QUICK);
  for (const client of [first, second]) await client.begin(run);
  const sent = await Promise.all([first, second].map((client) => client.submit(run, jobsOf(run, 60))));
  expect(sent.reduce((sum, each) => sum + each, 0)).toBe(60);
  const worked: string[] = [];
  startWorker(one, async ({ key }) => {
    worked.push(key);
    return DONE;
  });
  await takeAll(first, run);
  // What pg-boss does by itself after some days.
  await one.run("truncate answerkey_boss.job, answerkey_boss.archive");
  const again = runNamed("second");
  await second.begin(again);
  expect(await second.submit(again, jobsOf(again, 60))).toBe(0);
  const { arrivals, end } = await takeAll(second, again);
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

test("what ends a job stands as a whole or not at all: where it cannot be written, the queue still has the job", async () => {
  const server = await connect(database);
  const { run, client } = await sentRun(server, "whole", 1);
  const seat = new WorkerSeat(server, "seat", "seat");
  await seat.beat([]);
  const [held] = await seat.take(queueName(SERVICE), 1);
  if (held === undefined) throw new Error("nothing was there to take");
  await server.run(REFUSES_COMMIT);
  for (const kind of ["done", "failed", "returned"] as const) {
    await expect(seat.end(held, { kind, records: [], failure: "" })).rejects.toThrow("the disk is full");
    const letters = await server.query(z.object({ state: z.string() }), "select state::text from answerkey_boss.job");
    expect(letters).toEqual([{ state: "active" }]);
  }
  await server.run("drop trigger refuses on answerkey.held");
  await seat.end(held, DONE);
  expect((await takeAll(client, run)).arrivals.map(({ state }) => state)).toEqual(["done"]);
});

/** As a server does it that loses its disk, or is killed, before the last word of a transaction. */
const REFUSES_COMMIT = `create function refuse() returns trigger language plpgsql as
    $$ begin raise exception 'the disk is full'; end $$;
  create constraint trigger refuses after delete on answerkey.held deferrable initially deferred
    for each row execute function refuse()`;

test("a job over which five workers were lost risks no other; redriven it is tried again", async () => {
  const server = await connect(database);
  const { run, client } = await sentRun(server, "heavy", 1);
  const other = new WorkerSeat(server, "other", "other");
  await other.beat([]);
  const states = (): Promise<readonly { readonly state: string; readonly failure: string | null }[]> =>
    server.query(
      z.object({ state: z.string(), failure: z.string().nullable() }),
      "select state, failure from answerkey.jobs",
    );
  for (let lost = 1; lost <= 5; lost += 1) {
    expect(await states()).toEqual([{ state: "waiting", failure: null }]);
    const seat = new WorkerSeat(server, `lost ${lost}`, "lost");
    await seat.beat([]);
    expect((await seat.take(queueName(SERVICE), 1)).map(({ isLast }) => isLast)).toEqual([false]);
    await REAL.sleep(2);
    expect(await other.reap(1)).toBe(1);
  }
  const failure = "5 workers were lost over it";
  expect(await states()).toEqual([{ state: "dead", failure }]);
  expect((await takeAll(client, run)).arrivals.map((each) => each.failure)).toEqual([failure]);
  expect((await server.query(z.object({ size: z.number() }), DEAD_LETTERS)).map(({ size }) => size)).toEqual([1]);
  expect(await new QueueRuns(server).redrive("heavy")).toBe(1);
  startWorker(server, async () => DONE);
  expect((await takeAll(client, run)).arrivals.map(({ state }) => state)).toEqual(["done"]);
});

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
  const gate = new EventEmitter();
  const released = once(gate, "open");
  const worker = startWorker(server, async () => {
    begun += 1;
    await released;
    return DONE;
  });
  await until(() => begun === 4);
  const stopped = worker.stop();
  gate.emit("open");
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
  const gate = new EventEmitter();
  const released = once(gate, "open");
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
  gate.emit("open");
  await stuck.stop();
  const kept = await server.query(z.object({ records: z.unknown() }), "select records from answerkey.jobs");
  expect(kept.map(({ records }) => records)).toEqual(Array.from({ length: 4 }, () => ["in time", "late"]));
  expect(await new QueueRuns(server).state("silent")).toMatchObject({ done: 4, held: 0 });
});

test("600 jobs of a lost worker go to others, and 600 that are given back, in a few statements", async () => {
  const server = await connect(database);
  const { run, client } = await sentRun(server, "large", 600);
  const lost = new WorkerSeat(server, "lost", "lost");
  await lost.beat([]);
  expect(await lost.take(queueName(SERVICE), 600)).toHaveLength(600);
  const other = new WorkerSeat(server, "other", "other");
  await other.beat([]);
  await REAL.sleep(2);
  const completed = vi.spyOn(server.boss, "complete");
  expect(await other.reap(1)).toBe(600);
  expect(await other.reap(1)).toBe(0);
  expect(await other.take(queueName(SERVICE), 600)).toHaveLength(600);
  await other.leave();
  expect(completed.mock.calls.length).toBeLessThan(10);
  expect(await new QueueRuns(server).state("large")).toMatchObject({ held: 0, done: 0, dead: 0 });
  startWorker(server, async () => DONE, 100);
  const { arrivals } = await takeAll(client, run);
  expect(new Set(arrivals.map(({ key }) => key)).size).toBe(600);
});

test("what a worker holds without knowing, since the server went away before it said so, goes back to the queue", async () => {
  const server = await connect(database);
  const { run, client } = await sentRun(server, "stray", 3);
  const unknowing = new WorkerSeat(server, "one", "one");
  await new WorkerSeat(server, "one", "one").take(queueName(SERVICE), 2);
  const held = async () => (await new QueueRuns(server).state("stray"))?.held;
  await unknowing.giveStraysBack();
  expect(await held()).toBe(2);
  await unknowing.giveStraysBack();
  expect(await held()).toBe(0);
  startWorker(server, async () => DONE);
  expect((await takeAll(client, run)).arrivals.map(({ state }) => state)).toEqual(["done", "done", "done"]);
});

test("a budget is never passed, whoever spends it, and what a lost worker had set aside counts as spent", async () => {
  const server = await connect(database);
  const client = new QueueClient(server, REAL, QUICK);
  await client.begin(runNamed("money", 1));
  const [one, two, three] = [
    new RunBudget(server, "money", "a"),
    new RunBudget(server, "money", "b"),
    new RunBudget(server, "money", "c"),
  ];
  const asked = Array.from({ length: 10 }, () => [one, two, three].map((budget) => budget.hold(0.125)));
  const answers = await Promise.all(asked.flat());
  expect({ held: answers.filter((each) => each === "held").length, all: new Set(answers) }).toEqual({
    held: 8,
    all: new Set(["held", "later"]),
  });
  await one.settle(0.125, 0.0625);
  expect(await two.hold(0.125)).toBe("later");
  expect(await two.hold(0.0625)).toBe("held");
  await server.run(
    "insert into answerkey.workers (id, name, queues, beat_at) select unnest(array['a', 'b', 'c']), '', '{}', now() - interval '1 hour'",
  );
  startWorker(server, async () => DONE);
  await until(async () => (await one.hold(0.01)) === "never");
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

test("a limit on requests holds over all workers, whatever second one looks at", async () => {
  const servers = await Promise.all([1, 2, 3, 4].map(() => connect(database)));
  const limits = servers.map((server) => new SharedLimit(server, "requests"));
  await limits[0]?.set({ requestsPerSecond: 200, requestsAtOnce: 20 });
  const granted: number[] = [];
  const end = Date.now() + 2_500;
  const asking = limits
    .flatMap((limit) => [limit, limit])
    .map(async (limit) => {
      while (Date.now() < end) {
        const wait = await limit.take(1);
        if (wait === 0) granted.push(Date.now());
        else await REAL.sleep(wait);
      }
    });
  await Promise.all(asking);
  expect(mostInASecond(granted.map((at) => ({ at, cost: 1 })))).toBeLessThanOrEqual(221);
  // As much as a busy machine lets it. How near it comes in four processes: npm run bench -- --only workers.
  expect(granted.length / 2.5).toBeGreaterThan(100);
  expect(granted.length / 2.5).toBeLessThan(220);
});

test("a limit on tokens holds likewise, and a request larger than it all still goes", async () => {
  const server = await connect(database);
  const limit = new SharedLimit(server, "tokens");
  await limit.set({ tokensPerSecond: 1_000, tokensAtOnce: 100 });
  const granted: { at: number; cost: number }[] = [];
  const costs = [50, 400, 20, 90, 700, 10, 30, 60, 300, 5, 5, 5];
  await Promise.all(
    [0, 1, 2].map(async (place) => {
      for (const cost of costs.slice(place * 4, place * 4 + 4)) {
        for (let wait = await limit.take(cost); wait > 0; wait = await limit.take(cost)) await REAL.sleep(wait);
        granted.push({ at: Date.now(), cost });
      }
    }),
  );
  // A second's worth, what may go at once, and the largest request that went into debt.
  expect(mostInASecond(granted)).toBeLessThanOrEqual(1_000 + 100 + 700);
  expect(granted.length).toBe(12);
  await limit.settle(-2_000);
  expect(await limit.take(50)).toBe(0);
});

test("after a 429 nobody sends until it is over, and the longest word counts", async () => {
  const [one, two] = [await connect(database), await connect(database)];
  const [left, right] = [new SharedLimit(one, "closed"), new SharedLimit(two, "closed")];
  expect(await right.take(1)).toBe(0);
  await left.close(2_000);
  await right.close(500);
  const waits = [await left.take(1), await right.take(1)];
  expect(Math.min(...waits)).toBeGreaterThan(1_000);
  expect(Math.max(...waits)).toBeLessThanOrEqual(2_000);
});

function mostInASecond(granted: readonly { readonly at: number; readonly cost: number }[]): number {
  const sorted = granted.toSorted((left, right) => left.at - right.at);
  return Math.max(
    ...sorted.map(({ at: from }) =>
      sorted.filter(({ at }) => at >= from && at < from + 1_000).reduce((sum, { cost }) => sum + cost, 0),
    ),
  );
}

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

test("what keeps from connecting is said in words", async () => {
  expect(await said(to((url) => (url.pathname = "/nowhere")))).toBe(
    "cannot use the queue at HOST/nowhere: there is no such database (3D000)",
  );
  expect(await said(to((url) => (url.password = "wrong")))).toMatch(/: the password is not accepted \(28P01\)$/);
  expect(await said(to((url) => (url.port = "1")))).toMatch(/: nothing listens there \(ECONNREFUSED\)$/);
  expect(await said(to((url) => (url.hostname = "nowhere.invalid")))).toMatch(/\((?:ENOTFOUND|EAI_AGAIN)\)$/);
});

async function said(named: string): Promise<string> {
  const fault: unknown = await QueueServer.open({ database: named, clock: REAL }).catch((error: unknown) => error);
  return fault instanceof Error ? fault.message.replace(new URL(database).host, "HOST") : "";
}

/** The tests' database under another name, password or place. */
function to(edit: (url: URL) => void): string {
  const url = new URL(database);
  edit(url);
  return url.href;
}
