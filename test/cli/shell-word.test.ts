import { expect, test } from "vitest";
import { shellWord } from "../../src/cli/shell-word.ts";
import { runInProcess } from "../support/run-in-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

test.each([
  ["questions/a-1.md", "questions/a-1.md"],
  ["a b.md", "'a b.md'"],
  ["a&b.md", "'a&b.md'"],
  ["it's.md", String.raw`'it'\''s.md'`],
  ["$HOME", "'$HOME'"],
  ["", "''"],
])("%j is written %s for a shell", (text, word) => expect(shellWord(text)).toBe(word));

test("status names the next command as it can be pasted", async () => {
  const cwd = temporaryFolder({
    "questions/a & b.md": "## Question 1: What is a heap?\n\n**Answer:** _[To be filled]_\n",
  });
  const { err } = await runInProcess(["status", "questions/a & b.md"], { cwd });
  expect(err).toBe("next: answerkey fill 'questions/a & b.md' --dry-run\n");
});
