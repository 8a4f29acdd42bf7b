import { describe, expect, it } from "vitest";
import { describeStyle } from "../../src/bank/style-describe.ts";
import { learnStyle, styleFor } from "../../src/bank/style.ts";
import { parseStyle, withWritten } from "../../src/bank/style-written.ts";
import { countWords } from "../../src/bank/style-words.ts";
import { bankFile, question } from "./audit-samples.ts";

const ANSWER = [
  "**Definition:** A queue keeps $n$ items in order.",
  "",
  "#### Core ideas",
  "",
  "- first in, first out",
  "",
  "```python",
  "# not a heading and not words",
  "queue.append(1)",
  "```",
  "",
  "| a | b |",
  "|---|---|",
  "",
  "> **Interview Tip:** say why.",
].join("\n");

describe("countWords", () => {
  it.each([
    ["don't count well-known words twice", 5],
    ["code `let x = 1` and <b>tags</b> do not [count](https://example.org/a-b)", 6],
    ["Ответ на вопрос, naïve", 4],
    ["机器学习模型部署", 4],
    ["", 0],
  ])("%s", (text, words) => expect(countWords(text)).toBe(words));
});

describe("learnStyle", () => {
  it("tells length, parts, shares, languages, marker and opening", () => {
    const questions = [
      question({ answer: ANSWER }),
      question({ answer: ANSWER.replace("Interview Tip", "Interview tips") }),
      question({ answer: ANSWER }),
      question({ answer: "Plain words only here.", slotText: " Plain words only here.", hasMarker: false }),
      question({ state: "placeholder", answer: "_[To be filled]_" }),
    ];
    expect(learnStyle(questions)).toMatchInlineSnapshot(`
      {
        "answers": 4,
        "hasMarker": true,
        "headingLevels": {
          "deepest": 4,
          "top": 4,
        },
        "languages": [
          "python",
        ],
        "notes": "",
        "opening": "bold-term",
        "parts": [
          "Core ideas",
          "Definition",
          "Interview Tip",
        ],
        "shares": {
          "code": 0.75,
          "headings": 0.75,
          "list": 0.75,
          "math": 0.75,
          "table": 0.75,
        },
        "spacing": "blank-line",
        "words": {
          "high": 20,
          "low": 4,
          "typical": 20,
        },
      }
    `);
  });

  it("knows nothing where nothing is answered", () => {
    expect(learnStyle([question({ state: "empty", answer: "" })])).toMatchInlineSnapshot(`
      {
        "answers": 0,
        "hasMarker": false,
        "headingLevels": undefined,
        "languages": [],
        "notes": "",
        "opening": "sentence",
        "parts": [],
        "shares": {
          "code": 0,
          "headings": 0,
          "list": 0,
          "math": 0,
          "table": 0,
        },
        "spacing": "blank-line",
        "words": {
          "high": 0,
          "low": 0,
          "typical": 0,
        },
      }
    `);
  });
});

describe("styleFor", () => {
  const few = bankFile("a/few.md", [question({ answer: "one two" })]);
  const many = bankFile("a/many.md", [question({ answer: "one two three" }), question({ answer: "one two three" })]);
  const other = bankFile("b/other.md", [question({ answer: "one" })]);
  const bank = { files: [few, many, other] };

  it.each([
    ["the file where it has enough answers", "a/many.md", 2, 2],
    ["the folder where the file has too few", "a/few.md", 3, 3],
    ["the bank where the folder has too few", "b/other.md", 3, 4],
    ["the bank for a path that is not in it", "c/new.md", 1, 4],
  ])("learns from %s", (_title, path, minimum, answers) => {
    expect(styleFor(bank, path, minimum).answers).toBe(answers);
  });
});

describe("a written style", () => {
  it("wins over the learned one and leaves the rest", () => {
    const learned = learnStyle([question({ answer: ANSWER })]);
    const written = parseStyle({
      words: { min: 100, max: 200 },
      parts: ["Summary"],
      notes: "Be brief.",
      format: { table: "never", heading_level: 5 },
    });
    expect(withWritten(learned, written)).toEqual({
      ...learned,
      words: { low: 100, typical: 100, high: 200 },
      parts: ["Summary"],
      notes: "Be brief.",
      shares: { ...learned.shares, table: 0 },
      headingLevels: { top: 5, deepest: 6 },
    });
  });

  it("an empty file changes nothing", () => {
    const learned = learnStyle([question({ answer: ANSWER })]);
    expect(withWritten(learned, parseStyle(null))).toEqual(learned);
  });

  it.each([
    [{ words: { min: 5, max: 1 } }, "the style file is not valid at words: min must not be more than max"],
    [{ tone: "warm" }, 'the style file is not valid: Unrecognized key: "tone"'],
  ])("says what is wrong with %j", (value, message) => {
    expect(() => parseStyle(value)).toThrow(message);
  });
});

describe("describeStyle", () => {
  it("is a few lines for a prompt", () => {
    const style = withWritten(learnStyle([question({ answer: ANSWER })]), parseStyle({ notes: "Say why it matters." }));
    expect(describeStyle(style)).toMatchInlineSnapshot(`
      "Length: 20 to 20 words outside code, typically 20.
      Opening: a bold term.
      Answers with code: 100% (python); a table: 100%; formulas: 100%; a list: 100%.
      Headings inside answers: 100%, none above level 4.
      Say why it matters."
    `);
  });

  it("says nothing where nothing is known", () => {
    expect(describeStyle(learnStyle([]))).toBe("");
  });
});
