import { expect, test } from "vitest";
import { bankConfigSchema } from "../../../src/bank/bank-config.ts";
import { indexBank } from "../../../src/bank/index-bank.ts";
import type { Bank } from "../../../src/bank/question.ts";
import { readBankFile } from "../../../src/bank/read-bank-file.ts";
import { matchRubrics } from "../../../src/grade/rubric/rubric-match.ts";
import type { PlacedRubric } from "../../../src/grade/rubric/rubric-reader.ts";
import { placedOf } from "./rubric-samples.ts";

function bankOf(files: Readonly<Record<string, string>>): Bank {
  const config = bankConfigSchema.parse({});
  const read = Object.entries(files).map(([path, text]) => readBankFile(path, new TextEncoder().encode(text), config));
  return indexBank(read);
}

function question(text: string): string {
  return `## Question 1\n\n**${text}**\n\n**Answer:** _[To be filled]_\n\n---\n\n`;
}

function rubric(file: string, head: string): PlacedRubric {
  return placedOf(`${head}\ncriteria: [{ id: a, text: t, points: 1 }]\n`, file);
}

const BANK = bankOf({
  "b.md": question("What is a lock?") + question("What is a queue?"),
  "a.md": question("What is a thread?") + question("What is a lock?") + question("What is a race?"),
});

test("rubrics find their questions by id or by text, wherever these stand", () => {
  const [thread, , race] = BANK.files[0]?.questions ?? [];
  const rubrics = [
    rubric("race", `question: ${race?.id}`),
    rubric("lock", "match: what is a LOCK"),
    rubric("lost", "match: What is a mutex?"),
    rubric("thread", `question: ${thread?.id}`),
    rubric("again", "match: What   is a thread?!"),
    rubric("gone", "question: q-ffffffffffff"),
  ];
  const { matched, contested, withoutQuestion, withoutRubric } = matchRubrics(rubrics, BANK);
  expect({
    matched: matched.map(({ file, question: { text }, rubric: placed }) => [file.path, text, placed.file]),
    contested: contested.map(({ question: { text }, rubrics: all }) => [text, ...all.map(({ file }) => file)]),
    withoutQuestion: withoutQuestion.map(({ file }) => file),
    withoutRubric: withoutRubric.map(({ file, question: { text } }) => [file.path, text]),
  }).toEqual({
    matched: [
      ["a.md", "What is a lock?", "lock"],
      ["a.md", "What is a race?", "race"],
      ["b.md", "What is a lock?", "lock"],
    ],
    contested: [["What is a thread?", "thread", "again"]],
    withoutQuestion: ["lost", "gone"],
    withoutRubric: [["b.md", "What is a queue?"]],
  });
});

test("a bank without rubrics, and rubrics without a bank", () => {
  const one = rubric("x", "match: Why?");
  expect(matchRubrics([], BANK).withoutRubric.length).toBe(5);
  expect(matchRubrics([one], { files: [] })).toEqual({
    matched: [],
    contested: [],
    withoutRubric: [],
    withoutQuestion: [one],
  });
});
