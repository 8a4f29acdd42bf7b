import { describe, expect, test } from "vitest";
import { advance, progressLine, startProgress, type Progress } from "../../src/cli/run/progress.ts";
import { showProgress } from "../../src/cli/run/progress-view.ts";
import type { RunEvent } from "../../src/core/events.ts";
import { NO_USAGE, type Cost } from "../../src/core/usage.ts";

const USAGE = { ...NO_USAGE, inputTokens: 800, outputTokens: 200 };
const attempt = (cost: Cost): RunEvent => ({
  type: "attempt-finished",
  key: "k",
  task: "draft",
  number: 1,
  maxOutputTokens: 900,
  milliseconds: 50,
  verdict: "ok",
  usage: USAGE,
  cost,
  ok: true,
});
const paid = (usd: number): RunEvent => attempt({ kind: "known", usd });
const started = (total: number): RunEvent => ({
  type: "run-started",
  run: "r-1",
  command: "fill",
  provider: "openai",
  endpoint: "http://localhost:1/v1",
  model: "m",
  total,
  isTakenUp: false,
});
const finished = (status: "ok" | "invalid", called = true): RunEvent => ({
  type: "item-finished",
  id: "q-1",
  status,
  called,
});
const STARTED: RunEvent = { type: "item-started", id: "q-1" };

const after = (events: readonly RunEvent[], total = 10): Progress =>
  events.reduce((progress, event) => advance(progress, event, 1_000), startProgress(total, 1_000));

describe("the fold over a run's events", () => {
  test("counts what began, ended, failed, was paid", () => {
    const progress = after([
      started(4),
      STARTED,
      STARTED,
      STARTED,
      paid(0.5),
      finished("ok"),
      finished("invalid"),
      { type: "slots-changed", slots: 3 },
      { type: "wait-started", milliseconds: 500, reason: "retry" },
      { type: "wait-started", milliseconds: 2_000, reason: "rate-limit" },
    ]);
    expect(progress).toEqual({
      total: 4,
      done: 1,
      failed: 1,
      inFlight: 1,
      called: 2,
      tokens: 1_000,
      spent: { kind: "known", usd: 0.5 },
      startedAt: 1_000,
      waitingUntil: 3_000,
    });
  });

  test("one price that nobody knows makes the sum unknown, and it stays so", () => {
    const unknown: Cost = { kind: "unknown" };
    expect(after([paid(1), attempt(unknown), paid(1)]).spent).toEqual(unknown);
  });
});

describe("the line", () => {
  const half = [STARTED, STARTED, paid(0.02), paid(0.02), finished("ok"), finished("ok")];

  test("shows pace, spending, what all will come to and the time left", () => {
    expect(progressLine(after([...half, STARTED], 4), 11_000)).toBe(
      "2/4 done · 1 in flight · 0.2/s · 2.0k tokens · $0.0400 of about $0.0800 · 0:10 left",
    );
  });

  test("leaves out what came from the journal when it projects", () => {
    expect(progressLine(after([...half, STARTED, finished("ok", false)], 5), 11_000)).toBe(
      "3/5 done · 0 in flight · 0.3/s · 2.0k tokens · $0.0400 of about $0.0800 · 0:07 left",
    );
  });

  test("says an unknown price once, and projects nothing from it or from nothing", () => {
    expect(progressLine(after([STARTED, attempt({ kind: "unknown" }), finished("ok")], 2), 2_000)).toBe(
      "1/2 done · 0 in flight · 1.0/s · 1.0k tokens · price unknown · 0:01 left",
    );
    expect(progressLine(after([STARTED, paid(0), finished("ok")], 2), 2_000)).toBe(
      "1/2 done · 0 in flight · 1.0/s · 1.0k tokens · $0.00 · 0:01 left",
    );
  });

  test("tells failures, a rate limit instead of the time left, and no time at the start or the end", () => {
    const waiting: RunEvent = { type: "wait-started", milliseconds: 61_000, reason: "rate-limit" };
    expect(progressLine(after([STARTED, finished("invalid"), waiting]), 2_000)).toBe(
      "1/10 done · 1 failed · 0 in flight · 1.0/s · 0 tokens · $0.00 · rate limit, 1:00",
    );
    expect(progressLine(after([STARTED]), 1_000)).toBe("0/10 done · 1 in flight · 0.0/s · 0 tokens · $0.00");
    expect(progressLine(after([STARTED, paid(0.5), finished("ok")], 1), 2_000)).toBe(
      "1/1 done · 0 in flight · 1.0/s · 1.0k tokens · $0.50",
    );
  });
});

/** Everything that a view writes during twelve seconds of a run. */
function shown(options: { readonly quiet: boolean; readonly live: boolean }, columns?: number): string {
  let now = 0;
  let text = "";
  const view = showProgress({ write: (each: string) => (text += each), columns }, { now: () => now }, options);
  for (; now <= 12_000; now += 100) view.onEvent(now === 0 ? started(3) : STARTED);
  view.stop();
  return text;
}

describe("where it is shown", () => {
  test("elsewhere than on a terminal: plain lines, five seconds apart", () => {
    expect(shown({ quiet: false, live: false }).split("\n")).toEqual([
      "0/3 done · 50 in flight · 0.0/s · 0 tokens · $0.00",
      "0/3 done · 100 in flight · 0.0/s · 0 tokens · $0.00",
      "",
    ]);
  });

  test("on a terminal: one line that is overwritten, cut to its width and cleared at the end", () => {
    const drawn = shown({ quiet: false, live: true }, 30).split("\r\u001B[2K");
    expect(drawn[0]).toBe("");
    expect(drawn.at(-1)).toBe("");
    expect(drawn.slice(1, 3)).toEqual(["0/3 done · 1 in flight · 0.0…", "0/3 done · 2 in flight · 0.0…"]);
    expect(drawn.filter((line) => Array.from(line).length > 29 || line.includes("\n"))).toEqual([]);
  });

  test("not at all under --quiet", () => {
    expect([shown({ quiet: true, live: true }), shown({ quiet: true, live: false })]).toEqual(["", ""]);
  });
});
