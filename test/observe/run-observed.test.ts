import { readFileSync } from "node:fs";
import { join } from "node:path";
import { trace } from "@opentelemetry/api";
import { BasicTracerProvider, BatchSpanProcessor, InMemorySpanExporter } from "@opentelemetry/sdk-trace-base";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { goodReply } from "../support/model-replies.ts";
import { startModelServer } from "../support/model-server.ts";
import { runInProcess } from "../support/run-in-process.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const line = z.looseObject({ event: z.string(), run: z.string() });

function eventsIn(path: string): readonly z.infer<typeof line>[] {
  return readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((each) => line.parse(JSON.parse(each)));
}

function count(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

test("fill tells a log file and the SDK of the process the same: run, items, requests", async () => {
  const exporter = new InMemorySpanExporter();
  // As an SDK has it: what is not flushed at the end is lost with the process.
  const processor = new BatchSpanProcessor(exporter, { scheduledDelayMillis: 60_000 });
  const provider = new BasicTracerProvider({ spanProcessors: [processor] });
  trace.setGlobalTracerProvider(provider);
  onTestFinished(async () => {
    trace.disable();
    await provider.shutdown();
  });
  const cwd = temporaryFolder({ "questions/parts.md": unfilledBank(3) });
  const server = await startModelServer(goodReply);
  onTestFinished(() => server.close());
  const asked = ["fill", "--base-url", server.url, "--model", "test-model", "--log-file", "run.log"];
  const { code, err } = await runInProcess(asked, { cwd });
  expect(code, err).toBe(0);
  const events = eventsIn(join(cwd, "run.log"));
  expect(count(events.map(({ event }) => event))).toEqual({
    "run-started": 1,
    "item-started": 3,
    "request-sent": 6,
    "attempt-finished": 6,
    "item-finished": 3,
    "run-ended": 1,
  });
  const spans = exporter.getFinishedSpans();
  expect(count(spans.map(({ name }) => name))).toEqual({
    "invoke_workflow answerkey fill": 1,
    "answerkey item": 3,
    "chat test-model": 6,
  });
  const items = new Map(
    spans.flatMap((span) => (span.name === "answerkey item" ? [[span.spanContext().spanId, 0]] : [])),
  );
  for (const span of spans) {
    const parent = span.parentSpanContext?.spanId ?? "";
    if (span.name === "chat test-model") items.set(parent, (items.get(parent) ?? Number.NaN) + 1);
  }
  expect([...items.values()]).toEqual([2, 2, 2]);
});

test("a collector that nobody sends to is told, with what to do; a log file is no setting of a project", async () => {
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318");
  onTestFinished(() => void vi.unstubAllEnvs());
  const cwd = temporaryFolder({ "questions/parts.md": unfilledBank(1) });
  const { err } = await runInProcess(["fill", "--provider", "offline"], { cwd });
  expect(err).toContain("no OpenTelemetry SDK is set up in this process: no spans are sent; npm install");
  const refused = temporaryFolder({ "answerkey.config.yaml": "fill:\n  log_file: x.log\n" });
  expect((await runInProcess(["fill"], { cwd: refused })).code).toBe(2);
});

test("a run that is not there is told with the one that may be meant", async () => {
  const cwd = temporaryFolder({ "questions/parts.md": unfilledBank(1) });
  await runInProcess(["fill", "--provider", "offline"], { cwd });
  const known = /"id": ?"([^"]+)"/.exec((await runInProcess(["runs", "--json"], { cwd })).out)?.[1] ?? "";
  const { code, err } = await runInProcess(["runs", "show", known.slice(0, -1)], { cwd });
  expect({ code, err }).toEqual({
    code: 2,
    err: `error: there is no run ${known.slice(0, -1)}\n  did you mean ${known}?\n`,
  });
});
