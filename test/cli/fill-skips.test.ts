import { expect, test } from "vitest";
import { runInProcess } from "../support/run-in-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const open = (...names: readonly string[]): string =>
  names.map((name, at) => `## Question ${at + 1}: What is a ${name}?\n\n**Answer:** _[To be filled]_\n`).join("\n");

const choice = (name: string): string =>
  `## Question: What holds ${name}?\n\n- A) A heap\n- B) A tree\n\n**Answer:** _[To be filled]_\n`;

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

test("fill names the states that it leaves alone, as --states takes them", async () => {
  const cwd = temporaryFolder({
    "questions/a.md": `${open("heap")}\n${choice("much")}\n${choice("more")}`,
    "questions/sources/notes.md": "# heap\n\nA heap is a structure that keeps what is put into a heap in order.\n",
  });
  const run = async (...args: readonly string[]): Promise<string> => {
    const { out, err } = await runInProcess([...args], { cwd });
    return `${out}${err}`;
  };
  expect(await run("fill", "--provider", "offline", "--dry-run")).toContain(
    "1 question to draft · 1 note to draw on\n  2 choice: left alone unless --states choice asks for them\n",
  );
  expect(await run("fill", "--provider", "offline", "--dry-run", "--states", "choice")).toContain(
    "2 questions to draft",
  );
  expect(await run("apply", "--dry-run")).toBe("nothing to apply: no proposal is accepted\nnext: answerkey review\n");
});
