import { join } from "node:path";
import { expect, test } from "vitest";
import { runInProcess } from "../support/run-in-process.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { temporaryFolder, writeFile } from "../support/temporary-folder.ts";

test("a .env that others can read is warned of where its key may be used, and nowhere else", async () => {
  const cwd = temporaryFolder({ "questions/parts.md": unfilledBank(1) });
  writeFile(join(cwd, ".env"), "OPENAI_MODEL=some-model\n", 0o644);
  const warns = async (...args: readonly string[]): Promise<boolean> =>
    (await runInProcess(args, { cwd })).err.includes(".env can be read by other users");
  expect(await warns("fill", "--provider", "offline")).toBe(true);
  for (const args of [
    ["review", "list"],
    ["review", "accept", "--all"],
    ["apply"],
    ["audit"],
    ["status"],
    ["export"],
  ]) {
    expect([args, await warns(...args)]).toEqual([args, false]);
  }
});
