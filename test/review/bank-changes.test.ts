import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bankConfigSchema } from "../../src/bank/bank-config.ts";
import { indexBank } from "../../src/bank/index-bank.ts";
import type { Bank } from "../../src/bank/question.ts";
import { readBankFile } from "../../src/bank/read-bank-file.ts";
import { compareBanks, type QuestionChange } from "../../src/review/bank-changes.ts";
import { simpleBank, type SimpleQuestion } from "./simple-bank.ts";

type Files = Readonly<Record<string, readonly SimpleQuestion[]>>;

const LOCK = { text: "What is a lock?", answer: "It lets one in." };
const QUEUE = {
  text: "What is a queue of work?",
  answer: "It keeps work until somebody takes it, in the order it came in.",
};
const HEAP = { text: "What is a heap?" };
const STACK = { text: "How does a stack of plates grow and shrink?", answer: "" };

/** `kind before -> after` of every change. */
function changes(before: Files, after: Files): readonly string[] {
  return told(simpleBank(before), simpleBank(after));
}

function inWords({ kind, before, after }: QuestionChange): string {
  return `${kind} ${before.path}:${before.line} -> ${after === undefined ? "gone" : `${after.path}:${after.line}`}`;
}

function asking(code: string, answer: string): string {
  return `### What does this print?\n\n\`\`\`js\n${code}\n\`\`\`\n\n**Answer:** ${answer}\n\n`;
}

function reading(...asked: readonly string[]): Bank {
  const bytes = new TextEncoder().encode(`# Output\n\n${asked.join("")}`);
  return indexBank([readBankFile("a.md", bytes, bankConfigSchema.parse({}))]);
}

function told(before: Bank, after: Bank): readonly string[] {
  return compareBanks(before, after).changes.map(inWords);
}

