import { expect, test } from "vitest";
import { z } from "zod";
import type { AttemptRecord } from "../../src/llm/journal-records.ts";
import { MemoryRecordLog } from "../support/memory-record-log.ts";
import { answerTask, countStatuses, modelRig, questions } from "../support/model-rig.ts";
import { completion, failure, GOOD, scriptedProvider } from "../support/scripted-provider.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

const { signal } = new AbortController();

function attemptsIn(log: MemoryRecordLog): AttemptRecord[] {
  return log.lines.map((line) => JSON.parse(line)).filter(({ type }) => type === "attempt");
}

test("a good reply is an outcome with its receipt, and is on disk", async () => {
  const clock = new VirtualClock();
  const log = new MemoryRecordLog();
  const provider = scriptedProvider(clock, () =>
    completion('{"answer":"yes"}', { responseId: "r1", modelAnswered: "m-1" }),
  );
  const { model } = modelRig({ provider, clock, log });
  const outcome = await model.run(answerTask("Why?"), signal);
  expect(outcome).toEqual({
    status: "ok",
    value: { answer: "yes" },
    receipt: {
      key: provider.sent[0]?.request.key,
      source: "call",
      attempts: 1,
      usage: { inputTokens: 100, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 20, reasoningTokens: 0 },
      cost: { kind: "known", usd: 0.0003 },
      modelAnswered: "m-1",
      responseIds: ["r1"],
    },
  });
  expect(log.lines.map((line) => JSON.parse(line).type)).toEqual(["attempt", "result"]);
});

test("a second identical run sends nothing; one changed question sends one request", async () => {
  const log = new MemoryRecordLog();
  const run = async (asked: readonly string[]) => {
    const clock = new VirtualClock();
    const provider = scriptedProvider(clock, () => GOOD);
    const outcomes = await modelRig({ provider, clock, log: new MemoryRecordLog(), earlier: [log] }).runAll(asked);
    return { sent: provider.sent.length, ...countStatuses(outcomes) };
  };
  const clock = new VirtualClock();
  await modelRig({ provider: scriptedProvider(clock, () => GOOD), clock, log }).runAll(questions(500));
  const asked = questions(500);
  expect(await run(asked)).toEqual({ sent: 0, ok: 500 });
  expect(await run(asked.toReversed())).toEqual({ sent: 0, ok: 500 });
  expect(await run(asked.with(7, "Something else?"))).toEqual({ sent: 1, ok: 500 });
});

test("another output limit asks nothing anew; another model, prompt or schema does", async () => {
  const clock = new VirtualClock();
  const provider = scriptedProvider(clock, () => GOOD);
  const log = new MemoryRecordLog();
  const { model } = modelRig({ provider, clock, log });
  const sentFor = async (task: ReturnType<typeof answerTask>, through = model) => {
    const before = provider.sent.length;
    await through.run(task, signal);
    return provider.sent.length - before;
  };
  const other = modelRig({ provider: { ...provider, model: "other" }, clock, earlier: [log] }).model;
  expect([
    await sentFor(answerTask("Why?")),
    await sentFor(answerTask("Why?", { maxOutputTokens: 4_000 })),
    await sentFor(answerTask("Why?"), other),
    await sentFor(answerTask("Why not?")),
    await sentFor(answerTask("Why?", { schema: z.object({ answer: z.string() }) })),
    await sentFor(answerTask("Why?", { sample: 1 })),
  ]).toEqual([1, 0, 1, 1, 1, 1]);
});

test("twins are sent once", async () => {
  const clock = new VirtualClock();
  const provider = scriptedProvider(clock, () => GOOD);
  const outcomes = await modelRig({ provider, clock }).runAll(Array.from({ length: 20 }, () => "Same?"));
  expect(provider.sent.length).toBe(1);
  expect(outcomes.map(({ receipt }) => receipt.source).toSorted()).toEqual(["call", ...Array(19).fill("journal")]);
});

test("a misfit is told its faults once; both usages are counted", async () => {
  const clock = new VirtualClock();
  const provider = scriptedProvider(clock, ({ attempt }) => (attempt === 1 ? completion('{"answer":7}') : GOOD));
  const log = new MemoryRecordLog();
  const outcome = await modelRig({ provider, clock, log }).model.run(answerTask("Why?"), signal);
  expect(outcome).toMatchObject({
    status: "ok",
    receipt: { attempts: 2, usage: { inputTokens: 200, outputTokens: 40 } },
  });
  expect(provider.sent[1]?.request.messages).toEqual([
    { role: "user", content: "Why?" },
    { role: "assistant", content: '{"answer":7}' },
    {
      role: "user",
      content: [
        "Your reply does not fit the required JSON schema:",
        "✖ Invalid input: expected string, received number\n  → at answer",
        "Send the whole corrected JSON object again, and nothing else.",
      ].join("\n"),
    },
  ]);
  expect(attemptsIn(log).map(({ verdict, text }) => ({ verdict, text }))).toEqual([
    { verdict: "invalid", text: '{"answer":7}' },
    { verdict: "ok", text: undefined },
  ]);
});

