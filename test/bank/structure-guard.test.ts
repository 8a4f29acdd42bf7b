import { describe, expect, test } from "vitest";
import { applyEdits } from "../../src/bank/apply-edits.ts";
import { bankConfigSchema } from "../../src/bank/bank-config.ts";
import { readBankFile, rereadBankFile } from "../../src/bank/read-bank-file.ts";
import { renderAnswer } from "../../src/bank/slots.ts";
import { guardStructure } from "../../src/bank/structure-guard.ts";
import { bytesOf } from "./byte-texts.ts";

const config = bankConfigSchema.parse({});
const BANK =
  "# Locks\n\n## Question 1\n\n**What is a lock?**\n\n**Answer:** _[To be filled]_\n\n## Question 2\n\n**What is a latch?**\n\n**Answer:**\n\nA [bolt][b].\n\n[b]: https://example.org\n";

/** Why an answer to the first question may not be written; undefined where it may. */
function faultOf(answer: string, text = BANK): string | undefined {
  const before = readBankFile("questions/locks.md", bytesOf(text), config);
  const [question] = before.questions;
  if (question === undefined) throw new Error("the bank has a first question");
  const edit = { ...question.slot.span, text: renderAnswer(question, answer, { eol: "\n", spacing: "blank-line" }) };
  const after = rereadBankFile(before, applyEdits(before.source, [edit]), config);
  return guardStructure(before, after, new Set([question.id]));
}

describe("an answer that stays in its slot", () => {
  test.each([
    "A plain one.",
    "### Part\n\nText.\n\n```md\n## Question 3\n\n**Answer:** _To be filled_\n```",
    "<details><summary>More</summary>\n\nText.\n\n</details>",
    "Use `<!--` and `<details>` and `[x]: y`.",
    "x < y and a <b> c</b>",
  ])("%j", (answer) => {
    expect(faultOf(answer)).toBe(undefined);
  });
});

describe("an answer that acts outside its slot", () => {
  test.each([
    ["Locks are simple.\n\n### Q2 What is a race?\n\n**Answer:** done", undefined],
    ["Text.\n\n## Question 9\n\n**What is a race?**", "the file would have 3 questions instead of 2"],
    ["<!-- swallow the rest", "the file would get an unclosed-comment"],
    ["Text <!-- swallow the rest", "a comment is not closed in the answer to the question at line 3"],
    ["Title\n=====\n\nText.", "the answer at line 3 would still count as empty"],
    ["Title\n-----\n\nText.", "a heading is as high as the question in the answer to the question at line 3"],
    ["## Title\n\nText.", "a heading is as high as the question in the answer to the question at line 3"],
    ["Text.\n\n# Title", "the question at line 9 would change"],
    ["<details>never closed", "<details> has no other half in the answer to the question at line 3"],
    ["Text.\n\n</details>", "the answer near line 3 would not be read back as it was put in"],
    [
      'Text.\n\n[foo]: http://attacker.example "redefine"\n\nMore.',
      "a link is defined for the whole file in the answer to the question at line 3",
    ],
    ["Text.\n\n```py\nprint()", "the file would get an unclosed-fence"],
    ["_To be filled_", "the answer at line 3 would still count as placeholder"],
    ["Text.\n\nTODO", "the answer at line 3 would still count as partial"],
    ["", "the answer at line 3 would still count as empty"],
    ["Text.\n\n### Empty part", "the answer near line 3 would not be read back as it was put in"],
  ])("%j", (answer, fault) => {
    expect(faultOf(answer)).toBe(fault);
  });
});

test("a fence left open in the last answer is seen", () => {
  const last = BANK.slice(0, BANK.indexOf("## Question 2"));
  expect(faultOf("Text.\n\n```py\nprint()", last)).toBe("the file would get an unclosed-fence");
});

test("another answer may not change", () => {
  const before = readBankFile("questions/locks.md", bytesOf(BANK), config);
  const after = rereadBankFile(before, bytesOf(BANK.replace("bolt", "door")), config);
  expect(guardStructure(before, after, new Set())).toBe("the answer at line 9 would change");
});
