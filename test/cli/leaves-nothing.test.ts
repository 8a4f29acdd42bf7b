import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { runInProcess } from "../support/run-in-process.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Files and folders alike. */
const everythingIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).toSorted();

const NOWHERE = "http://127.0.0.1:9/v1";

describe("a command that fails or has nothing to write leaves no file and no folder", () => {
  test.each([
    ["status", 0],
    ["audit --fix --dry-run", 0],
    ["fill --provider offline --dry-run", 0],
    [`fill --model nameless --base-url ${NOWHERE} --budget 1`, 2],
    ["fill --provider offline --log-file nowhere/log.jsonl", 2],
    ["fill --provider offline --engine queue", 2],
    ["fill --provider offline --engine queue --database postgres://127.0.0.1:9/none", 2],
    ["review accept q-000000000000", 2],
    ["review accept --all", 0],
    ["review reject q-000000000000", 2],
    ["review reject --all", 0],
    ["review undo q-000000000000", 2],
    ["review undo --all", 0],
    ["apply", 0],
    ["grade override c-001 q-000000000000 --mark 3 --reason why", 2],
    ["export --to html --out deep/guide.html", 2],
  ])("answerkey %s", async (line, expected) => {
    const cwd = temporaryFolder({ "questions/parts.md": unfilledBank(2) });
    const before = everythingIn(cwd);
    const { code } = await runInProcess(line.split(" "), { cwd });
    expect({ code, left: everythingIn(cwd) }).toEqual({ code: expected, left: before });
  });
});
