import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { runCli } from "../support/run-cli.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { filesOf, temporaryFolder } from "../support/temporary-folder.ts";
import { hasTerminal, typeAt } from "./typist.ts";

const BIN = resolve(import.meta.dirname, "../../dist/bin.js");

describe.skipIf(!hasTerminal)("at a terminal", () => {
  const FILES = { "docs/locks.md": unfilledBank(3, "lock") };

  test("init asks once, and writes after a yes", async () => {
    const cwd = temporaryFolder(FILES);
    const { code, isRestored } = await typeAt({
      command: [process.execPath, BIN, "init"],
      cwd,
      steps: [{ see: String.raw`write these 3 files\? \[y/N\] $`, type: "y\r" }, { see: "3 files written" }],
    });
    expect({ code, isRestored, files: Object.keys(filesOf(cwd)) }).toEqual({
      code: 0,
      isRestored: true,
      files: [".env.example", "answerkey.config.yaml", "answerkey.schema.json", "docs/locks.md"],
    });
  });

  test.each([
    ["Enter", "\r", 0],
    ["Ctrl-C", "\u0003", 130],
    ["the end of the input", "\u0004", 0],
  ])("%s writes nothing", async (_key, type, expected) => {
    const cwd = temporaryFolder(FILES);
    const { code, isRestored } = await typeAt({
      command: [process.execPath, BIN, "init"],
      cwd,
      steps: [{ see: String.raw`\[y/N\] $`, type }],
    });
    expect({ code, isRestored, files: filesOf(cwd) }).toEqual({ code: expected, isRestored: true, files: FILES });
  });

  test("TAB in bash completes commands, options and their values", async () => {
    const { out } = await runCli(["completion", "bash"], { cwd: temporaryFolder() });
    const cwd = temporaryFolder({ "answerkey.bash": out });
    const { chunks } = await typeAt({
      command: ["bash", "--norc", "--noprofile", "-i"],
      cwd,
      env: { INPUTRC: "/dev/null" },
      steps: [
        { see: String.raw`[#$] $`, type: "bind 'set enable-bracketed-paste off'; source answerkey.bash\r" },
        { see: String.raw`[#$] $`, type: "answerkey rev\tsh\t" },
        { see: "answerkey review show ", type: "\u0015answerkey fill --prov\toff\t--bud\t" },
        { see: "answerkey fill --provider offline --budget ", type: "\u0015answerkey status ans\t" },
        { see: "answerkey status answerkey.bash", type: "\u0015exit\r" },
      ],
    });
    expect(chunks).toHaveLength(6);
  });
});

test("from an empty folder to filled, reviewed, applied and exported, every command as a new user types it", async () => {
  const cwd = temporaryFolder();
  const failed: string[] = [];
  for (const line of [
    "init --yes --gitignore",
    "doctor",
    "status",
    "fill --provider offline",
    "review accept --all --by ada",
    "apply",
    "review check",
    "export --to html --out guide.html",
    "doctor",
    "init",
  ]) {
    const { code, err } = await runCli(line.split(" "), { cwd });
    if (code !== 0) failed.push(`${line}: ${code} ${err}`);
  }
  expect(failed).toEqual([]);
  expect(existsSync(join(cwd, "guide.html"))).toBe(true);
});
