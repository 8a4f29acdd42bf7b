import { plural } from "../format.ts";
import type { BankEntry } from "./init-entries.ts";
import { pathPattern } from "./init-pattern.ts";
import { unfilledOf, type NearMiss } from "./init-survey.ts";

export const SCHEMA_FILE = "answerkey.schema.json";

const MOST_MISSES = 10;

/** The text of a first `answerkey.config.yaml`: what was found, and the rest as comments to take up. */
export function configText(entries: readonly BankEntry[], nearMisses: readonly NearMiss[]): string {
  return [HEAD, banksText(entries, nearMisses), TAIL].join("\n");
}

const HEAD = `# yaml-language-server: $schema=./${SCHEMA_FILE}
#
# What answerkey reads, and how. Written by answerkey init from what it found; it is yours to edit.
# Paths are from this folder. An editor that knows YAML schemas shows every key and what it is for.
`;

function banksText(entries: readonly BankEntry[], nearMisses: readonly NearMiss[]): string {
  if (entries.length === 0 && nearMisses.length === 0) return NO_BANKS;
  const head = "# Which files are banks; the first entry that matches a file decides. Without a dialect it is guessed.";
  const misses = nearMisses.slice(0, MOST_MISSES).flatMap(missLines);
  if (entries.length === 0) return [head, "# banks:", ...misses, ""].join("\n");
  return [head, "banks:", ...entries.flatMap(entryLines), ...misses, ""].join("\n");
}

function entryLines({ files, dialects, covers }: BankEntry): readonly string[] {
  const questions = covers.reduce((sum, file) => sum + file.questions.length, 0);
  const unfilled = covers.reduce((sum, file) => sum + unfilledOf(file), 0);
  return [
    `  # ${plural(questions, "question")} in ${plural(covers.length, "file")}, ${unfilled} unfilled`,
    `  - files: ${list(files)}`,
    ...dialectLines(dialects).map((line) => `    ${line}`),
  ];
}

/** As a comment that becomes an entry when its marks are taken away. */
function missLines({ path, line, dialect, questions, asking, besides }: NearMiss): readonly string[] {
  return [
    `  # Not taken: ${oneLine(path)}:${line} has ${questions} that might be questions, ${asking} of them ask something.`,
    `  # - files: ${list([pathPattern(path)])}`,
    ...dialectLines([...besides, dialect ?? "house"]).map((each) => `  #   ${each}`),
    ...(dialect === undefined ? ["  #   # house: no built-in layout fits; describe yours under dialects: below"] : []),
  ];
}

function dialectLines(dialects: readonly string[]): readonly string[] {
  const [first, second] = dialects;
  if (first === undefined) return [];
  return [second === undefined ? `dialect: ${first}` : `dialects: [${dialects.join(", ")}]`];
}

/** JSON is YAML too, and escapes whatever a path may hold. */
function list(values: readonly string[]): string {
  return `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;
}

function oneLine(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

const NO_BANKS = `# Which files are banks; the first entry that matches a file decides. Without a dialect it is guessed.
# Without entries, whatever lies in questions/ is looked through.
# banks:
#   - files: ["docs/**/*questions.md"]
#     dialect: headed
`;

const TAIL = String.raw`# Files that are never banks:
# exclude: ["**/_backup/**", "**/CHANGELOG.md"]

# A layout of your own, where none of the built-in ones fits:
# dialects:
#   house:
#     question: { start: '^@ (?<n>\d+) (?<q>.*)$' }
#     answer: { start: '^>>' }
#     unfilled: { placeholder: ['^TBD$'] }

# Defaults of answerkey fill; grade: takes the same keys. A flag of the same name wins.
# A key or an endpoint never stands here: see .env.example.
# fill:
#   provider: auto            # auto, openai or offline
#   model: gpt-5-mini
#   budget: 5                 # dollars that a run never spends more than
`;
