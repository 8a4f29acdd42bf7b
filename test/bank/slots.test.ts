import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits, invertEdits } from "../../src/bank/apply-edits.ts";
import { bankConfigSchema } from "../../src/bank/bank-config.ts";
import { type BankFile, FILLABLE_STATES, type Question } from "../../src/bank/question.ts";
import { readBankFile, rereadBankFile } from "../../src/bank/read-bank-file.ts";
import { renderAnswer } from "../../src/bank/slots.ts";
import type { Spacing } from "../../src/bank/spacing.ts";
import { guardStructure } from "../../src/bank/structure-guard.ts";
import { bytesOf } from "./byte-texts.ts";

const config = bankConfigSchema.parse({});
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

function read(text: string, path = "questions/bank.md"): BankFile {
  return readBankFile(path, bytesOf(text), config);
}

function isFillable(question: Question): boolean {
  return FILLABLE_STATES.has(question.state);
}

/** What may not depend on line ends. */
function partsOf({ id, text: asked, state, headings, line, slot }: Question): unknown {
  return [id, asked, state, headings, line, slot.answer];
}

function fill(file: BankFile, answer: string, spacing: Spacing = "blank-line"): Uint8Array {
  const edits = file.questions.filter(isFillable).map((question) => ({
    ...question.slot.span,
    text: renderAnswer(question, answer, { eol: file.source.eol, spacing }),
  }));
  return applyEdits(file.source, edits);
}

function filled(text: string, answer = "An answer.", spacing: Spacing = "blank-line"): string {
  return decoder.decode(fill(read(text), answer, spacing));
}