describe("what became of questions", () => {
  test.each<[string, Files, Files, readonly string[]]>([
    ["nothing", { "a.md": [LOCK, HEAP] }, { "a.md": [LOCK, HEAP] }, []],
    ["another order and new questions", { "a.md": [LOCK, HEAP] }, { "a.md": [HEAP, QUEUE, LOCK] }, []],
    ["an answer came", { "a.md": [HEAP] }, { "a.md": [{ ...HEAP, answer: "A tree." }] }, []],
    [
      "lost, with where it would stand",
      { "a.md": [LOCK, QUEUE, HEAP], "b.md": [STACK] },
      { "a.md": [LOCK, HEAP] },
      ["lost a.md:2 -> a.md:1", "lost b.md:1 -> gone"],
    ],
    ["an answer went", { "a.md": [LOCK] }, { "a.md": [{ text: LOCK.text }] }, ["answer-lost a.md:1 -> a.md:1"]],
    [
      "an answer altered",
      { "a.md": [LOCK] },
      { "a.md": [{ ...LOCK, answer: "It lets one out." }] },
      ["answer-altered a.md:1 -> a.md:1"],
    ],
    [
      "a file renamed",
      { "a.md": [LOCK, HEAP] },
      { "b.md": [LOCK, HEAP] },
      ["moved a.md:1 -> b.md:1", "moved a.md:2 -> b.md:2"],
    ],
    [
      "renamed, and one of it lost and one reworded",
      { "a.md": [LOCK, HEAP, STACK] },
      { "b.md": [LOCK, { ...STACK, text: "How does a stack of old plates grow and shrink?" }] },
      ["moved a.md:1 -> b.md:1", "lost a.md:2 -> b.md:1", "reworded a.md:3 -> b.md:2", "moved a.md:3 -> b.md:2"],
    ],
    [
      "other words over the same answer",
      { "a.md": [QUEUE] },
      { "a.md": [{ ...QUEUE, text: "Say why programs put things in line" }] },
      ["reworded a.md:1 -> a.md:1"],
    ],
    [
      "the file's own id",
      { "a.md": [{ ...LOCK, explicitId: "lock" }] },
      { "a.md": [{ ...LOCK, text: "Why would one shut a door?", explicitId: "lock" }] },
      ["reworded a.md:1 -> a.md:1"],
    ],
    ["respaced", { "a.md": [LOCK] }, { "a.md": [{ ...LOCK, text: "WHAT is a LOCK?" }] }, ["respaced a.md:1 -> a.md:1"]],
    [
      "one copy of two dropped",
      { "a.md": [LOCK], "b.md": [LOCK] },
      { "b.md": [LOCK] },
      ["copy-dropped a.md:1 -> b.md:1"],
    ],
    [
      "the copy with the answer dropped",
      { "a.md": [LOCK], "b.md": [{ text: LOCK.text }] },
      { "b.md": [{ text: LOCK.text }] },
      ["answer-lost a.md:1 -> b.md:1"],
    ],
    [
      "twins keep to their answers",
      { "a.md": [LOCK, { ...LOCK, answer: "Two." }] },
      { "a.md": [{ ...LOCK, answer: "Two." }], "b.md": [LOCK] },
      ["moved a.md:1 -> b.md:1"],
    ],
  ])("%s", (_title, before, after, expected) => expect(changes(before, after)).toEqual(expected));

  test("is told of the program that went, not of another below the same words", () => {
    const [one, two, three] = [asking("log(1)", "1"), asking("log(2)", "_[To be filled]_"), asking("log(3)", "3")];
    expect(told(reading(one, two, three), reading(two, three))).toEqual(["lost a.md:3 -> a.md:3"]);
    expect(told(reading(one, two, three), reading(three, two, one))).toEqual([]);
    expect(told(reading(one, three), reading(asking("log(1);", "1"), three))).toEqual([]);
    expect(told(reading(one, one, two), reading(one, two))).toEqual(["copy-dropped a.md:11 -> a.md:3"]);
  });

  test("counts what is new and newly answered, and files that shrank or went", () => {
    const { questions, answered, shrunk } = compareBanks(
      simpleBank({ "a.md": [LOCK, HEAP], "b.md": [QUEUE] }),
      simpleBank({ "a.md": [{ ...HEAP, answer: "A tree." }], "c.md": [QUEUE, STACK] }),
    );
    expect({ questions, answered, shrunk }).toEqual({
      questions: { before: 3, after: 3, added: 1 },
      answered: 1,
      shrunk: [
        { path: "a.md", before: 2, after: 1, isGone: false },
        { path: "b.md", before: 1, after: 0, isGone: true },
      ],
    });
  });

  test("whatever is dropped and shuffled, exactly what was dropped is lost", () => {
    const bank = fc.array(
      fc.record({
        file: fc.constantFrom("a.md", "b.md", "c.md"),
        goes: fc.boolean(),
        answer: fc.constantFrom("", "Yes."),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(bank, fc.constantFrom("a.md", "z.md"), (questions, to) => {
        const files = (kept: readonly (typeof questions)[number][], name: (file: string) => string): Files => {
          const grouped: Record<string, SimpleQuestion[]> = {};
          for (const each of kept)
            (grouped[name(each.file)] ??= []).push({ text: wordsOf(questions.indexOf(each)), answer: each.answer });
          return grouped;
        };
        const before = files(questions, (file) => file);
        const after = files(questions.filter(({ goes }) => !goes).toReversed(), (file) =>
          file === "a.md" ? to : file,
        );
        const found = compareBanks(simpleBank(before), simpleBank(after));
        const lost = found.changes.filter(({ kind }) => kind === "lost").map(({ before: { text } }) => text);
        expect(lost.toSorted()).toEqual(questions.flatMap(({ goes }, at) => (goes ? [wordsOf(at)] : [])).toSorted());
        expect(found.changes.filter(({ kind }) => kind !== "lost" && kind !== "moved")).toEqual([]);
      }),
    );
  });
});

/** No two share a word. */
function wordsOf(at: number): string {
  return ["alpha", "beta", "gamma"].map((word) => `${word}${at}`).join(" ");
}
