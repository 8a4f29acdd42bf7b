import { appendFileSync, statSync } from "node:fs";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { openRecordLog } from "../../src/files/record-log.ts";
import { openJournal } from "../../src/llm/journal.ts";
import type { Entry, ResultRecord } from "../../src/llm/journal-records.ts";
import { MemoryRecordLog } from "../support/memory-record-log.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

const usage = { inputTokens: 10, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 5, reasoningTokens: 0 };
const cost = { kind: "known", usd: 0.5 } as const;
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function result(key: string, more: Partial<ResultRecord> = {}): Entry<ResultRecord> {
  const base = { type: "result", key, status: "ok", text: `text of ${key}`, format: "schema" } as const;
  return { ...base, maxOutputTokens: 100, attempts: 1, usage, cost, responseIds: [], ...more };
}

function filled(...entries: Entry<ResultRecord>[]): MemoryRecordLog {
  const log = new MemoryRecordLog();
  const journal = openJournal({ current: log, clock: new VirtualClock() });
  for (const entry of entries) journal.result(entry);
  return log;
}

const reopen = (current: MemoryRecordLog, earlier: MemoryRecordLog[] = []) =>
  openJournal({ current, earlier, clock: new VirtualClock() });

test("results are found by key in the run's own log and in earlier ones, the newest first", () => {
  const earlier = filled(result("a"), result("b", { text: "old" }));
  const journal = reopen(filled(result("b", { text: "new" })), [earlier]);
  expect([journal.find("a", 1)?.text, journal.find("b", 1)?.text, journal.find("c", 1)]).toEqual([
    "text of a",
    "new",
    undefined,
  ]);
});

test("an answer outlives a later fault of the same request", () => {
  const journal = reopen(filled(result("a"), result("a", { status: "refused", text: "no" })));
  expect(journal.find("a", 1)?.status).toBe("ok");
});

test("a truncated result holds for tasks that allow no more", () => {
  const journal = reopen(new MemoryRecordLog(), [filled(result("a", { status: "truncated", maxOutputTokens: 100 }))]);
  expect([100, 101].map((limit) => journal.find("a", limit)?.status)).toEqual(["truncated", undefined]);
});

test("refusals and misfits hold in other runs too, as paid for as they are", () => {
  const statuses = ["refused", "filtered", "invalid"] as const;
  const log = filled(...statuses.map((status) => result(status, { status })));
  const [own, other] = [reopen(log), reopen(new MemoryRecordLog(), [log])];
  expect(statuses.map((key) => own.find(key, 1)?.status)).toEqual([...statuses]);
  expect(statuses.map((key) => other.find(key, 1)?.status)).toEqual([...statuses]);
});

test("totals and items of earlier sessions are taken up", () => {
  const log = new MemoryRecordLog();
  const first = openJournal({ current: log, clock: new VirtualClock() });
  first.plan({ type: "plan", provider: "p", endpoint: "e", model: "m", items: 2 });
  const attempt = {
    type: "attempt",
    key: "a",
    task: "draft",
    number: 1,
    milliseconds: 5,
    maxOutputTokens: 9,
    verdict: "ok",
  } as const;
  first.attempt({ ...attempt, usage, cost });
  first.attempt({ ...attempt, usage, cost });
  first.item({ type: "item", id: "q-1", status: "refused" });
  first.item({ type: "item", id: "q-1", status: "ok" });
  const journal = reopen(log);
  expect(journal.totals()).toEqual({
    attempts: 2,
    usage: { ...usage, inputTokens: 20, outputTokens: 10 },
    cost: { kind: "known", usd: 1 },
  });
  expect([...journal.items()]).toEqual([["q-1", "ok"]]);
});

test("records of another version or shape are left alone and counted", () => {
  const log = filled(result("a"));
  log.append({ v: 2, type: "result", key: "b", status: "ok" });
  log.append({ v: 1, type: "result", key: "c" });
  const journal = reopen(log);
  expect([journal.find("a", 1)?.key, journal.find("b", 1), journal.find("c", 1), journal.skipped]).toEqual([
    "a",
    undefined,
    undefined,
    2,
  ]);
});

test("the disk is made to keep up a second after a result, and at the end", async () => {
  const log = new MemoryRecordLog();
  const clock = new VirtualClock();
  const journal = openJournal({ current: log, clock });
  for (let index = 0; index < 45; index += 1) journal.result(result(`k${index}`));
  const syncs = [log.syncs];
  await clock.sleep(1_001);
  syncs.push(log.syncs);
  await clock.sleep(5_000);
  syncs.push(log.syncs);
  journal.result(result("last"));
  journal.close();
  expect([...syncs, log.syncs, log.isClosed]).toEqual([0, 1, 1, 2, true]);
});

test("100,000 records with a torn last line are ready within the memory allowed", () => {
  const folder = mkdtempSync(join(tmpdir(), "journal-"));
  folders.push(folder);
  const path = join(folder, "journal.jsonl");
  const text = "An answer of ordinary length. ".repeat(10);
  for (let batch = 0; batch < 100; batch += 1) {
    const lines = Array.from({ length: 1_000 }, (_, index) => {
      const key = (batch * 1_000 + index).toString(16).padStart(64, "0");
      return `${JSON.stringify({ v: 1, at: 1, ...result(key, { text }) })}\n`;
    });
    appendFileSync(path, lines.join(""));
  }
  appendFileSync(path, '{"v":1,"type":"resu');
  expect(statSync(path).size).toBeGreaterThan(50_000_000);

  const before = process.memoryUsage().rss;
  const journal = openJournal({ current: openRecordLog(path), clock: new VirtualClock() });
  const megabytes = (process.memoryUsage().rss - before) / 2 ** 20;
  expect(journal.find((99_999).toString(16).padStart(64, "0"), 1)?.text).toBe(text);
  expect(journal.skipped).toBe(0);
  journal.close();
  expect(megabytes).toBeLessThan(250);
});
