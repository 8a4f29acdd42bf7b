import { execFileSync } from "node:child_process";
import { closeSync, constants, openSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { UserError } from "../../src/core/errors.ts";
import { openEventLog } from "../../src/observe/event-log.ts";
import { scriptedProvider } from "../support/scripted-provider.ts";
import { answerTask, modelRig } from "../support/model-rig.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { VirtualClock } from "../support/virtual-clock.ts";
import { ENDED, NO_BODY, overloadedOnce, STARTED } from "./told.ts";

const QUESTION = "What does a SECRET-QUESTION ask?";
const ANSWER = "The SECRET-ANSWER.";

test("a request that is turned away, waited for and answered, in lines without a word of it", async () => {
  const path = join(temporaryFolder(), "run.log");
  const clock = new VirtualClock();
  const rig = modelRig({ provider: scriptedProvider(clock, overloadedOnce(ANSWER)), clock });
  const log = openEventLog({ path, now: () => 0, onFault: () => {} });
  const outcome = await rig.model.run(answerTask(QUESTION, { item: "q-1" }), new AbortController().signal);
  for (const event of [STARTED, ...rig.events, ENDED]) log.onEvent(event);
  await log.close();
  expect(outcome.status).toBe("ok");
  const text = readFileSync(path, "utf8");
  expect(text).not.toMatch(/SECRET/);
  const key = "KEY";
  const lines = text
    .trimEnd()
    .replaceAll(/[0-9a-f]{64}/g, key)
    .split("\n");
  const head = { v: 1, at: "1970-01-01T00:00:00.000Z", run: "r-1" };
  const asked = { key, task: "draft", item: "q-1", max_output_tokens: 100 };
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    {
      ...head,
      event: "run-started",
      command: "fill",
      provider: "scripted",
      endpoint: "https://scripted.test/v1",
      model: "test-model",
      total: 1,
      is_taken_up: false,
    },
    { ...head, event: "request-sent", ...asked, number: 1 },
    {
      ...head,
      event: "attempt-finished",
      ...asked,
      number: 1,
      ok: false,
      verdict: "failure",
      milliseconds: 100,
      usage: NO_BODY,
      cost: {
        kind: "known",
        usd: 0,
      },
      failure: {
        scope: "retry",
        status: 503,
        code: "overloaded",
        message: "the endpoint is overloaded",
      },
      request_id: "req-1",
    },
    { ...head, event: "wait-started", milliseconds: expect.any(Number), reason: "retry" },
    { ...head, event: "request-sent", ...asked, number: 2 },
    {
      ...head,
      event: "attempt-finished",
      ...asked,
      number: 2,
      ok: true,
      verdict: "ok",
      milliseconds: 100,
      usage: {
        ...NO_BODY,
        input_tokens: 80,
        output_tokens: 20,
      },
      cost: {
        kind: "known",
        usd: 28e-5,
      },
      request_id: "req-2",
      response_id: "resp-2",
      model_answered: "test-model-1",
    },
    {
      ...head,
      event: "run-ended",
      stopped: "budget",
      requests: 2,
      usage: { ...NO_BODY, input_tokens: 80, output_tokens: 20 },
      cost: { kind: "known", usd: 0.00028 },
    },
  ]);
});

test("a second run is appended; a folder that is not there is told; nothing is written after the end", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "run.log");
  for (const run of ["r-1", "r-2"]) {
    const log = openEventLog({ path, now: () => 0, onFault: () => {} });
    log.onEvent({ ...STARTED, run });
    await log.close();
    log.onEvent(ENDED);
  }
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([{ run: "r-1" }, { run: "r-2" }]);
  expect(() => openEventLog({ path: join(folder, "none/run.log"), now: () => 0, onFault: () => {} })).toThrow(
    UserError,
  );
});

test.skipIf(process.platform !== "linux")("a full disk ends the log and not the run, and is told once", async () => {
  const faults: string[] = [];
  const log = openEventLog({ path: "/dev/full", now: () => 0, onFault: (code) => void faults.push(code) });
  for (const event of [STARTED, ENDED]) log.onEvent(event);
  await log.close();
  expect(faults).toEqual(["ENOSPC"]);
});

/** Opens the log at a path, tells it the start of a run and closes it. */
async function logOnce(path: string): Promise<void> {
  const log = openEventLog({ path, now: () => 0, onFault: () => {} });
  log.onEvent(STARTED);
  await log.close();
}

test("a last line that was cut off stays by itself, and the next run's lines are whole", async () => {
  const path = join(temporaryFolder({ "run.log": '{"v":1}\n{"v":1,"at"' }), "run.log");
  await logOnce(path);
  const [whole, torn, added, ...rest] = readFileSync(path, "utf8").split("\n");
  expect([whole, torn, rest]).toEqual(['{"v":1}', '{"v":1,"at"', [""]]);
  expect(JSON.parse(added ?? "")).toMatchObject({ v: 1, run: "r-1", event: "run-started" });
});

test("a file that is no log is refused and keeps its bytes", async () => {
  const folder = temporaryFolder({ "bank.md": "# Bank\n", "empty.log": "" });
  await expect(logOnce(join(folder, "bank.md"))).rejects.toThrow("the log file is there already and is no log of runs");
  expect(readFileSync(join(folder, "bank.md"), "utf8")).toBe("# Bank\n");
  await logOnce(join(folder, "empty.log"));
  expect(readFileSync(join(folder, "empty.log"), "utf8")).toContain("run-started");
});

describe.skipIf(process.platform === "win32")("a pipe", () => {
  test("that nobody reads is refused and not waited for", async () => {
    const path = pipeIn(temporaryFolder());
    await expect(logOnce(path)).rejects.toThrow("the log file cannot be opened (ENXIO)");
  });

  test("whose reader does not keep up ends the log and not the run, and is told once", async () => {
    const path = pipeIn(temporaryFolder());
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    onTestFinished(() => closeSync(reader));
    const faults: string[] = [];
    const log = openEventLog({ path, now: () => 0, onFault: (code) => void faults.push(code) });
    for (let told = 0; told < 1_000 && faults.length === 0; told += 1) log.onEvent(STARTED);
    log.onEvent(ENDED);
    await log.close();
    expect(faults).toEqual(["EAGAIN"]);
    const first = Buffer.alloc(1_000);
    readSync(reader, first);
    expect(first.toString("utf8").split("\n")[0]).toContain('"event":"run-started"');
  });
});

function pipeIn(folder: string): string {
  const path = join(folder, "pipe");
  execFileSync("mkfifo", [path]);
  return path;
}
