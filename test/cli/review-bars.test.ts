import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { reviewReport } from "../../src/review/check.ts";
import { fileCallsIn } from "../support/file-calls.ts";
import { runInProcess } from "../support/run-in-process.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { BANK, deskProject } from "./desk-project.ts";

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

test("fifty drafts written and taken out again leave the file's bytes; one edited by hand since stays", async () => {
  const { cwd, read, write } = await deskProject({ files: { [BANK]: unfilledBank(50) } });
  const before = digest(read());
  const call = async (...args: readonly string[]): Promise<number | null> =>
    (await runInProcess(["review", ...args], { cwd })).code;
  await call("accept", "--all");
  await runInProcess(["apply"], { cwd });
  expect(read().match(/Draft \d+: it hands/g)).toHaveLength(50);
  expect(await call("undo", "--all")).toBe(0);
  expect(digest(read())).toBe(before);

  await call("accept", "--all");
  await runInProcess(["apply"], { cwd });
  write(read().replace("Draft 7: it hands", "Draft 7, by hand: it hands"));
  expect(await call("undo", "--all")).toBe(1);
  expect(read().match(/Draft \d+.*?: it hands/g)).toEqual(["Draft 7, by hand: it hands"]);
});

test("the check opens every proposal and bank once, says what its schema says, and needs no input", async () => {
  const opened = [];
  for (const questions of [100, 400]) {
    const { cwd } = await deskProject({ files: { [BANK]: unfilledBank(questions) } });
    let said = "";
    const calls = await fileCallsIn(async () => {
      const { code, out } = await runInProcess(["review", "check", "--json"], { cwd });
      expect(code).toBe(1);
      said = out;
    });
    const { unreadable, log, ...report } = JSON.parse(said);
    expect(reviewReport.parse(report)).toMatchObject({ gate: "open", statuses: { pending: questions } });
    expect([unreadable, log.status]).toEqual([[], "whole"]);
    opened.push(calls.opened - questions);
  }
  expect(opened[1]).toBe(opened[0]);
});
