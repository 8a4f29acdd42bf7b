import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runInProcess } from "../support/run-in-process.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { filesOf, temporaryFolder } from "../support/temporary-folder.ts";

/** A run of `fill` as a cloned project holds it: begun, not finished. */
async function clonedRun(cwd: string, operands: readonly string[]): Promise<void> {
  await runInProcess(["fill", "--provider", "offline", "--limit", "1"], { cwd });
  const runs = join(cwd, "outputs/runs");
  const [run = ""] = Object.keys(filesOf(runs)).map((path) => path.split("/")[0]);
  const request = join(runs, run, "request.json");
  writeFileSync(request, JSON.stringify({ ...JSON.parse(readFileSync(request, "utf8")), operands }));
  rmSync(join(runs, run, "summary.json"));
}

test("a run that came with a cloned folder reads nothing outside of it, whatever links the folder holds", async () => {
  const elsewhere = temporaryFolder({ "secret.md": unfilledBank(3) });
  const cwd = temporaryFolder({ "questions/parts.md": unfilledBank(3) });
  symlinkSync(join(elsewhere, "secret.md"), join(cwd, "questions/mine.md"));
  for (const operand of ["questions/mine.md", join(elsewhere, "secret.md"), "../secret.md"]) {
    rmSync(join(cwd, "outputs"), { recursive: true, force: true });
    await clonedRun(cwd, [operand]);
    const before = filesOf(cwd);
    const { code, err } = await runInProcess(["resume", "--provider", "offline"], { cwd });
    expect({
      code,
      error: err
        .split("\n")
        .find((line) => line.startsWith("error"))
        ?.replace(elsewhere, "…"),
    }).toEqual({
      code: 2,
      error: expect.stringMatching(/ is not used as a path: /),
    });
    expect(filesOf(cwd)).toEqual(before);
  }
});

test("a run goes on from any folder of the project", async () => {
  const cwd = temporaryFolder({ "answerkey.config.yaml": "", "questions/parts.md": unfilledBank(3) });
  await clonedRun(cwd, ["questions/parts.md"]);
  mkdirSync(join(cwd, "notes"));
  const { code, err } = await runInProcess(["resume", "--provider", "offline"], { cwd: join(cwd, "notes") });
  expect({ code, error: err.split("\n").find((line) => line.startsWith("error")) }).toEqual({
    code: 1,
    error: undefined,
  });
});
