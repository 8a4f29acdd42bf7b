import { describe, expect, test } from "vitest";
import { bankConfigSchema } from "../../src/bank/bank-config.ts";
import { BUILT_IN_DIALECTS } from "../../src/bank/built-in-dialects.ts";
import { parseFile } from "../../src/bank/parse.ts";
import { readBankFile } from "../../src/bank/read-bank-file.ts";
import { readSource } from "../../src/bank/source-text.ts";
import { bytesOf } from "./byte-texts.ts";
import { growthOf } from "../support/growth.ts";

const config = bankConfigSchema.parse({});
/** A quarter of the longest line that patterns look at. */
const SIZE = 960;

/** Texts that make a careless pattern or parser quadratic or worse, in some size; lines are as long as lines may be. */
const HOSTILE: Readonly<Record<string, (size: number) => string>> = {
  "deep block quotes": (size) => "> ".repeat(size),
  "deep lists": (size) => "- ".repeat(size),
  "half placeholders": (size) => `**Answer:** ${"_[x]_ ".repeat(size / 25)}!\n`.repeat(25),
  "one long line": (size) => "a".repeat(size * 50),
  "one line of brackets": (size) => "[".repeat(size * 50),
  "comments opened in code": (size) => "`<!--".repeat(size * 5),
  "comments never closed": (size) => "<!-- START -->\n".repeat(size),
  "blanks after a marker": (size) => `**answer${" ".repeat(size)}x\n`.repeat(20),
  "blanks after a heading": (size) => `### <a x>${" ".repeat(size)}\n### Q${" ".repeat(size)}\n`.repeat(20),
  stars: (size) => `${"* ".repeat(size / 2)}\n${"*".repeat(size)}\n`.repeat(20),
  tags: (size) => `${"<br />".repeat(size / 6)}x\n`.repeat(20),
  colons: (size) => `a${":".repeat(size)}\n${"a b:".repeat(size / 4)}\n`.repeat(20),
  pictographs: (size) => `### ${"⭐️".repeat(size / 2)}?a\n\n`.repeat(10),
  "unclosed summaries": (size) => "<details>\n<summary>What\n".repeat(size / 2),
};

test.each(Object.entries(HOSTILE))("%s take linear time in every dialect", (_name, textOf) => {
  const prepare = (size: number) => {
    const source = readSource(bytesOf(textOf(size)));
    return () => {
      readBankFile("questions/hostile.md", source.bytes, config);
      for (const dialect of BUILT_IN_DIALECTS.values()) {
        parseFile({ path: "questions/hostile.md", source, dialects: [dialect], chosenBy: "config" });
      }
    };
  };
  expect(growthOf(prepare, SIZE)).toBe("linear");
});

test("ten thousand nested quotes hold no question", () => {
  expect(readBankFile("a.md", bytesOf("> ".repeat(10_000)), config).questions).toEqual([]);
});

test("what cannot be read safely is said", () => {
  const bytes = Uint8Array.from([...bytesOf(`${"a".repeat(5000)}\n`), 0xe9, ...bytesOf("\n\n```\n## Question 1\n")]);
  const { diagnostics, readOnly } = readBankFile("a.md", bytes, config);
  expect({ diagnostics, readOnly }).toEqual({
    readOnly: "unclosed-fence",
    diagnostics: [
      { code: "unclosed-fence", severity: "error", path: "a.md", line: 4, arguments: { fence: "```" } },
      { code: "invalid-utf8", severity: "warning", path: "a.md", line: 2, arguments: { lines: 1 } },
      { code: "long-line", severity: "info", path: "a.md", line: 1, arguments: { length: 5000, limit: 4000 } },
    ],
  });
});

function readOnlyOf(text: string): string | undefined {
  return readBankFile("a.md", bytesOf(text), config).readOnly;
}

test("a file that a generator writes is read only, one that only begins a region is not", () => {
  const questions = "## Question 1\n\n**Why?**\n\n## Question 2\n\n**How?**\n";
  expect(readOnlyOf(`<!-- QUESTIONS:START -->\n\n${questions}\n<!-- QUESTIONS:END -->\n`)).toBe("generated-file");
  expect(readOnlyOf(`<!-- This file is auto-generated -->\n${questions}`)).toBe("generated-file");
  expect(readOnlyOf(`<!-- CONTENTS:START -->\n\n<!-- CONTENTS:END -->\n\n${questions}`)).toBe(undefined);
  expect(readOnlyOf(`<!-- START -->\n\n${questions}`)).toBe(undefined);
});

test("front matter that is no YAML is said and does not hide the questions", () => {
  const file = readBankFile("a.md", bytesOf("---\ntitle: [a\n---\n\n## Question 1\n\n**Why?**\n"), config);
  expect(file.diagnostics.map(({ code, line }) => [code, line])).toEqual([["front-matter-invalid", 1]]);
  expect(file.questions.length).toBe(1);
});

describe("a file in another encoding", () => {
  const text = "## Question 1: What is a heap?\n\n```\nA tree.\n";
  const wide = (swapped: boolean): Buffer => {
    const bytes = Buffer.from(text, "utf16le");
    return swapped ? bytes.swap16() : bytes;
  };
  const wider = Buffer.from(Array.from(text).flatMap((character) => [character.codePointAt(0) ?? 0, 0, 0, 0]));

  test.each<[string, Uint8Array, string]>([
    ["UTF-16, little end first", Buffer.concat([Buffer.of(0xff, 0xfe), wide(false)]), "UTF-16"],
    ["UTF-16, big end first", Buffer.concat([Buffer.of(0xfe, 0xff), wide(true)]), "UTF-16"],
    ["UTF-16 without a mark", wide(false), "UTF-16"],
    ["UTF-16 without a mark, big end first", wide(true), "UTF-16"],
    ["UTF-32", Buffer.concat([Buffer.of(0xff, 0xfe, 0, 0), wider]), "UTF-32"],
    ["UTF-32 without a mark", wider, "UTF-32"],
  ])("%s", (_title, bytes, encoding) => {
    const { diagnostics, readOnly, questions } = readBankFile("a.md", bytes, config);
    expect({ diagnostics, readOnly, questions }).toEqual({
      diagnostics: [{ code: "not-utf8", severity: "error", path: "a.md", line: 1, arguments: { encoding } }],
      readOnly: "not-utf8",
      questions: [],
    });
  });

  test.each([text.replaceAll("\n", "\r"), `${text.replaceAll("\n", "\r")}\n`])(
    "carriage returns alone: %j",
    (lines) => {
      const { diagnostics, readOnly, questions } = readBankFile("a.md", bytesOf(lines), config);
      expect({ diagnostics, readOnly, questions }).toEqual({
        diagnostics: [{ code: "carriage-returns", severity: "error", path: "a.md", line: 1, arguments: {} }],
        readOnly: "carriage-returns",
        questions: [],
      });
    },
  );

  test.each(["", "\r", "a\rb\nc\n", "a\r\nb\r\n", "a\0b\n", "\r\n"])("%j is none", (lines) => {
    expect(readBankFile("a.md", bytesOf(lines), config).diagnostics).toEqual([]);
  });
});