test("a reply that stays a misfit is invalid after one more try", async () => {
  const clock = new VirtualClock();
  const provider = scriptedProvider(clock, () => completion("no JSON"));
  const outcome = await modelRig({ provider, clock }).model.run(answerTask("Why?"), signal);
  expect(outcome).toMatchObject({
    status: "invalid",
    text: "no JSON",
    issues: "the reply is not one valid JSON value",
    receipt: { attempts: 2 },
  });
});

test.each([
  ["cut in a string", completion('{"answer":"half a sent', { finish: "length" })],
  ["whole by chance", completion('{"answer":"half a sentence"}', { finish: "length" })],
  ["empty, all spent on reasoning", completion("", { finish: "length" })],
  ["cut, but called complete", completion('{"answer":"ha', { usage: { ...GOOD.usage, outputTokens: 10_000 } })],
])("a truncated reply (%s) is sent once more with twice the room and never taken for an answer", async (_name, cut) => {
  const clock = new VirtualClock();
  const provider = scriptedProvider(clock, () => cut);
  const log = new MemoryRecordLog();
  const outcome = await modelRig({ provider, clock, log }).model.run(answerTask("Why?"), signal);
  expect(outcome).toMatchObject({ status: "truncated", text: cut.text, receipt: { attempts: 2 } });
  expect(provider.sent.map(({ request }) => request.maxOutputTokens)).toEqual([100, 200]);

  const again = modelRig({ provider, clock, earlier: [log] }).model;
  expect(await again.run(answerTask("Why?"), signal)).toMatchObject({
    status: "truncated",
    receipt: { source: "journal" },
  });
  expect(provider.sent.length).toBe(2);
  await again.run(answerTask("Why?", { maxOutputTokens: 101 }), signal);
  expect(provider.sent.length).toBe(4);
});

test("a larger second reply saves a truncated task", async () => {
  const clock = new VirtualClock();
  const provider = scriptedProvider(clock, ({ attempt }) =>
    attempt === 1 ? completion("", { finish: "length" }) : GOOD,
  );
  const outcome = await modelRig({ provider, clock }).model.run(answerTask("Why?"), signal);
  expect(outcome).toMatchObject({ status: "ok", receipt: { attempts: 2 } });
});

test.each(["refused", "filtered"] as const)(
  "%s is final, keeps text and usage, and is asked for again only on demand",
  async (finish) => {
    const clock = new VirtualClock();
    const provider = scriptedProvider(clock, () => completion("I cannot", { finish }));
    const log = new MemoryRecordLog();
    const ask = (options: object) => modelRig({ provider, clock, ...options }).model.run(answerTask("Why?"), signal);
    expect(await ask({ log })).toMatchObject({
      status: finish,
      text: "I cannot",
      receipt: { attempts: 1, usage: { inputTokens: 100 } },
    });
    expect(await ask({ log })).toMatchObject({ status: finish, text: "I cannot", receipt: { source: "journal" } });
    expect(provider.sent.length).toBe(1);
    expect(await ask({ log, resend: new Set([finish]) })).toMatchObject({ receipt: { source: "call" } });
    expect(await ask({ earlier: [log] })).toMatchObject({ status: finish, receipt: { source: "journal" } });
    expect(await ask({ earlier: [log], resend: new Set([finish]) })).toMatchObject({ receipt: { source: "call" } });
    expect(provider.sent.length).toBe(3);
  },
);

test("faults of the server are tried four times, with growing waits outside the slot", async () => {
  const clock = new VirtualClock();
  const provider = scriptedProvider(clock, () => failure("retry", { status: 503 }));
  const { model } = modelRig({ provider, clock });
  expect(await model.run(answerTask("Why?"), signal)).toMatchObject({
    status: "api_error",
    failure: { scope: "retry", status: 503 },
    receipt: { attempts: 4, cost: { kind: "known", usd: 0 } },
  });
  const waits = clock.sleeps.filter((wait) => wait !== 100);
  const ceilings = [4_000, 16_000, 60_000];
  expect(waits.every((wait, index) => wait >= 1_000 && wait <= (ceilings[index] ?? 0))).toBe(true);
  expect(waits.length).toBe(3);
});

test("a hint of the server is the least that is waited", async () => {
  const clock = new VirtualClock();
  const provider = scriptedProvider(clock, ({ attempt }) =>
    attempt === 1 ? failure("retry", { status: 503, retryAfterMs: 30_000 }) : GOOD,
  );
  await modelRig({ provider, clock }).model.run(answerTask("Why?"), signal);
  expect(clock.sleeps).toContain(30_000);
});