describe("writing an answer", () => {
  test("an inline placeholder gives way to a blank line and the answer", () => {
    expect(filled("## Question 1\n\n**What is a lock?**\n\n**Answer:** _[To be filled]_\n\n---\n")).toBe(
      "## Question 1\n\n**What is a lock?**\n\n**Answer:**\n\nAn answer.\n\n---\n",
    );
  });

  test("one plain paragraph may stand beside the marker, anything else may not", () => {
    const text = "## Question 1\n\n**What is a lock?**\n\n**Answer:** TODO\n";
    expect(filled(text, "An answer.", "inline")).toBe(
      "## Question 1\n\n**What is a lock?**\n\n**Answer:** An answer.\n",
    );
    expect(filled(text, "- a\n- b", "inline")).toBe(
      "## Question 1\n\n**What is a lock?**\n\n**Answer:**\n\n- a\n- b\n",
    );
    expect(filled(text, "An answer.", "newline")).toBe(
      "## Question 1\n\n**What is a lock?**\n\n**Answer:**\nAn answer.\n",
    );
  });

  test.each([
    ["a quote", "> [!question] What is a lock?\n", "> ", ">"],
    ["a quote in a quote", "> [!question] What is a lock?\n>> [!answer]-\n>> TODO\n", ">> ", ">>"],
    ["a quote under a heading", "## 1. What is a lock?\n\n> [!tip]- Answer\n> TBD\n", "> ", ">"],
    ["an admonition", '??? question "What is a lock?"\n', "    ", ""],
    ["an admonition under a heading", '## 1. What is a lock?\n\n??? success "Answer"\n    TODO\n', "    ", ""],
  ])("an answer in %s stands right below its title, each line with its mark", (_name, one, mark, blank) => {
    const other = one.replace("lock", "latch").replace("1.", "2.");
    const answer = "First:\n\n- a\n- b";
    const marked = `${mark}First:\n${blank}\n${mark}- a\n${mark}- b\n`;
    const expected = (text: string): string => text.replace(/^[> ]*(?:TODO|TBD)\n/m, "") + marked;
    expect(filled(`${one}\n${other}`, answer)).toBe(`${expected(one)}\n${expected(other)}`);
    const file = read(filled(`${one}\n${other}`, answer));
    expect(file.questions.map(({ state, slot }) => [state, slot.answer])).toEqual([
      ["filled", answer],
      ["filled", answer],
    ]);
  });

  test("an answer between the ends of a directive keeps clear of them", () => {
    const empty =
      "## 1. What is a lock?\n\n:::tip Answer\n:::\n\n## 2. What is a latch?\n\n:::tip Answer\n\nTODO\n\n:::\n";
    expect(filled(empty)).toBe(
      "## 1. What is a lock?\n\n:::tip Answer\n\nAn answer.\n\n:::\n\n## 2. What is a latch?\n\n:::tip Answer\n\nAn answer.\n\n:::\n",
    );
  });

  test("what is folded and empty gives way to the answer, with all of its tags", () => {
    const folded = "<details>\n  <summary>Click to reveal</summary>\n\n</details>\n";
    expect(filled(`## Q: What is a lock?\n\n${folded}\n## Q: What is a latch?\n\n${folded}\nSee below.\n`)).toBe(
      `## Q: What is a lock?\n\nAn answer.\n\n## Q: What is a latch?\n\n${folded}\nSee below.\n`,
    );
  });

  test.each([
    ["a quote", "> [!tip]- Answer\n", "> One holder.\n>\n> Not two.\n"],
    ["an admonition", '??? success "Answer"\n', "    One holder.\n\n    Not two.\n"],
    ["a directive", ":::tip Answer\n\n", "One holder.\n\nNot two.\n\n:::\n"],
  ])("what stands after %s is no part of the answer in it", (_name, title, answer) => {
    const text = `## 1. What is a lock?\n\n${title}${answer}\nSee the next chapter.\n\n## 2. What is a latch?\n`;
    const [lock] = read(text).questions;
    expect([lock?.state, lock?.slot.answer]).toEqual(["filled", "One holder.\n\nNot two."]);
  });

  test("the title of a container is no marker to copy", () => {
    const text = '## 1. What is a lock?\n\n??? success "Answer"\n    One holder.\n\n## 2. What is a latch?\n';
    expect(filled(text)).toBe(`${text}\nAn answer.\n`);
  });

  test("a placeholder on its own line keeps the lines above it, and its comment goes with it", () => {
    expect(
      filled("## Question 1\n\n**What is a lock?**\n\n\n<!-- TODO: Add answer -->\n_Answer coming soon..._\n"),
    ).toBe("## Question 1\n\n**What is a lock?**\n\n\nAn answer.\n");
  });

  test("a fence around a placeholder goes with it", () => {
    expect(filled("## Question 1\n\n**What is a lock?**\n\n```md\n<!-- your answer here -->\n```\n")).toBe(
      "## Question 1\n\n**What is a lock?**\n\nAn answer.\n",
    );
  });

  test("a missing marker is the one most answers of the file have", () => {
    const text =
      "## Question 1\n\n**What is a lock?**\n\n### Answer\n\nA thing.\n\n## Question 2\n\n**What is a latch?**\n\n---\n";
    expect(filled(text)).toBe(
      "## Question 1\n\n**What is a lock?**\n\n### Answer\n\nA thing.\n\n## Question 2\n\n**What is a latch?**\n\n### Answer\n\nAn answer.\n\n---\n",
    );
  });

  test("an answer goes before what closes the question, a blank line apart", () => {
    const text =
      "<details>\n<summary>What is a pod?</summary><br><b>\n</b></details>\n\n<details>\n<summary>What is ARP?</summary></details>\n";
    expect(filled(text)).toBe(
      "<details>\n<summary>What is a pod?</summary><br><b>\n\nAn answer.\n\n</b></details>\n\n<details>\n<summary>What is ARP?</summary>\n\nAn answer.\n\n</details>\n",
    );
  });

  test("an answer in a list item is indented, its blank lines are empty", () => {
    const text = "1.  ### What is a ref?\n\n    A handle.\n\n10.  ### What is a key?\n\n**[Back to top](#top)**\n";
    expect(filled(text, "A name:\n\n```js\nkey\n\nvalue\n```")).toBe(
      "1.  ### What is a ref?\n\n    A handle.\n\n10.  ### What is a key?\n\n     A name:\n\n     ```js\n     key\n\n     value\n     ```\n\n**[Back to top](#top)**\n",
    );
  });

  test("an answer never becomes a heading by the rule below it", () => {
    expect(filled("## Question 1\n\n**What is a lock?**\n\n**Answer:** TBD\n---\n")).toBe(
      "## Question 1\n\n**What is a lock?**\n\n**Answer:**\n\nAn answer.\n\n---\n",
    );
  });

  test("metadata and ids stay above the answer", () => {
    expect(filled("### 1. What is a net?\n\n**Type:** Question\n<!-- id: net -->\n\n---\n\n### 2. Why?\n\nSo.\n")).toBe(
      "### 1. What is a net?\n\n**Type:** Question\n<!-- id: net -->\n\nAn answer.\n\n---\n\n### 2. Why?\n\nSo.\n",
    );
  });

  test("a whole file is filled below its front matter", () => {
    const file = readBankFile("questions/a/en.mdx", bytesOf("---\ntitle: What is a lock?\n---\n"), config);
    expect(decoder.decode(fill(file, "An answer."))).toBe("---\ntitle: What is a lock?\n---\n\nAn answer.\n");
  });

  test("a flashcard is answered on its line", () => {
    expect(filled("What is a lock?::\nWhat is a latch?::A bolt.\n")).toBe(
      "What is a lock?:: An answer.\nWhat is a latch?::A bolt.\n",
    );
  });
});

