import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
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
