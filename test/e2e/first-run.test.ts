import { cpSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { runCli } from "../support/run-cli.ts";
import { filesOf, temporaryFolder } from "../support/temporary-folder.ts";

const SHIPPED = resolve(import.meta.dirname, "../../questions");
const BANK = "questions/llmops/theory_questions.md";

function shippedProject(): string {
  const folder = temporaryFolder();
  cpSync(SHIPPED, join(folder, "questions"), { recursive: true });
  return folder;
}

describe("the shipped bank, offline, from nothing to filled and back", () => {
  test("fill leaves 20 clean proposals and says where, at what cost and what to do next; the bank stays as it was", async () => {
    const cwd = shippedProject();
    const before = readFileSync(join(cwd, BANK));
    const first = await runCli(["fill", "--provider", "offline"], { cwd });
    expect(first.code).toBe(0);
    expect(first.out).toBe("20 proposals in outputs/proposals/ · no request · $0.00\nnext: answerkey review\n");
    const proposals = Object.keys(filesOf(join(cwd, "outputs/proposals")));
    expect(proposals).toHaveLength(20);
    expect(proposals.every((path) => /^questions\/llmops\/theory_questions\/q-[0-9a-f]{12}\.md$/.test(path))).toBe(true);
    expect(readFileSync(join(cwd, BANK)).equals(before)).toBe(true);
  });

  test("run again, it makes no call, changes no file and says so", async () => {
    const cwd = shippedProject();
    await runCli(["fill", "--provider", "offline"], { cwd });
    const before = filesOf(cwd);
    const second = await runCli(["fill", "--provider", "offline"], { cwd });
    expect(second).toEqual({
      code: 0,
      out: "nothing to fill: 20 questions in 1 file, no request made, no file changed\n  20 have a proposal that waits for review\nnext: answerkey review\n",
      err: "",
    });
    expect(filesOf(cwd)).toEqual(before);
  });

  test("accepted, applied and undone, every byte of the bank is back", async () => {
    const cwd = shippedProject();
    const before = readFileSync(join(cwd, BANK));
    await runCli(["fill", "--provider", "offline"], { cwd });
    const accepted = await runCli(["review", "accept", "--all", "--by", "Ada"], { cwd });
    expect(accepted).toEqual({ code: 0, out: "20 proposals accepted by Ada\nnext: answerkey apply --dry-run\n", err: "" });
    const applied = await runCli(["apply"], { cwd });
    expect(applied.code).toBe(0);
    const filled = await runCli(["status", "--json"], { cwd });
    expect(JSON.parse(filled.out).totals).toMatchObject({ questions: 20, filled: 20, unfilled: 0 });
    const undone = await runCli(["review", "undo", "--all"], { cwd });
    expect(undone.code).toBe(0);
    expect(readFileSync(join(cwd, BANK)).equals(before)).toBe(true);
    const check = await runCli(["review", "check"], { cwd });
    expect(check.code).toBe(1);
    expect(check.out).toContain("chain whole");
  });
});
