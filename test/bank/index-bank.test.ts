import * as fc from "fast-check";
import { expect, test } from "vitest";
import { bankConfigSchema } from "../../src/bank/bank-config.ts";
import { indexBank } from "../../src/bank/index-bank.ts";
import type { Bank, BankFile } from "../../src/bank/question.ts";
import { textHash } from "../../src/bank/question-hash.ts";
import { readBankFile } from "../../src/bank/read-bank-file.ts";
import { bytesOf } from "./byte-texts.ts";

const config = bankConfigSchema.parse({});

function file(path: string, ...questions: readonly string[]): BankFile {
  const blocks = questions.map((question, index) => `## Question ${index + 1}\n\n**${question}**\n\n**Answer:** TBD\n`);
  return readBankFile(path, bytesOf(blocks.join("\n")), config);
}

function idsOf(bank: Bank): readonly string[] {
  return bank.files.flatMap(({ path, questions }) => questions.map(({ id, ordinal }) => `${path} ${id} ${ordinal}`));
}

test("equal questions are numbered across the bank, in the order of paths", () => {
  const id = `q-${textHash("Why?").slice(7, 19)}`;
  expect(idsOf(indexBank([file("b.md", "Why?"), file("a.md", "Why?", "WHY ?!", "Why [E]?")]))).toEqual([
    `a.md ${id} 0`,
    `a.md ${id}-2 1`,
    `a.md q-${textHash("Why [E]?").slice(7, 19)} 0`,
    `b.md ${id}-3 0`,
  ]);
});

test("an id in the file wins, and is made distinct too", () => {
  const files = [
    file("a.md", "What?", "Why? <!-- id: gil -->"),
    file("b.md", "How? <!-- id: gil -->", "When? <!-- id: ../x -->"),
  ];
  const ids = indexBank(files).files.flatMap(({ questions }) => questions.map(({ id }) => id));
  expect(ids).toEqual([`q-${textHash("What?").slice(7, 19)}`, "gil", "gil-2", `q-${textHash("When?").slice(7, 19)}`]);
});

test("respacing, repunctuation and case do not change the hash of a text, other words do", () => {
  expect(textHash("What is *MLOps*?")).toBe(textHash("what ismlops"));
  expect(textHash("Cafe\u0301?")).toBe(textHash("café"));
  expect(textHash("What is ML?")).not.toBe(textHash("What is DL?"));
  expect(textHash("???")).not.toBe(textHash("!!!"));
});

test("ids are distinct, whatever the texts", () => {
  const text = fc.constantFrom("Why?", "What?", "Why? <!-- id: why -->", "why", "How? <!-- id: why-2 -->", "漢?");
  fc.assert(
    fc.property(fc.array(fc.array(text, { maxLength: 6 }), { maxLength: 4 }), (files) => {
      const bank = indexBank(files.map((questions, index) => file(`${index}.md`, ...questions)));
      const ids = bank.files.flatMap(({ questions }) => questions.map(({ id }) => id));
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBe(files.flat().length);
    }),
  );
});
