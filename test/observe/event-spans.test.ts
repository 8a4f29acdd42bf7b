import { context, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from "@opentelemetry/sdk-trace-base";
import { expect, test } from "vitest";
import type { RunEvent } from "../../src/core/events.ts";
import { FREE, NO_USAGE } from "../../src/core/usage.ts";
import { spansOfRun } from "../../src/observe/event-spans.ts";
import { answerTask, modelRig } from "../support/model-rig.ts";
import { scriptedProvider } from "../support/scripted-provider.ts";
import { VirtualClock } from "../support/virtual-clock.ts";
import { ENDED, overloadedOnce, STARTED } from "./told.ts";

const ITEM: RunEvent = { type: "item-started", id: "q-1" };
const ITEM_ENDED: RunEvent = { type: "item-finished", id: "q-1", status: "ok", called: true };

/** The spans of events, each told a millisecond after the one before. */
async function spansOf(events: readonly RunEvent[]): Promise<readonly ReadableSpan[]> {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  let now = 1_000;
  const api = { trace, context, SpanKind, SpanStatusCode };
  const onEvent = spansOfRun(api, provider.getTracer("test"), () => (now += 1));
  for (const event of events) onEvent(event);
  await provider.forceFlush();
  return exporter.getFinishedSpans();
}

/** A tree of names. */
function tree(spans: readonly ReadableSpan[], parent?: string): unknown {
  const own = spans.filter((span) => span.parentSpanContext?.spanId === parent);
  return own.map((span) => [span.name, tree(spans, span.spanContext().spanId)]);
}

test("run, item and both attempts of its request, by the names of the conventions", async () => {
  const clock = new VirtualClock();
  const rig = modelRig({ provider: scriptedProvider(clock, overloadedOnce("The SECRET.")), clock });
  await rig.model.run(answerTask("A SECRET?", { item: "q-1" }), new AbortController().signal);
  const spans = await spansOf([STARTED, ITEM, ...rig.events, ITEM_ENDED, ENDED]);
  expect(tree(spans)).toEqual([
    [
      "invoke_workflow answerkey fill",
      [
        [
          "answerkey item",
          [
            ["chat test-model", []],
            ["chat test-model", []],
          ],
        ],
      ],
    ],
  ]);
  const [failed, answered, item, run] = spans;
  expect({ attributes: answered?.attributes, kind: answered?.kind, status: answered?.status.code }).toEqual({
    kind: SpanKind.CLIENT,
    status: SpanStatusCode.UNSET,
    attributes: {
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "scripted",
      "gen_ai.request.model": "test-model",
      "gen_ai.request.max_tokens": 100,
      "gen_ai.output.type": "json",
      "gen_ai.prompt.name": "draft",
      "gen_ai.response.model": "test-model-1",
      "gen_ai.response.id": "resp-2",
      "gen_ai.response.finish_reasons": ["stop"],
      "gen_ai.usage.input_tokens": 80,
      "gen_ai.usage.output_tokens": 20,
      "server.address": "scripted.test",
      "server.port": 443,
      "answerkey.request.attempt": 2,
      "answerkey.request.id": "req-2",
      "answerkey.verdict": "ok",
      "answerkey.cost_usd": 0.00028,
    },
  });
  expect(failed?.status.code).toBe(SpanStatusCode.ERROR);
  expect(failed?.attributes).toMatchObject({ "error.type": "overloaded", "answerkey.request.attempt": 1 });
  expect(item?.attributes).toEqual({ "answerkey.item.id": "q-1", "answerkey.item.status": "ok" });
  expect(run?.attributes).toEqual({
    "gen_ai.operation.name": "invoke_workflow",
    "gen_ai.agent.name": "answerkey fill",
    "gen_ai.provider.name": "scripted",
    "gen_ai.request.model": "test-model",
    "gen_ai.usage.input_tokens": 80,
    "gen_ai.usage.output_tokens": 20,
    "server.address": "scripted.test",
    "server.port": 443,
    "answerkey.run.id": "r-1",
    "answerkey.run.items": 1,
    "answerkey.run.is_taken_up": false,
    "answerkey.run.requests": 2,
    "answerkey.run.stopped": "budget",
    "answerkey.cost_usd": 0.00028,
  });
  expect(run?.events.map(({ name }) => name)).toEqual(["answerkey.wait-started"]);
  const told = spans.map(({ name, attributes, events, status }) => ({ name, attributes, events, status }));
  expect(JSON.stringify(told)).not.toContain("SECRET");
});

test("a batch's reply was on its way as long as it says; what never ended ends with the run, once", async () => {
  const key = { key: "k", task: "draft", number: 1, maxOutputTokens: 100 };
  const spans = await spansOf([
    STARTED,
    { type: "item-started", id: "q-2" },
    { type: "request-sent", ...key, item: "q-2" },
    {
      type: "attempt-finished",
      ...key,
      key: "other",
      batch: "batch-1",
      ok: false,
      verdict: "truncated",
      milliseconds: 500,
      usage: NO_USAGE,
      cost: FREE,
    },
    ENDED,
    ITEM_ENDED,
  ]);
  expect(spans.map(({ name, duration: [, nanoseconds] }) => [name, nanoseconds / 1_000_000])).toEqual([
    ["chat test-model", 500],
    ["chat test-model", 2],
    ["answerkey item", 3],
    ["invoke_workflow answerkey fill", 4],
  ]);
  expect(spans[0]?.attributes).toMatchObject({
    "answerkey.batch": "batch-1",
    "error.type": "truncated",
    "gen_ai.response.finish_reasons": ["length"],
  });
});

test("what became of a batch is told with its counts", async () => {
  const counts = { answered: 3, failed: 1, missing: 0, unknown: 0, duplicate: 0, unreadable: 0 };
  const [run] = await spansOf([STARTED, { type: "batch-ended", batch: "b-1", ending: "expired", counts }, ENDED]);
  expect(run?.events.map(({ name, attributes }) => [name, attributes])).toEqual([
    [
      "answerkey.batch-ended",
      {
        "answerkey.batch": "b-1",
        "answerkey.ending": "expired",
        "answerkey.counts.answered": 3,
        "answerkey.counts.failed": 1,
        "answerkey.counts.missing": 0,
        "answerkey.counts.unknown": 0,
        "answerkey.counts.duplicate": 0,
        "answerkey.counts.unreadable": 0,
      },
    ],
  ]);
});
