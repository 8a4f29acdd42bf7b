import { describe, expect, test } from "vitest";
import { bankConfigSchema, chooseDialects, type DialectChoice } from "../../src/bank/bank-config.ts";
import { BUILT_IN_DIALECTS } from "../../src/bank/built-in-dialects.ts";
import { readBankFile, rereadBankFile } from "../../src/bank/read-bank-file.ts";
import { UserError } from "../../src/core/errors.ts";
import { bytesOf } from "./byte-texts.ts";

const config = bankConfigSchema.parse({
  banks: [
    { files: "xai/all.md", dialects: ["listed", "headed"] },
    { files: ["**/*questions.md"], exclude: "**/old/**", dialect: "headed" },
    { files: "guess/*.md" },
  ],
  dialects: { mine: { question: { start: "^@ (?<q>.*)$" }, answer: { start: "^= (?<a>.*)$" } } },
});

function summary(choice: DialectChoice): string {
  return choice.kind === "chosen" ? `${choice.by}: ${choice.dialects.map(({ name }) => name).join("+")}` : choice.kind;
}

describe("choosing the dialects of a file", () => {
  test.each([
    ["xai/all.md", undefined, "config: listed+headed"],
    ["a/b questions.md", undefined, "config: headed"],
    ["a/old/questions.md", undefined, "detect"],
    ["guess/a.md", undefined, "detect"],
    ["a/_backup/questions.md", undefined, "no bank"],
    ["xai/all.md", "mine", "front-matter: mine"],
  ])("%s (front matter: %s)", (path, frontMatter, expected) => {
    expect(summary(chooseDialects(path, config, frontMatter))).toBe(expected);
  });

  test("nothing is guessed where detection is off", () => {
    const strict = bankConfigSchema.parse({ detect: false, banks: [{ files: "a.md" }] });
    expect(["a.md", "b.md"].map((path) => summary(chooseDialects(path, strict, undefined)))).toEqual([
      "detect",
      "no bank",
    ]);
  });

  test("an unknown dialect is the user's error and names the known ones", () => {
    expect(() => chooseDialects("a.md", config, "nope")).toThrow(UserError);
    expect(() => chooseDialects("a.md", config, "nope")).toThrow('there is no dialect "nope"');
  });
});

describe("a dialect of one's own", () => {
  test("finds questions and answers by its patterns", () => {
    const text = "---\nbank:\n  dialect: mine\n---\n\n@ Why?\n= Because.\n\n@ What?\n= tbd\n\n@ When?\n";
    const file = readBankFile("a.md", bytesOf(text), config);
    expect(file.chosenBy).toBe("front-matter");
    expect(file.questions.map(({ text: asked, state, slot }) => [asked, state, slot.text])).toEqual([
      ["Why?", "filled", "Because."],
      ["What?", "placeholder", "tbd"],
      ["When?", "empty", ""],
    ]);
  });

  test("takes every key", () => {
    const own = bankConfigSchema.parse({
      banks: [{ files: "*.md", dialect: "all" }],
      dialects: {
        all: {
          question: { start: "^## (?<n>\\d+) (?<q>.*)$", headingEnd: "same", end: ["^STOP$"] },
          scope: { start: "^BEGIN$", end: "^END$" },
          unfilled: { placeholder: ["^nil$"], ignore: ["^ad$"], partial: ["more\\.$"] },
          personal: ["favourite"],
          meta: ["^@.*$"],
          generated: ["^MACHINE$"],
          write: { marker: "**A:**" },
        },
      },
    });
    const text =
      "## 0 Outside\nx\nBEGIN\n## 1 One\n@tag\nnil\n## 2 Two\nad\n## 3 Three\nText, more.\n## 4 Your favourite?\n## Five\nx\n## 6 Six\nyes\nSTOP\nad\nEND\n## 7 Seven\n";
    const file = readBankFile("a.md", bytesOf(text), own);
    expect(file.questions.map(({ number, state, tags, slot }) => [number, state, tags, slot.answer])).toEqual([
      ["1", "placeholder", ["@tag"], "nil"],
      ["2", "empty", [], ""],
      ["3", "partial", [], "Text, more."],
      ["4", "personal", [], ""],
      ["6", "filled", [], "yes"],
    ]);
    expect(readBankFile("a.md", bytesOf(`MACHINE\n${text}`), own).readOnly).toBe("generated-file");
  });

  test.each([
    ["(", 'dialect "mine", question.start: Invalid regular expression'],
    ["^(a+)*$", 'dialect "mine", question.start: the pattern repeats a repetition'],
    ["^(?:(?:x|y+){2,})+$", 'dialect "mine", question.start: the pattern repeats a repetition'],
  ])("with the pattern %s is refused by name and key", (start, message) => {
    const bad = bankConfigSchema.parse({ dialects: { mine: { question: { start } } } });
    const choose = (): unknown => chooseDialects("a.md", bad, "mine");
    expect(choose).toThrow(UserError);
    expect(choose).toThrow(message);
  });

  test("may repeat what is bounded or not repeated again", () => {
    const start = "^(?:a{1,3})+(?:b+)?[(+*]+\\)*(?<q>.*)$";
    const fine = bankConfigSchema.parse({ dialects: { mine: { question: { start } } } });
    expect(chooseDialects("a.md", fine, "mine").kind).toBe("chosen");
  });

  test("with an unknown key is refused", () => {
    expect(bankConfigSchema.safeParse({ dialects: { mine: { question: { begin: "x" } } } }).success).toBe(false);
  });
});

