import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { didYouMean, nearestNames } from "../../src/cli/nearest-names.ts";
import { runInProcess } from "../support/run-in-process.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

test("names that begin so win; else the nearest, each once, at most three; else what is said instead", () => {
  const known = ["q-0123456789ab", "q-0123456789ac", "q-fedcba987654", "q-0123456789ab"];
  expect(nearestNames("q-01", known)).toEqual(["q-0123456789ab", "q-0123456789ac"]);
  expect(nearestNames("q-0123456798ab", known)).toEqual(["q-0123456789ab", "q-0123456789ac"]);
  expect(nearestNames("Q-FEDCBA98765", known)).toEqual(["q-fedcba987654"]);
  expect(nearestNames("", known)).toEqual([]);
  expect(didYouMean("elsewhere", known, "answerkey review list shows them")).toBe("answerkey review list shows them");
  expect(didYouMean("q-fedcba987645", known, "")).toBe("did you mean q-fedcba987654?");
});

async function drafted(): Promise<{ readonly cwd: string; readonly id: string; readonly run: string }> {
  const cwd = temporaryFolder({
    "questions/locks.md": unfilledBank(1, "lock"),
    "questions/sources/locks.md":
      "# Locks\n\nLock number 1 keeps others out of a room, and stops where its holder leaves.\n",
    "docs/bolts.md": unfilledBank(1, "bolt"),
  });
  await runInProcess(["fill", "--provider", "offline", "--quiet"], { cwd });
  const [file = ""] = readdirSync(join(cwd, "outputs/proposals/questions/locks"));
  const [run = ""] = readdirSync(join(cwd, "outputs/runs"));
  return { cwd, id: file.replace(/\.md$/, ""), run };
}

const swapped = (text: string): string => `${text.slice(0, -2)}${text.slice(-1)}${text.slice(-2, -1)}x`;

describe("what is mistyped is answered with what was meant", () => {
  test("ids, runs, files, folders, dialects", async () => {
    const { cwd, id, run } = await drafted();
    const hintOf = async (...args: readonly string[]) => (await runInProcess(args, { cwd })).err.split("\n")[1]?.trim();
    expect(await hintOf("review", "show", swapped(id))).toBe(`did you mean ${id}?`);
    expect(await hintOf("review", "show", id.slice(0, 6))).toBe(`did you mean ${id}?`);
    expect(await hintOf("review", "accept", swapped(id))).toBe(`did you mean ${id}?`);
    expect(await hintOf("review", "undo", swapped(id))).toBe(`did you mean ${id}?`);
    expect(await hintOf("fill", "--only", swapped(id))).toBe(`did you mean ${id}?`);
    expect(await hintOf("rubric", "draft", "--provider", "offline", "--only", swapped(id))).toBe(`did you mean ${id}?`);
    expect(await hintOf("resume", swapped(run))).toBe(`did you mean ${run}?`);
    expect(await hintOf("fill", "--redo", "--provider", "recorded", "--recording", swapped(run))).toBe(
      `did you mean ${run}?`,
    );
    expect(await hintOf("status", "docs/blots.md")).toBe(`Did you mean ${join(cwd, "docs/bolts.md")}?`);
    expect(await hintOf("status", "dosc/bolts.md")).toBe(`Did you mean ${join(cwd, "docs")}?`);
    expect(await hintOf("audit", "elsewhere/bolts.md")).toBe("Check the path.");
  });

  test("a dialect in the configuration", async () => {
    const cwd = temporaryFolder({
      "questions/locks.md": unfilledBank(1),
      "answerkey.config.yaml": "banks: [{ files: questions/*.md, dialect: haeded }]\n",
    });
    const { code, err } = await runInProcess(["status"], { cwd });
    expect({ code, err }).toEqual({
      code: 2,
      err: 'error: questions/locks.md: there is no dialect "haeded"\n  did you mean headed?\n',
    });
  });
});