const QUESTIONS = ["What is a lock?", "Explain `mutex` and why.", "How does a *latch* work?", "Why 漢字? 😀"] as const;
const UNFILLED = [
  "",
  "**Answer:** _[To be filled]_",
  "*Answer to be added.*",
  "**Answer:**",
  "### Answer\n\nTODO",
] as const;
const LOOKALIKES = [
  "```md\n## Question 9\n\n**What is not one?**\n\n**Answer:** _To be filled_\n```",
  "~~~\n## Question 8\n```\n~~~",
  "<!--\n## Question 7\n\n**Hidden?**\n-->",
  "> ```\n> ## Question 6\n> ```",
  "- item\n\n  ```\n  ## Question 5\n  ```",
] as const;

const entry = fc.record({
  question: fc.constantFrom(...QUESTIONS),
  body: fc.oneof(
    fc.constantFrom(...UNFILLED),
    fc.constantFrom(...LOOKALIKES).map((code) => `**Answer:**\n\nSome text.\n\n${code}`),
  ),
  separator: fc.constantFrom("\n\n", "\n\n---\n\n", "\n\n\n# Part\n\n"),
});

/** Banks of the headed layout with their number of questions, in LF or CRLF, with and without BOM and final newline. */
const bank = fc
  .record({
    entries: fc.array(entry, { minLength: 1, maxLength: 6 }),
    crlf: fc.boolean(),
    bom: fc.boolean(),
    final: fc.boolean(),
  })
  .map(({ entries, crlf, bom, final }) => {
    const blocks = entries.map(
      ({ question, body, separator }, index) => `## Question ${index + 1}\n\n**${question}**\n\n${body}${separator}`,
    );
    const text = `# Bank\n\n${blocks.join("")}`.trimEnd() + (final ? "\n" : "");
    return { count: entries.length, text: (bom ? "\uFEFF" : "") + (crlf ? text.replaceAll("\n", "\r\n") : text) };
  });

const ANSWERS = [
  "One paragraph.",
  "Text with `code`.\n\n- a\n- b\n\n```python\n# Question 1\n## Question 2\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |",
  "#### Part\n\nText.\n\n$$x^2$$\n\n> Quoted.\n> More.",
  "1. one\n2. two",
] as const;

describe("for every bank", () => {
  test("look-alikes in code and comments are no questions", () => {
    fc.assert(
      fc.property(bank, ({ text, count }) => {
        expect(read(text).questions.length).toBe(count);
      }),
    );
  });

  test("filled slots hold what was put in, all else stays, and undoing restores the bytes", () => {
    fc.assert(
      fc.property(
        bank,
        fc.constantFrom(...ANSWERS),
        fc.constantFrom<Spacing>("inline", "newline", "blank-line"),
        ({ text }, answer, spacing) => {
          const before = read(text);
          const open = before.questions.filter(isFillable);
          const edits = open.map((question) => ({
            ...question.slot.span,
            text: renderAnswer(question, answer, { eol: before.source.eol, spacing }),
          }));
          const bytes = applyEdits(before.source, edits);
          const after = rereadBankFile(before, bytes, config);
          expect(guardStructure(before, after, new Set(open.map((question) => question.id)))).toBe(undefined);
          expect(after.questions.map((question) => [question.id, question.state])).toEqual(
            before.questions.map((question) => [question.id, isFillable(question) ? "filled" : question.state]),
          );
          for (const [index, question] of before.questions.entries()) {
            if (isFillable(question)) expect(after.questions[index]?.slot.answer).toBe(answer);
          }
          expect(applyEdits(after.source, invertEdits(before.source, edits))).toEqual(before.source.bytes);
        },
      ),
    );
  });

  test("line ends, BOM and final newline change no question", () => {
    fc.assert(
      fc.property(bank, ({ text }) => {
        const plain = read(text.replace("\uFEFF", "").replaceAll("\r\n", "\n"));
        expect(read(text).questions.map(partsOf)).toEqual(plain.questions.map(partsOf));
      }),
    );
  });
});