test("the built-in dialects are known by name", () => {
  expect([...BUILT_IN_DIALECTS.keys()]).toMatchInlineSnapshot(`
    [
      "headed",
      "q-heading",
      "numbered-heading",
      "heading-in-list",
      "details-summary",
      "callout",
      "admonition",
      "underlined",
      "listed",
      "listed-bold",
      "qa-lines",
      "bold-numbered",
      "bold-question",
      "choices",
      "heading",
      "heading-body",
      "graded-list",
      "bullets",
      "obsidian",
      "obsidian-lines",
      "file",
      "front-matter-file",
    ]
  `);
});

const idOf = (hash = ""): string => `q-${hash.slice(7, 19)}`;

describe("questions that are left empty on purpose", () => {
  const text =
    "# FAQ\n\n### What do you like about React?\n\n### What don't you like about React?\n\n### What is JSX?\n\n### Who is it for?\n\nFor everybody who builds pages.\n";
  const statesWith = (personal: string | readonly string[]) => {
    const own = bankConfigSchema.parse({ personal });
    const file = readBankFile("faq.md", bytesOf(text), own);
    expect(rereadBankFile(file, bytesOf(text), own).questions).toEqual(file.questions);
    return { chosenBy: file.chosenBy, states: file.questions.map(({ state }) => state) };
  };

  test("are named once, whatever layout their file has: by a pattern of their text or by id", () => {
    const [first, second] = readBankFile("faq.md", bytesOf(text), bankConfigSchema.parse({})).questions;
    const expected = { chosenBy: "detected", states: ["personal", "personal", "empty", "filled"] };
    expect(statesWith("do(?:n't)? you like")).toEqual(expected);
    expect(statesWith([idOf(first?.textHash), `${idOf(second?.textHash)}-2`])).toEqual(expected);
    expect(statesWith(["^who is"])).toEqual({ ...expected, states: ["empty", "empty", "empty", "filled"] });
  });

  test("a question that the file gives an id is named by it", () => {
    const marked = "# Q\n\n## Question 1\n\n<!-- id: my-own -->\n\n**Why you?**\n\n**Answer:** TBD\n";
    const file = readBankFile("faq.md", bytesOf(marked), bankConfigSchema.parse({ personal: ["my-own"] }));
    expect(file.questions.map(({ explicitId, state }) => [explicitId, state])).toEqual([["my-own", "personal"]]);
  });

  test("a pattern that cannot be used is named", () => {
    const own = bankConfigSchema.parse({ personal: ["(a+)+$"] });
    expect(() => readBankFile("faq.md", bytesOf(text), own)).toThrow("personal");
  });
});

test("a layout that says of no line that it starts a question is refused", () => {
  const own = bankConfigSchema.parse({
    banks: [{ files: "*.md", dialect: "heading" }],
    dialects: { heading: { personal: ["favourite"] } },
  });
  expect(() => readBankFile("a.md", bytesOf("## Why?\n"), own)).toThrow(
    'a.md: dialect "heading" has no question.start, so it finds nothing',
  );
});
