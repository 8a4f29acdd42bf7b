import { expect, test } from "vitest";
import { runInProcess } from "../support/run-in-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const open = (...names: readonly string[]): string =>
  names.map((name, at) => `## Question ${at + 1}: What is a ${name}?\n\n**Answer:** _[To be filled]_\n`).join("\n");

test("fill says of what it passes over why, of one as of many", async () => {
  const cwd = temporaryFolder({
    "questions/a.md": open("heap"),
    "questions/b.md": open("tree", "trie"),
    "questions/sources/notes.md": ["heap", "tree", "trie"]
      .map((name) => `# ${name}\n\nA ${name} is a structure that keeps what is put into a ${name} in order.\n`)
      .join("\n"),
  });
  const run = async (...args: readonly string[]): Promise<string> => {
    const { out, err } = await runInProcess(["fill", "--provider", "offline", ...args], { cwd });
    return `${out}${err}`;
  };
  expect(await run("--dry-run", "questions/a.md")).toContain(
    "1 question to draft · 1 note to draw on\n  2 not asked for\n",
  );
  await run("questions/a.md");
  expect(await run("questions/a.md")).toBe(
    "nothing to fill: 3 questions in 2 files, no request made, no file changed\n" +
      "  2 not asked for\n" +
      "  1 has a proposal that waits for review\n" +
      "next: answerkey review\n",
  );
  await run();
  expect(await run()).toContain("  3 have a proposal that waits for review\n");
});