test("a fault of one request is that request's", async () => {
  const clock = new VirtualClock();
  const provider = scriptedProvider(clock, ({ request }) =>
    request.messages[0]?.content === "What is 3?" ? failure("item", { status: 400 }) : GOOD,
  );
  const outcomes = await modelRig({ provider, clock }).runAll(questions(10));
  expect(countStatuses(outcomes)).toEqual({ ok: 9, api_error: 1 });
  expect(provider.sent.length).toBe(10);
});

test("what no request can get past stops the run at once, without retry", async () => {
  const clock = new VirtualClock();
  const denied = failure("run", { status: 401, message: "the API key was refused" });
  const provider = scriptedProvider(clock, () => denied);
  const { runAll, model } = modelRig({ provider, clock, ceiling: 50 });
  const startedAt = clock.now();
  const outcomes = await runAll(questions(1_000));
  expect(outcomes.length).toBe(1_000);
  expect(countStatuses(outcomes)).toEqual({ api_error: 1, cancelled: 999 });
  expect(provider.sent.length).toBeLessThanOrEqual(8);
  expect(clock.now() - startedAt).toBeLessThanOrEqual(100);
  expect(model.stopReason()).toEqual({
    kind: "failure",
    failure: { scope: "run", status: 401, message: "the API key was refused" },
  });
});

test("an endpoint that is not there ends a run of 14,000 within seconds", async () => {
  const clock = new VirtualClock();
  const provider = scriptedProvider(clock, () => failure("retry", { message: "no connection" }), 1);
  const { runAll, model } = modelRig({ provider, clock });
  const startedAt = clock.now();
  expect(countStatuses(await runAll(questions(14_000)))).toEqual({ api_error: 1, cancelled: 13_999 });
  expect(clock.now() - startedAt).toBeLessThan(5_000);
  expect(model.stopReason()).toMatchObject({
    kind: "failure",
    failure: {
      message: "cannot reach https://scripted.test/v1 (no connection); check the base URL and that the server runs",
    },
  });
});

test("an endpoint that goes down later stops the run, to be taken up again", async () => {
  const clock = new VirtualClock();
  const log = new MemoryRecordLog();
  const provider = scriptedProvider(clock, (_sent, count) =>
    count <= 100 ? GOOD : failure("retry", { message: "no connection" }),
  );
  const { runAll, model } = modelRig({ provider, clock, log, ceiling: 16 });
  const counts = countStatuses(await runAll(questions(2_000)));
  expect(counts["ok"]).toBe(100);
  expect(counts["api_error"]).toBe(10);
  expect(counts["cancelled"]).toBe(1_890);
  expect(model.stopReason()).toMatchObject({ kind: "outage" });

  const healthy = scriptedProvider(clock, () => GOOD);
  expect(countStatuses(await modelRig({ provider: healthy, clock, log }).runAll(questions(2_000)))).toEqual({
    ok: 2_000,
  });
  expect(healthy.sent.length).toBe(1_900);
});

test("a request that alone is always turned away is given up; the others are not held up", async () => {
  const clock = new VirtualClock();
  const provider = scriptedProvider(clock, ({ request }) =>
    request.messages[0]?.content === "What is 3?" ? failure("rate-limit", { status: 429, retryAfterMs: 2_000 }) : GOOD,
  );
  const { runAll } = modelRig({ provider, clock, ceiling: 4, maxWaitMs: 20_000 });
  const outcomes = await runAll(questions(2_000));
  expect(countStatuses(outcomes)).toEqual({ ok: 1_999, api_error: 1 });
  expect(outcomes[3]).toMatchObject({ status: "api_error", failure: { scope: "rate-limit" } });
});

test("an interrupt cancels what is under way and begins nothing more", async () => {
  const clock = new VirtualClock();
  const controller = new AbortController();
  const provider = scriptedProvider(clock, (_sent, count) => {
    if (count === 8) controller.abort();
    return GOOD;
  });
  const { model } = modelRig({ provider, clock });
  const outcomes = await Promise.all(
    questions(100).map((question) => model.run(answerTask(question), controller.signal)),
  );
  expect(countStatuses(outcomes)).toEqual({ cancelled: 100 });
  expect(provider.sent.length).toBe(8);
});

test("a schema that cannot be sent is rejected before anything is", async () => {
  const clock = new VirtualClock();
  const provider = scriptedProvider(clock, () => GOOD);
  const schema = z.object({ answer: z.string(), when: z.date() });
  const task = { ...answerTask("Why?"), schema };
  await expect(modelRig({ provider, clock }).model.run(task, signal)).rejects.toThrow(
    "the reply schema has date at properties.when",
  );
  expect(provider.sent.length).toBe(0);
});
