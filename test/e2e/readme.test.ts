import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { commandLine } from "../../src/cli/project/completion.ts";
import { namedCommands, throughBlocks } from "../support/document-blocks.ts";
import { documentProject } from "../support/document-project.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const HOW_TO = join(ROOT, "src/how-to");
const DOCUMENTS = [
  join(ROOT, "README.md"),
  ...readdirSync(HOW_TO)
    .toSorted()
    .map((name) => join(HOW_TO, name)),
];
/** How-tos that start from the shipped bank; the others make their own files. */
const ON_EXAMPLE = /README|pull-requests|ci-gate|grading|exchange|long-runs|many-machines/;

const BANK = "questions/llmops/theory_questions.md";
const bankAsShipped = readFileSync(join(ROOT, BANK), "utf8");

/** Why blocks of commands are not run, in all documents. */
async function notRun(): Promise<readonly string[]> {
  const reasons: string[] = [];
  for (const path of DOCUMENTS) {
    await throughBlocks(readFileSync(path, "utf8"), (block) => {
      if (block.kind === "elsewhere") reasons.push(`${path.slice(ROOT.length + 1)}: ${block.reason}`);
      return Promise.resolve(undefined);
    });
  }
  return reasons;
}

const commands = commandLine();

/** What a command named in prose has that the program does not. */
function unknownIn(named: string): readonly string[] {
  const words = named.split(" ");
  const found = commands.findLast(({ path }) => path.length > 0 && path.every((word, at) => words[at] === word));
  if (found === undefined) return [named];
  const long = new Set([...found.options.map((option) => option.long), "--json", "--quiet", "--config", "--help"]);
  return words.filter((word) => word.startsWith("--") && !long.has(word)).map((word) => `${named}: ${word}`);
}

describe.each(DOCUMENTS.map((path) => [path.slice(ROOT.length + 1), path]))("%s", (name, path) => {
  // After a change of what commands print: npm run example
  test("shows what its commands print", async () => {
    const project = await documentProject(ON_EXAMPLE.test(name));
    const text = readFileSync(path, "utf8");
    const real = await throughBlocks(text, project.perform);
    if (process.env["UPDATE_EXAMPLE"] === "1") writeFileSync(path, real);
    expect(readFileSync(path, "utf8")).toBe(real);
    if (name === "README.md") expect(readFileSync(join(project.cwd, BANK), "utf8")).toBe(bankAsShipped);
  });

  test("names commands and options that there are", () => {
    expect(namedCommands(readFileSync(path, "utf8")).flatMap(unknownIn)).toEqual([]);
  });
});

test("what is not run needs something that a test cannot have", async () => {
  expect(await notRun()).toMatchInlineSnapshot(`
    [
      "src/how-to/local-models.md: needs Ollama and a model of some gigabytes",
      "src/how-to/local-models.md: needs a model of some gigabytes",
      "src/how-to/many-machines.md: they have a PostgreSQL of their own",
      "src/how-to/observability.md: needs a collector",
    ]
  `);
});
