import { expect, test } from "vitest";
import { bankConfigSchema } from "../../src/bank/bank-config.ts";
import { BUILT_IN_DIALECTS } from "../../src/bank/built-in-dialects.ts";
import { parseFile } from "../../src/bank/parse.ts";
import { readBankFile } from "../../src/bank/read-bank-file.ts";
import { readSource } from "../../src/bank/source-text.ts";
import { bytesOf } from "./byte-texts.ts";

const config = bankConfigSchema.parse({});
const LINE = 3900;

/** Texts that make a careless pattern or parser quadratic or worse. */
const HOSTILE: Readonly<Record<string, string>> = {
  "deep block quotes": "> ".repeat(10_000),
  "deep lists": "- ".repeat(10_000),
  "half placeholders": `**Answer:** ${"_[x]_ ".repeat(48)}!\n`.repeat(100),
  "one line of a megabyte": "a".repeat(1_000_000),
  "one line of brackets": "[".repeat(1_000_000),
  "comments opened in code": "`<!--".repeat(100_000),
  "comments never closed": "<!-- START -->\n".repeat(10_000),
  "blanks after a marker": `**answer${" ".repeat(LINE)}x\n`.repeat(20),
  "blanks after a heading": `### <a x>${" ".repeat(LINE)}\n### Q${" ".repeat(LINE)}\n`.repeat(20),
  stars: `${"* ".repeat(LINE / 2)}\n${"*".repeat(LINE)}\n`.repeat(20),
  tags: `${"<br />".repeat(600)}x\n`.repeat(20),
  colons: `a${":".repeat(LINE)}\n${"a b:".repeat(900)}\n`.repeat(20),
  pictographs: `### ${"⭐️".repeat(1900)}?a\n\n`.repeat(10),
  "unclosed summaries": "<details>\n<summary>What\n".repeat(2000),
};

test.each(Object.entries(HOSTILE))("%s take linear time in every dialect", (_name, text) => {
  const source = readSource(bytesOf(text));
  const started = performance.now();
  readBankFile("questions/hostile.md", source.bytes, config);
  for (const dialect of BUILT_IN_DIALECTS.values()) {
    parseFile({ path: "questions/hostile.md", source, dialects: [dialect], chosenBy: "config" });
  }
  // 19 passes over at most a megabyte; a quadratic one alone takes longer.
  expect(performance.now() - started).toBeLessThan(12_500);
});

test("ten thousand nested quotes take less than 200 ms", () => {
  const started = performance.now();
  const file = readBankFile("a.md", bytesOf("> ".repeat(10_000)), config);
  expect(performance.now() - started).toBeLessThan(1_000);
  expect(file.questions).toEqual([]);
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
