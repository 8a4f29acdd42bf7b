import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { QueueServer } from "../../src/engine/queue/queue-server.ts";
import { WorkerSeat } from "../../src/engine/queue/worker-seat.ts";
import { systemClock } from "../../src/cli/system-clock.ts";
import { goodReply } from "../support/model-replies.ts";
import { errorReply, startModelServer, type Behaviour, type ModelServer, type Seen } from "../support/model-server.ts";
import { startPostgres, type TestPostgres, until } from "../support/postgres-server.ts";
import { collect, runCli, startCli, type CliResult } from "../support/run-cli.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { filesOf, temporaryFolder } from "../support/temporary-folder.ts";
import { BANK, KEY, MODEL, proposalPaths } from "./drafting-project.ts";

let postgres: TestPostgres;
let database: string;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());
beforeEach(async () => {
  database = await postgres.newDatabase();
});

/** The same moment for all, so that what they write can be compared to the byte. */
const MOMENT = { SOURCE_DATE_EPOCH: "1767225600" };
const QUESTIONS = 8;

async function modelServer(behave: (seen: Seen) => Behaviour = goodReply, delayMs = 0): Promise<ModelServer> {
  const server = await startModelServer(behave, { delayMs });
  onTestFinished(() => server.close());
  return server;
}

function projectFolder(): string {
  return temporaryFolder({ [BANK]: unfilledBank(QUESTIONS) });
}

