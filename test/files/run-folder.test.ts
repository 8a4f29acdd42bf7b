import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Clock } from "../../src/core/clock.ts";
import { createRunFolder, listRuns, readSummary, runFolder, writeSummary } from "../../src/files/run-folder.ts";
import { openWorkspace } from "../../src/files/workspace.ts";
import { filesOf, temporaryFolder } from "../support/temporary-folder.ts";

function clockAt(time: string): Clock {
  return { now: () => Date.parse(time), sleep: () => Promise.reject(new Error("nobody sleeps here")) };
}

test("runs made at one moment are distinct, and are listed oldest first", () => {
  const workspace = openWorkspace(temporaryFolder());
  expect(listRuns(workspace)).toEqual([]);
  const late = createRunFolder(workspace, clockAt("2026-11-23T10:12:04.999Z"));
  const early = Array.from({ length: 40 }, () => createRunFolder(workspace, clockAt("2026-01-02T03:04:05Z")));
  expect(late.id).toBe("2026-11-23t10-12-04z");
  expect(early.map(({ id }) => id).slice(0, 2)).toEqual(["2026-01-02t03-04-05z", "2026-01-02t03-04-05z-02"]);
  expect(new Set(early.map(({ id }) => id)).size).toBe(40);
  mkdirSync(join(workspace.runs, "Not A Run"));
  writeFileSync(join(workspace.runs, "notes.md"), "");
  const runs = listRuns(workspace);
  expect(runs.length).toBe(41);
  expect(runs.at(-1)).toEqual(late);
  expect(late).toEqual(runFolder(workspace, late.id));
  expect(statSync(late.folder).mode & 0o777).toBe(0o700);
});

test("a summary is plain data for its owner, replaced as a whole", () => {
  const root = temporaryFolder();
  const run = createRunFolder(openWorkspace(root), clockAt("2026-11-23T10:12:04Z"));
  expect(readSummary(run)).toBe(undefined);
  writeSummary(run, { drafted: 1 });
  writeSummary(run, { drafted: 2, cost: { kind: "known", usd: 0.5 } });
  expect(readSummary(run)).toEqual({ drafted: 2, cost: { kind: "known", usd: 0.5 } });
  expect(statSync(run.summary).mode & 0o777).toBe(0o600);
  expect(Object.values(filesOf(root))).toEqual([
    '{\n  "drafted": 2,\n  "cost": {\n    "kind": "known",\n    "usd": 0.5\n  }\n}\n',
  ]);
  writeFileSync(run.summary, "");
  expect(readSummary(run)).toBe(undefined);
});
