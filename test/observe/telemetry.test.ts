import { trace, type TracerProvider } from "@opentelemetry/api";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Observer } from "../../src/observe/observer.ts";
import { openTelemetry } from "../../src/observe/telemetry.ts";
import { ENDED, STARTED } from "./told.ts";

async function spansBy(provider: TracerProvider, onFault: (name: string) => void = () => {}): Promise<Observer> {
  trace.setGlobalTracerProvider(provider);
  onTestFinished(() => trace.disable());
  const telemetry = await openTelemetry({ version: "0", now: () => 1, onFault });
  if (telemetry.kind !== "spans") throw new Error(telemetry.kind);
  return telemetry.observer;
}

function startSpan(): never {
  throw new TypeError("a SECRET");
}

test("an SDK that fails ends the spans and not the run, and is told once without what it said", async () => {
  const faults: string[] = [];
  const observer = await spansBy({ getTracer: () => ({ startSpan, startActiveSpan: startSpan }) }, (name) =>
    faults.push(name),
  );
  for (const event of [STARTED, STARTED, ENDED]) observer.onEvent(event);
  await observer.close();
  expect(faults).toEqual(["TypeError"]);
});

test("an SDK behind another copy of the API is flushed as well", async () => {
  const exporter = new InMemorySpanExporter();
  const sdk = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const forceFlush = vi.spyOn(sdk, "forceFlush");
  const getTracer = sdk.getTracer.bind(sdk);
  // What the other copy registers: a stand-in of a class of its own.
  const standIn = { getTracer, getDelegate: () => sdk, getDelegateTracer: getTracer };
  vi.spyOn(trace, "getTracerProvider").mockReturnValue(standIn);
  onTestFinished(() => void vi.restoreAllMocks());
  const observer = await spansBy(sdk);
  for (const event of [STARTED, ENDED]) observer.onEvent(event);
  await observer.close();
  expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(["invoke_workflow answerkey fill"]);
  expect(forceFlush).toHaveBeenCalledOnce();
});

test("a collector that never answers is not waited for longer than a second", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const sdk = new BasicTracerProvider();
  vi.spyOn(sdk, "forceFlush").mockReturnValue(new Promise(() => {}));
  const observer = await spansBy(sdk);
  const closed = observer.close();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await closed).toBeUndefined();
});