/** A worker in an empty folder: all that it knows comes from the database and from its own environment. */
function startWorker(
  server: ModelServer,
  ...more: readonly string[]
): {
  readonly ended: Promise<CliResult>;
  readonly said: (words: string) => Promise<void>;
  readonly stop: (signal?: NodeJS.Signals) => void;
} {
  const env = { OPENAI_API_KEY: KEY, ANSWERKEY_DATABASE_URL: database };
  const cwd = temporaryFolder();
  const child = startCli(["worker", "--base-url", server.url, "--concurrency", "3", ...more], { cwd, env });
  const ended = collect(child).then((result) => {
    expect([result.out, result.err].filter((text) => text.includes(KEY) || text.includes(PASSWORD))).toEqual([]);
    expect(existsSync(cwd) ? filesOf(cwd) : {}).toEqual({});
    return result;
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let told = "";
  child.stderr?.on("data", (chunk: Buffer) => (told += chunk.toString("utf8")));
  const said = (words: string): Promise<void> => until(() => told.includes(words));
  return { ended, said, stop: (signal = "SIGTERM") => void child.kill(signal) };
}

const PASSWORD = "only-for-tests";

/** A command of whoever has the bank, and no key. */
function asked(server: ModelServer, command: string, ...more: readonly string[]): readonly string[] {
  return [
    command,
    "--base-url",
    server.url,
    ...(command === "fill" ? ["--model", MODEL, "--engine", "queue"] : []),
    ...more,
  ];
}

function run(cwd: string, args: readonly string[]): Promise<CliResult> {
  return runCli(args, { cwd, env: { ...MOMENT, ANSWERKEY_DATABASE_URL: database } });
}

function proposals(cwd: string): Readonly<Record<string, string>> {
  const files = filesOf(cwd);
  return Object.fromEntries(
    proposalPaths(cwd).map((path) => [path, (files[path] ?? "").replace(/^ {2}endpoint: .*$/m, "")]),
  );
}

/** Everything that the database holds, as text. */
async function wholeDatabase(): Promise<string> {
  const server = await QueueServer.open({ database, clock: systemClock() });
  const tables = ["runs", "jobs", "run_jobs", "workers", "held", "limits", "holds"].map((name) => `answerkey.${name}`);
  const texts = [];
  for (const table of [...tables, "answerkey_boss.job", "answerkey_boss.archive"]) {
    const rows = await server.query(z.object({ text: z.string() }), `select each::text as text from ${table} each`);
    texts.push(...rows.map(({ text }) => text));
  }
  await server.close();
  return texts.join("\n");
}

test("two workers without the project's files make the same proposals as one process, and ask as often", async () => {
  const server = await modelServer();
  const [here, there] = [projectFolder(), projectFolder()];
  const local = await runCli(["fill", "--base-url", server.url, "--model", MODEL], {
    cwd: here,
    env: { ...MOMENT, OPENAI_API_KEY: KEY },
  });
  expect(local.code).toBe(0);
  const requests = server.requests.length;
  const workers = [startWorker(server), startWorker(server)];
  const queued = await run(there, asked(server, "fill"));
  expect(queued).toMatchObject({ code: 0 });
  expect(server.requests.length).toBe(2 * requests);
  expect(proposals(there)).toEqual(proposals(here));
  expect(queued.err).toContain(`${QUESTIONS} jobs in the queue`);
  for (const worker of workers) worker.stop();
  const ended = await Promise.all(workers.map((worker) => worker.ended));
  expect(ended.map(({ code }) => code)).toEqual([0, 0]);
  const texts = [queued.out, queued.err, ...Object.values(filesOf(there)), await wholeDatabase()];
  expect(texts.filter((text) => text.includes(KEY) || text.includes(PASSWORD))).toEqual([]);
  expect(texts.filter((text) => text.includes(there))).toEqual([]);
});

test("told to stop while the server is away, a worker waits for its grace and ends with what became of its jobs", async () => {
  const own = await startPostgres();
  onTestFinished(() => own.stop());
  database = await own.newDatabase();
  const server = await modelServer(goodReply, 200);
  const worker = startWorker(server, "--grace", "1");
  const sender = startCli(asked(server, "fill"), { cwd: projectFolder(), env: { ANSWERKEY_DATABASE_URL: database } });
  onTestFinished(() => void sender.kill("SIGKILL"));
  await until(() => server.requests.length > 0);
  await own.kill();
  await worker.said("does not answer; waiting for it");
  worker.stop();
  const { code, err } = await worker.ended;
  const place = new URL(database);
  expect({ code, err: err.split("\n").slice(1) }).toEqual({
    code: 2,
    err: [
      `${place.host}${place.pathname} does not answer; waiting for it`,
      "stopping: no more jobs are taken, those under way have 1 s",
      `error: ${place.host}${place.pathname} did not come back before this worker had to end`,
      "  what it held goes to other workers when the server is back; replies that it could not save are asked again",
      "",
    ],
  });
});

test("killed while it waits, the run is taken up, and nothing is asked twice", async () => {
  const server = await modelServer(goodReply, 30);
  const cwd = projectFolder();
  const child = startCli(asked(server, "fill"), { cwd, env: { ...MOMENT, ANSWERKEY_DATABASE_URL: database } });
  const killed = collect(child);
  const worker = startWorker(server);
  await until(() => server.requests.length >= 5);
  child.kill("SIGKILL");
  await killed;
  const resumed = await run(cwd, asked(server, "resume"));
  expect(resumed).toMatchObject({ code: 0 });
  expect(proposalPaths(cwd).length).toBe(QUESTIONS);
  expect(server.requests.length).toBe(new Set(server.requests.map(({ user }) => user)).size);
  worker.stop();
  expect((await worker.ended).code).toBe(0);
});

function runStates(json: string): readonly string[] {
  return z
    .object({ runs: z.array(z.object({ state: z.string() })) })
    .parse(JSON.parse(json))
    .runs.map(({ state }) => state);
}

test("interrupted it ends with 130 while workers go on; resumed here and without workers it asks only the rest", async () => {
  const server = await modelServer(goodReply, 20);
  const cwd = projectFolder();
  const child = startCli(asked(server, "fill"), { cwd, env: { ...MOMENT, ANSWERKEY_DATABASE_URL: database } });
  const ended = collect(child);
  const worker = startWorker(server);
  await until(() => server.requests.length >= 3);
  child.kill("SIGINT");
  expect((await ended).code).toBe(130);
  await until(async () => runStates((await run(cwd, ["runs", "--json"])).out).join() === "done");
  worker.stop();
  expect((await worker.ended).code).toBe(0);
  const before = server.requests.length;
  expect(await run(cwd, asked(server, "resume"))).toMatchObject({ code: 0 });
  expect(server.requests.length).toBe(before);
  expect(proposalPaths(cwd).length).toBe(QUESTIONS);
});

test("a worker whose key is turned away gives its jobs back and ends; one with a good key does them", async () => {
  const cwd = projectFolder();
  let isLocked = true;
  const server = await modelServer((seen) =>
    isLocked ? errorReply(401, { code: "invalid_api_key" }) : goodReply(seen),
  );
  const running = run(cwd, asked(server, "fill"));
  const locked = await startWorker(server).ended;
  expect(locked.code).toBe(2);
  isLocked = false;
  startWorker(server);
  expect(await running).toMatchObject({ code: 0 });
});

test("a worker takes nothing that asks another endpoint, whatever the database says", async () => {
  const [meant, other] = [await modelServer(), await modelServer()];
  const cwd = projectFolder();
  const running = run(cwd, asked(meant, "fill"));
  const idle = await startWorker(other, "--drain").ended;
  expect(idle.code).toBe(0);
  startWorker(meant);
  expect(await running).toMatchObject({ code: 0 });
  expect(other.requests.length).toBe(0);
});

test("a budget holds over two workers, and the run goes on with more", async () => {
  const server = await modelServer(goodReply, 5);
  const cwd = temporaryFolder({
    [BANK]: unfilledBank(QUESTIONS),
    "answerkey.config.yaml": `fill:\n  prices:\n    ${MODEL}: { input: 1, output: 10 }\n`,
  });
  startWorker(server);
  startWorker(server);
  const stopped = await run(cwd, asked(server, "fill", "--budget", "0.06"));
  expect(stopped.code).toBe(75);
  expect(server.requests.length * 0.0028).toBeLessThanOrEqual(0.06);
  expect(await run(cwd, asked(server, "resume", "--budget", "5"))).toMatchObject({ code: 0 });
  expect(proposalPaths(cwd).length).toBe(QUESTIONS);
});

test("runs show and cancel, from the project and from anywhere", async () => {
  const server = await modelServer(goodReply, 30);
  const cwd = projectFolder();
  const running = run(cwd, asked(server, "fill"));
  await until(() => filesOf(cwd) !== undefined && hasRun(cwd));
  const [id = ""] = readdirSync(join(cwd, "outputs/runs"));
  const seen = async (folder: string, name: string) =>
    JSON.parse((await run(folder, ["runs", "show", name, "--json"])).out || "{}");
  await until(
    async () => (await seen(cwd, id)).run?.engine === "queue" && (await seen(cwd, id)).run.items === QUESTIONS,
  );
  const { run: shown } = await seen(cwd, id);
  expect(shown).toMatchObject({ command: "fill", state: "open", items: QUESTIONS, done: 0 });
  const elsewhere = temporaryFolder();
  expect((await seen(elsewhere, shown.id)).run).toMatchObject({ id: shown.id, items: QUESTIONS });
  expect(await run(elsewhere, ["runs", "forget", shown.id])).toMatchObject({
    code: 2,
    err: expect.stringContaining(`${shown.id} is still worked on`),
  });
  expect((await run(elsewhere, ["runs", "cancel", shown.id])).code).toBe(0);
  expect((await running).code).toBe(75);
  const listed = await run(elsewhere, ["runs"]);
  expect(listed.out).toContain("cancelled");
  startWorker(server);
  expect(await run(cwd, asked(server, "resume"))).toMatchObject({ code: 0 });
  expect((await seen(cwd, id)).run).toMatchObject({ state: "done", done: QUESTIONS, paid_twice: 0 });
  expect(await run(elsewhere, ["runs", "forget", shown.id])).toMatchObject({
    code: 0,
    out: `${shown.id} is out of the database, with ${QUESTIONS} jobs that no other run has\n`,
  });
  expect(await wholeDatabase()).not.toContain("part number");
  expect(await run(elsewhere, ["runs", "show", shown.id])).toMatchObject({ code: 2 });
});

function hasRun(cwd: string): boolean {
  try {
    return readdirSync(join(cwd, "outputs/runs")).length > 0;
  } catch {
    return false;
  }
}

test("what failed each time is told with its reason, sent once more by hand, and taken in by resume", async () => {
  const server = await modelServer();
  const cwd = projectFolder();
  const filling = run(cwd, asked(server, "fill"));
  await failEachTime();
  const first = await filling;
  const [id = ""] = readdirSync(join(cwd, "outputs/runs"));
  expect(first.code).toBe(1);
  const shown = await run(cwd, ["runs", "show", id]);
  const [name = ""] = shown.out.split(":");
  expect(first.out).toContain(`${QUESTIONS} ended as api_error: 500: the endpoint is ill\n`);
  expect(shown.out.split("\n").slice(1, -1)).toEqual([
    `  0/${QUESTIONS} done, 0 under way on 0 workers, 0 waiting, ${QUESTIONS} dead letters`,
    "  0 requests paid for, 0 of them twice, 0 tokens, $0.00",
    `  answerkey runs redrive ${name} sends the dead letters once more`,
  ]);
  expect(proposalPaths(cwd)).toEqual([]);
  const redriven = () => run(cwd, ["runs", "redrive", id]);
  expect(await redriven()).toMatchObject({
    code: 0,
    out: `${QUESTIONS} dead letters of ${name} sent once more\n${NEXT}`,
  });
  expect(await redriven()).toMatchObject({ code: 0, out: `${name} has no dead letters\n` });
  startWorker(server);
  expect(await run(cwd, asked(server, "resume"))).toMatchObject({ code: 0 });
  expect(proposalPaths(cwd).length).toBe(QUESTIONS);
});

const NEXT = "next: answerkey resume takes in what comes of it, where the run was begun\n";

/** As a worker ends jobs whose endpoint answers none of its tries. */
async function failEachTime(): Promise<void> {
  const server = await QueueServer.open({ database, clock: systemClock() });
  const seat = new WorkerSeat(server, "ill", "ill");
  await seat.beat([]);
  let dead = 0;
  await until(async () => {
    for (const { queue } of await seat.runs()) {
      for (const held of await seat.take(queue, QUESTIONS)) {
        await seat.end(held, { kind: "failed", records: [], failure: "500: the endpoint is ill" });
        if (held.isLast) dead += 1;
      }
    }
    return dead === QUESTIONS;
  });
  await seat.leave();
  await server.close();
}

test("grades from workers are the grades of one process", async () => {
  const root = temporaryFolder();
  execFileSync("cp", ["-r", join(import.meta.dirname, "../../questions"), root]);
  const grade = (set: string, ...more: readonly string[]) =>
    runCli(
      [
        "grade",
        "questions/llmops/candidates",
        "--set",
        set,
        "--provider",
        "offline",
        "--limit",
        "30",
        "--json",
        ...more,
      ],
      {
        cwd: root,
        env: { ...MOMENT, ANSWERKEY_DATABASE_URL: database },
      },
    );
  await grade("here");
  const [queued] = await Promise.all([grade("there", "--engine", "queue"), keepWorking()]);
  expect(queued.code).toBe(1);
  const marks = (set: string) => filesOf(root)[`outputs/grades/${set}/grades.csv`];
  expect(marks("there")?.length).toBeGreaterThan(1_000);
  expect(marks("there")).toEqual(marks("here"));
});

/** Workers without a key do what needs none; one is there until the run is over. */
async function keepWorking(): Promise<void> {
  const child = startCli(["worker"], { cwd: temporaryFolder(), env: { ANSWERKEY_DATABASE_URL: database } });
  onTestFinished(() => void child.kill("SIGKILL"));
}

test.each([
  [[], {}, "no database is named"],
  [
    ["--database", `postgres://u:${PASSWORD}@127.0.0.1:1/none`],
    {},
    "cannot use the queue at 127.0.0.1:1/none: nothing listens there (ECONNREFUSED)",
  ],
  [["--database", `http://u:${PASSWORD}@127.0.0.1:1/none`], {}, "connection string"],
])("what cannot be reached is told without its password: %j", async (flags, env, words) => {
  const result = await runCli(["worker", ...flags], { cwd: temporaryFolder(), env });
  expect(result.code).toBe(2);
  expect(result.err).toContain(words);
  expect(result.err).not.toContain(PASSWORD);
});
