import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bankConfigSchema, dialectNamed, isListed, type BankConfig } from "../../src/bank/bank-config.ts";
import { parseFile } from "../../src/bank/parse.ts";
import type { BankFile } from "../../src/bank/question.ts";
import { configSchema } from "../../src/cli/config.ts";
import { configText } from "../../src/cli/project/init-config.ts";
import { bankEntries, type ReadsSame } from "../../src/cli/project/init-entries.ts";
import { isBank, surveyFiles } from "../../src/cli/project/init-survey.ts";
import { parseYaml } from "../../src/files/lossless-yaml.ts";

const DETECTION = bankConfigSchema.parse({});

const headed = (count: number): string =>
  Array.from(
    { length: count },
    (_, at) => `## Question ${at + 1}\n\n**What is part ${at}?**\n\n**Answer:** _[To be filled]_\n`,
  ).join("\n");
const numbered = (count: number): string =>
  Array.from({ length: count }, (_, at) => `### ${at + 1}. What is part ${at}?\n\nIt is a part.\n`).join("\n");
const folded = (count: number): string =>
  Array.from(
    { length: count },
    (_, at) => `<details>\n<summary>What is part ${at}?</summary><br><b>\n</b></details>\n`,
  ).join("\n");
const NOTES = "# Notes\n\nNothing is asked here.\n\n## One\n\nText.\n\n## Two\n\n1. First this.\n2. Then that.\n";

const places = ({ questions }: BankFile): unknown =>
  questions.map(({ span, state, slot }) => ({ span, state, slot: slot.span }));

const readsSame: ReadsSame = (file, names) => {
  const dialects = names.map((name) => dialectNamed(name, DETECTION));
  return (
    JSON.stringify(places(parseFile({ path: file.path, source: file.source, dialects, chosenBy: "config" }))) ===
    JSON.stringify(places(file))
  );
};

function planned(files: Readonly<Record<string, string>>): { readonly text: string; readonly config: BankConfig } {
  const survey = surveyFiles(bytesOf(files), DETECTION);
  const text = configText(bankEntries(survey.files, readsSame), survey.nearMisses);
  const { fill: _fill, grade: _grade, ...config } = configSchema.parse(parseYaml(text) ?? {});
  return { text, config };
}

function bytesOf(files: Readonly<Record<string, string>>): ReadonlyMap<string, Uint8Array> {
  return new Map(Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)]));
}

const name = fc.constantFrom(
  "a",
  "b",
  "Part 1",
  "[slug]",
  "(group)",
  "x!y",
  "c+d",
  "{e}",
  "@f",
  "@(x)",
  "+(y)",
  "!(z)",
  "!n",
  "ü",
);
const path = fc
  .tuple(
    fc.array(name, { maxLength: 3 }),
    fc.constantFrom("README", "questions", "q*", "more [1]", "notes"),
    fc.constantFrom("md", "mdx", "markdown"),
  )
  .map(([folders, base, ending]) => `${[...folders, base].join("/")}.${ending}`);
const content = fc.oneof(
  fc.integer({ min: 3, max: 5 }).map(headed),
  fc.integer({ min: 3, max: 5 }).map(numbered),
  fc.integer({ min: 3, max: 5 }).map(folded),
  fc.constant(NOTES),
);

describe("entries for the files that were found", () => {
  test("read every file as it was found, whatever the paths; every bank is listed", () => {
    fc.assert(
      fc.property(fc.dictionary(path, content, { minKeys: 1, maxKeys: 14 }), (files) => {
        const found = surveyFiles(bytesOf(files), DETECTION).files;
        const { config } = planned(files);
        const again = surveyFiles(bytesOf(files), config).files;
        expect(again.map(places)).toEqual(found.map(places));
        expect(found.filter((file) => isBank(file) && !isListed(file.path, config)).map((file) => file.path)).toEqual(
          [],
        );
      }),
      { numRuns: 60 },
    );
  });

  test("name folders where all in them is alike, and files where it is not", () => {
    const { config } = planned({
      "README.md": NOTES,
      "docs/a/one.md": headed(3),
      "docs/a/two.md": headed(4),
      "docs/b/three.md": headed(3),
      "docs/b/notes.md": NOTES,
      "mixed/four.md": numbered(3),
      "mixed/five.md": folded(3),
      "single/six.md": headed(3),
    });
    expect(config.banks).toEqual([
      { files: ["docs/**/*.md"], exclude: [], dialects: undefined, dialect: "headed" },
      { files: ["mixed/four.md"], exclude: [], dialect: "numbered-heading" },
      { files: ["mixed/five.md"], exclude: [], dialect: "details-summary" },
      { files: ["single/six.md"], exclude: [], dialect: "headed" },
    ]);
  });

  test("leave a folder with many layouts to detection", () => {
    const files = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [`wide/f${at}/q.md`, [headed(3), numbered(3), folded(3)][at % 3] ?? ""]),
    );
    expect(planned(files).config.banks).toEqual([{ files: ["wide/**/*.md"], exclude: [] }]);
  });
});

test("the first configuration says what was found, and keeps near misses as comments that become entries", () => {
  const near = `# Review\n\n${["What is a lock?", "Why do we lock?", "How long?"].map((text) => `## ${text}\n\nText.\n`).join("\n")}`;
  const { text } = planned({ "docs/locks.md": headed(3), "docs/review.md": near });
  expect(text.split("# Files that are never banks")[0]).toMatchInlineSnapshot(`
    "# yaml-language-server: $schema=./answerkey.schema.json
    #
    # What answerkey reads, and how. Written by answerkey init from what it found; it is yours to edit.
    # Paths are from this folder. An editor that knows YAML schemas shows every key and what it is for.

    # Which files are banks; the first entry that matches a file decides. Without a dialect it is guessed.
    banks:
      # 3 questions in 1 file, 3 unfilled
      - files: ["docs/locks.md"]
        dialect: headed
      # Not taken: docs/review.md:3 has 3 that might be questions, 3 of them ask something.
      # - files: ["docs/review.md"]
      #   dialect: heading

    "
  `);
  const taken = text.replaceAll(/^ {2}# (- files|  dialect)/gm, "  $1");
  expect(configSchema.parse(parseYaml(taken)).banks.map(({ files, dialect }) => [files, dialect])).toEqual([
    [["docs/locks.md"], "headed"],
    [["docs/review.md"], "heading"],
  ]);
});
