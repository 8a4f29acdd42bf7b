import { cpSync, readFileSync, writeFileSync } from "node:fs";
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
    const before = filesOf(join(cwd, "questions"));
    const first = await runCli(["fill", "--provider", "offline"], { cwd });
    expect(first).toEqual({
      code: 0,
      out: "20 proposals in outputs/proposals/ · no request · $0.00\nnext: answerkey review\n",
      err: "20 questions to draft · 18 notes to draw on\nprovider: offline (asked for)\n",
    });
    const proposals = Object.keys(filesOf(join(cwd, "outputs/proposals")));
    expect(proposals).toHaveLength(20);
    expect(proposals.filter((path) => !/^questions\/llmops\/theory_questions\/q-[0-9a-f]{12}\.md$/.test(path))).toEqual(
      [],
    );
    expect(filesOf(join(cwd, "questions"))).toEqual(before);
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
    expect(accepted).toEqual({
      code: 0,
      out: "20 proposals accepted by Ada\nnext: answerkey apply --dry-run\n",
      err: "",
    });
    const applied = await runCli(["apply"], { cwd });
    expect(applied).toEqual({
      code: 0,
      out: "20 answers written into 1 file\nto take it back: answerkey review undo --all\n",
      err: "",
    });
    const filled = await runCli(["status", "--json"], { cwd });
    expect(JSON.parse(filled.out).totals).toMatchObject({ questions: 20, filled: 20, unfilled: 0 });
    const undone = await runCli(["review", "undo", "--all"], { cwd });
    expect(undone).toEqual({ code: 0, out: "20 answers taken out of the bank again\n", err: "" });
    expect(readFileSync(join(cwd, BANK)).equals(before)).toBe(true);
    const check = await runCli(["review", "check"], { cwd });
    expect(check).toEqual({
      code: 1,
      out: [
        "proposals: 20 pending, 0 accepted, 0 rejected, 0 applied",
        "open ones by state: 20 clean",
        "decision log: 60 decisions, chain whole",
        "open: proposals wait for a decision or for answerkey apply",
        "",
      ].join("\n"),
      err: "",
    });
  });

  test("fill --apply writes what has no flag in one go, and running it again finds nothing open", async () => {
    const cwd = shippedProject();
    const first = await runCli(["fill", "--provider", "offline", "--apply", "--quiet"], { cwd });
    expect(first).toEqual({
      code: 0,
      out: "20 proposals in outputs/proposals/ · no request · $0.00\n20 answers written into the bank\nnext: answerkey status\n",
      err: "",
    });
    const before = filesOf(cwd);
    const second = await runCli(["fill", "--provider", "offline", "--apply"], { cwd });
    expect(second).toEqual({
      code: 0,
      out: "nothing to fill: 20 questions in 1 file, no request made, no file changed\n",
      err: "",
    });
    expect(filesOf(cwd)).toEqual(before);
    const check = await runCli(["review", "check"], { cwd });
    expect({ code: check.code, last: check.out.trimEnd().split("\n").at(-1) }).toEqual({
      code: 0,
      last: "done: nothing waits for you",
    });
  });
});

test("a key in .env is found by the built command, and is shown nowhere", async () => {
  const cwd = shippedProject();
  writeFileSync(join(cwd, ".env"), "OPENAI_API_KEY=sk-in-the-file\n", { mode: 0o600 });
  const { code, out, err } = await runCli(["fill", "--dry-run", "--model", "gpt-5-mini"], { cwd });
  expect(code).toBe(0);
  expect(err).toContain("provider: openai");
  expect(`${out}${err}`).not.toContain("sk-in-the-file");
});
