import { join } from "node:path";
import { expect, test } from "vitest";
import { localLines, localRow } from "../../src/cli/run/run-rows.ts";
import { runId } from "../../src/core/ids.ts";
import { openRecordLog } from "../../src/files/record-log.ts";
import { openJournal } from "../../src/llm/journal.ts";
import { runInProcess } from "../support/run-in-process.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

test("what an interrupted run left has not failed", () => {
  const folder = temporaryFolder({ "request.json": "{}" });
  const journal = openJournal({
    current: openRecordLog(join(folder, "journal.jsonl"), { onDamaged: () => {} }),
    clock: { now: () => 0, sleep: () => Promise.resolve() },
  });
  const statuses = ["ok", "invalid", "cancelled", "stopped_budget"] as const;
  for (const status of statuses) journal.item({ type: "item", id: status, status });
  journal.close();
  const at = (name: string): string => join(folder, name);
  const [row] = localRow({
    id: runId("20260101t000000z-aaaaaa"),
    folder,
    journal: at("journal.jsonl"),
    request: at("request.json"),
    summary: at("summary.json"),
    batches: at("batches"),
    prompts: at("prompts"),
  });
  expect(row).toMatchObject({ state: "interrupted", items: 4, done: 1, failed: 1, left: 2 });
  expect(row === undefined ? [] : localLines(row)[1]).toBe(
    "  1/4 done, 1 failed, 2 left for: answerkey resume 20260101t000000z-aaaaaa",
  );
});

test("work that no request left for counts none", async () => {
  const cwd = temporaryFolder({ "questions/bank.md": unfilledBank(2, "lock") });
  await runInProcess(["fill", "--provider", "offline"], { cwd });
  const { out } = await runInProcess(["runs", "--json"], { cwd });
  expect(JSON.parse(out)).toMatchObject({ runs: [{ items: 2, requests: 0, tokens: 0 }] });
});
