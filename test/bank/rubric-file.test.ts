import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../src/bank/apply-edits.ts";
import { proposalHeader } from "../../src/bank/proposal.ts";
import type { BankFile, Question } from "../../src/bank/question.ts";
import {
  isRubricPath,
  rereadRubricFile,
  rubricFile,
  rubricPlace,
  type RubricPlace,
} from "../../src/bank/rubric-file.ts";
import { renderAnswer } from "../../src/bank/slots.ts";
import { proposalOf } from "../review/proposal-of.ts";
import { simpleBank } from "../review/simple-bank.ts";

const bank = simpleBank({ "docs/a.md": [{ text: "What is a lock?", number: "3", headings: ["Locks"] }] });
const asked = firstOf(bank.files[0]);
const place = placeOf("docs/a.md", asked.id);

function firstOf(file: BankFile | undefined): Question {
  const question = file?.questions[0];
  if (question === undefined) throw new Error("no question");
  return question;
}

function placeOf(path: string, id: string): RubricPlace {
  const found = rubricPlace(path, id);
  if (found === undefined) throw new Error("no place");
  return found;
}

function fileWith(text: string): BankFile {
  return rubricFile(place, asked, { bytes: new TextEncoder().encode(text), readOnly: undefined });
}

describe("the place of a rubric", () => {
  test("is beside its bank, under the question's id", () => {
    expect(rubricPlace("docs/a.md", "q-1")).toEqual({ id: "q-1.rubric", path: "docs/rubrics/q-1.rubric.yaml" });
    expect(rubricPlace("a.md", "q-1")).toEqual({ id: "q-1.rubric", path: "rubrics/q-1.rubric.yaml" });
    expect(rubricPlace("a.md", "x".repeat(58))).toBeUndefined();
    expect(rubricPlace("a.md", "../x")).toBeUndefined();
  });

  test("is known by its path", () => {
    const paths = ["rubrics/a.rubric.yaml", "x/rubrics/a.rubric.yaml", "rubrics/x/a.rubric.yaml", "a.rubric.yaml"];
    expect(paths.map(isRubricPath)).toEqual([true, true, false, false]);
  });
});

describe("a rubric file as a reviewer sees it", () => {
  test("is one question with the whole file as its slot", () => {
    const file = fileWith("\uFEFFrubric: 1\r\n");
    const { slot, ...question } = firstOf(file);
    expect(question).toEqual({
      id: `${asked.id}.rubric`,
      textHash: expect.not.stringMatching(asked.textHash),
      ordinal: 0,
      text: "What is a lock?",
      number: "3",
      line: 1,
      headings: ["Locks"],
      tags: [],
      span: { start: 0, end: 11 },
      state: "filled",
      dialect: "rubric",
    });
    expect({ text: slot.text, answer: slot.answer, span: slot.span }).toEqual({
      text: "rubric: 1\r\n",
      answer: "rubric: 1",
      span: { start: 0, end: 11 },
    });
  });

  test("is empty where there is none", () => {
    expect(firstOf(fileWith("")).state).toBe("empty");
    expect(firstOf(fileWith("\n \n")).state).toBe("empty");
  });

  test("takes a draft as it is, over anything, with the line ends of the file", () => {
    const line = fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => text.replace(/[\r\n]/g, ""));
    const text = fc.array(line, { maxLength: 6 }).map((lines) => lines.join("\n").trim());
    fc.assert(
      fc.property(text, text, fc.constantFrom("\n" as const, "\r\n" as const), (now, draft, eol) => {
        fc.pre(draft !== "" && !now.startsWith("\uFEFF"));
        const before = fileWith(now === "" ? "" : `${now}\n`.replaceAll("\n", eol));
        const question = firstOf(before);
        const render = { eol: before.source.eol, spacing: "inline" } as const;
        const edit = { ...question.slot.span, text: renderAnswer(question, draft, render) };
        const after = rereadRubricFile(before, applyEdits(before.source, [edit]));
        expect(after.source.text).toBe(`${draft}\n`.replaceAll("\n", before.source.eol));
        expect(firstOf(after).textHash).toBe(question.textHash);
      }),
    );
  });
});

describe("the header of a rubric's proposal", () => {
  const made = proposalOf(fileWith(""), firstOf(fileWith("")), "rubric: 1").header;
  const header = { ...made, kind: "rubric" as const, source: { ...made.source, bank: "docs/a.md" } };

  test("names the bank, and the one file where its rubric belongs", () => {
    expect(proposalHeader.parse(header)).toEqual(header);
  });

  test.each([
    ["another file", { source: { ...header.source, path: "docs/rubrics/other.rubric.yaml" } }],
    ["another bank", { source: { ...header.source, bank: "a.md" } }],
    ["no bank", { source: made.source }],
    ["the question's own id", { id: asked.id }],
    ["another kind", { kind: "answer" }],
  ])("is refused with %s", (_name, change) => {
    expect(proposalHeader.safeParse({ ...header, ...change }).success).toBe(false);
  });
});
