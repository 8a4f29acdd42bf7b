import { expect, test } from "vitest";
import { NO_CHARGE } from "../../src/llm/prices.ts";
import { localProvider } from "../../src/llm/local.ts";
import type { Generated, Generation, LocalEngine } from "../../src/llm/local-engine.ts";
import { answerTask, modelRig } from "../support/model-rig.ts";

const WRITTEN: Generated = { text: '{"answer":"Yes."}', isCut: false, tokensRead: 10, tokensWritten: 6 };

interface Told {
  readonly asked: Generation[];
  opened: number;
  closed: number;
}

function engineThat(
  write: (request: Generation, signal: AbortSignal) => Promise<Generated>,
  more: Partial<Pick<LocalEngine, "contextTokens">> = {},
) {
  const told: Told = { asked: [], opened: 0, closed: 0 };
  const engine: LocalEngine = {
    contextTokens: 1_000,
    tokensOf: (messages) => messages.reduce((sum, { content }) => sum + content.length, 0),
    generate: (request, signal) => {
      told.asked.push(request);
      return write(request, signal);
    },
    close: () => {
      told.closed += 1;
      return Promise.resolve();
    },
    ...more,
  };
  const open = (): Promise<LocalEngine> => {
    told.opened += 1;
    return Promise.resolve(engine);
  };
  const provider = localProvider({ model: "tiny.gguf@0123", open });
  return { told, provider, rig: modelRig({ provider, price: NO_CHARGE }) };
}

const { signal } = new AbortController();

test("loads once, with the first request; counts tokens, which cost nothing; the same is not asked twice", async () => {
  const { told, provider, rig } = engineThat(() => Promise.resolve(WRITTEN));
  expect(told.opened).toBe(0);
  const outcome = await rig.model.run(answerTask("Is it so?"), signal);
  await rig.model.run(answerTask("Is it so?"), signal);
  await rig.model.run(answerTask("Is it so?", { sample: 1, sampling: { temperature: 0.7 } }), signal);
  expect(outcome).toMatchObject({
    status: "ok",
    value: { answer: "Yes." },
    receipt: { usage: { inputTokens: 9, cachedInputTokens: 0, outputTokens: 6 }, cost: { kind: "known", usd: 0 } },
  });
  const [first, second] = told.asked;
  expect(told.asked.map(({ temperature, maxTokens }) => ({ temperature, maxTokens }))).toEqual([
    { temperature: 0, maxTokens: 100 },
    { temperature: 0.7, maxTokens: 100 },
  ]);
  expect(second?.seed).not.toBe(first?.seed);
  await provider.close();
  expect(told).toMatchObject({ opened: 1, closed: 1 });
});

test("a cut reply is no answer, though it would parse; one more is asked for, with more room", async () => {
  const { told, rig } = engineThat(() => Promise.resolve({ ...WRITTEN, isCut: true }));
  expect(await rig.model.run(answerTask("Is it so?"), signal)).toMatchObject({ status: "truncated" });
  expect(told.asked.map(({ maxTokens }) => maxTokens)).toEqual([100, 200]);
});

test("a reply that does not fit its schema is invalid, whatever the grammar let through", async () => {
  const { rig } = engineThat(() => Promise.resolve({ ...WRITTEN, text: '{"answer":""}' }));
  expect(await rig.model.run(answerTask("Is it so?"), signal)).toMatchObject({ status: "invalid" });
});

test("a reply has no more room than the prompt leaves; a prompt that leaves none fails alone", async () => {
  const { told, rig } = engineThat(() => Promise.resolve(WRITTEN), { contextTokens: 60 });
  expect(await rig.model.run(answerTask("x".repeat(30)), signal)).toMatchObject({ status: "ok" });
  expect(told.asked.map(({ maxTokens }) => maxTokens)).toEqual([30]);
  expect(await rig.model.run(answerTask("x".repeat(50)), signal)).toMatchObject({
    status: "api_error",
    failure: { scope: "item", code: "context_length_exceeded" },
  });
  expect(rig.model.stopReason()).toBeUndefined();
});

test("an abort ends the reply that is being written", async () => {
  const abort = new AbortController();
  const { rig } = engineThat(
    (_request, stop) =>
      new Promise((_resolve, reject) => {
        stop.addEventListener("abort", () => reject(new Error("stopped")));
        abort.abort();
      }),
  );
  expect(await rig.model.run(answerTask("Is it so?"), abort.signal)).toMatchObject({ status: "cancelled" });
});

test("a model that cannot be loaded ends the run; one that breaks off, its item", async () => {
  const provider = localProvider({ model: "tiny.gguf@0123", open: () => Promise.reject(new Error("no memory")) });
  const rig = modelRig({ provider });
  expect(await rig.model.run(answerTask("Is it so?"), signal)).toMatchObject({
    status: "api_error",
    failure: { code: "model_not_loaded" },
  });
  expect(rig.model.stopReason()).toMatchObject({ kind: "failure" });
  const broken = engineThat(() => Promise.reject(new Error("with words of a prompt")));
  expect(await broken.rig.model.run(answerTask("Is it so?"), signal)).toMatchObject({
    status: "api_error",
    failure: { scope: "item", message: "the local model broke off" },
  });
});
