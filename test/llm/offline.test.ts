import { expect, test } from "vitest";
import { offlineProvider } from "../../src/llm/offline.ts";
import { recordedProvider } from "../../src/llm/recorded.ts";
import { MemoryRecordLog } from "../support/memory-record-log.ts";
import { answerTask, countStatuses, modelRig, questions } from "../support/model-rig.ts";
import { openJournal } from "../../src/llm/journal.ts";
import { completion, GOOD, scriptedProvider } from "../support/scripted-provider.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

const { signal } = new AbortController();

test("the offline provider answers by a pure function of the task's input, at no cost", async () => {
  const provider = offlineProvider({ draft: (input) => ({ answer: `from ${JSON.stringify(input)}` }) });
  expect(await modelRig({ provider }).model.run(answerTask("Why?"), signal)).toMatchObject({
    status: "ok",
    value: { answer: 'from {"question":"Why?"}' },
    receipt: { usage: { inputTokens: 0, outputTokens: 0 }, cost: { kind: "known", usd: 0 } },
  });
});

test.each(["critique", "constructor"])(
  "a task that the offline provider cannot do (%s) stops the run with words",
  async (name) => {
    const provider = offlineProvider({ draft: () => ({ answer: "x" }) });
    expect(await modelRig({ provider }).model.run(answerTask("Why?", { name }), signal)).toMatchObject({
      status: "api_error",
      failure: { scope: "run", message: `the offline provider cannot do the task "${name}"; choose another provider` },
    });
  },
);

async function record(): Promise<MemoryRecordLog> {
  const clock = new VirtualClock();
  const log = new MemoryRecordLog();
  const provider = scriptedProvider(clock, ({ request }) =>
    request.messages[0]?.content === "What is 1?" ? completion("I cannot", { finish: "refused" }) : GOOD,
  );
  const { name, endpoint, model } = provider;
  openJournal({ current: log, clock }).plan({ type: "plan", provider: name, endpoint, model, items: 3 });
  await modelRig({ provider, clock, log }).runAll(questions(3));
  return log;
}

test("a recorded run is replayed under its own name, refusals included", async () => {
  const provider = recordedProvider([await record()]);
  expect([provider.name, provider.endpoint, provider.model]).toEqual([
    "scripted",
    "https://scripted.test/v1",
    "test-model",
  ]);
  const outcomes = await modelRig({ provider }).runAll(questions(4));
  expect(countStatuses(outcomes)).toEqual({ ok: 2, refused: 1, api_error: 1 });
  expect(outcomes[3]).toMatchObject({ failure: { message: "no reply to this request was recorded" } });
});

test("nothing recorded is said, not replayed", () => {
  expect(() => recordedProvider([new MemoryRecordLog()])).toThrow("there is no recorded run to replay");
});
