import { expect, test } from "vitest";
import type { Diagnostic, DiagnosticCode } from "../../src/core/diagnostics.ts";
import { messageOf } from "../../src/core/messages.ts";

const PLACE = { severity: "warning", path: "a.md", line: 1 } as const;

// A code that is added without a sample here does not compile.
const SAMPLES: { readonly [Code in DiagnosticCode]: Diagnostic<Code> } = {
  "unclosed-fence": { ...PLACE, code: "unclosed-fence", arguments: { fence: "```" } },
  "unclosed-comment": { ...PLACE, code: "unclosed-comment", arguments: {} },
  "invalid-utf8": { ...PLACE, code: "invalid-utf8", arguments: { lines: 2 } },
  "front-matter-invalid": { ...PLACE, code: "front-matter-invalid", arguments: { reason: "a tab at line 2" } },
  "long-line": { ...PLACE, code: "long-line", arguments: { length: 5_000, limit: 4_000 } },
  "generated-file": { ...PLACE, code: "generated-file", arguments: { marker: "@generated" } },
  "parsers-disagree": { ...PLACE, code: "parsers-disagree", arguments: { id: "q-1" } },
  "number-repeated": { ...PLACE, code: "number-repeated", arguments: { number: "7", firstLine: 12 } },
  "number-missing": { ...PLACE, code: "number-missing", arguments: { from: "7", to: "9" } },
  "duplicate-question": {
    ...PLACE,
    code: "duplicate-question",
    arguments: { id: "q-1", firstPath: "a.md", firstLine: 3 },
  },
  "conflicting-answers": {
    ...PLACE,
    code: "conflicting-answers",
    arguments: { id: "q-1", firstPath: "a.md", firstLine: 3 },
  },
  "glued-words": { ...PLACE, code: "glued-words", arguments: { id: "q-1", found: "ofthe", repaired: "of the" } },
  "stub-answer": { ...PLACE, code: "stub-answer", arguments: { id: "q-1", words: 2 } },
  "not-utf8": { ...PLACE, code: "not-utf8", arguments: { encoding: "UTF-16" } },
  "carriage-returns": { ...PLACE, code: "carriage-returns", arguments: {} },
  "unmarked-choice": { ...PLACE, code: "unmarked-choice", arguments: { id: "q-1" } },
  "partial-answer": { ...PLACE, code: "partial-answer", arguments: { id: "q-1" } },
  "wrong-total": { ...PLACE, code: "wrong-total", arguments: { stated: 50, counted: 49 } },
  "structure-changed": { ...PLACE, code: "structure-changed", arguments: { id: "q-1", reason: "a heading was lost" } },
};

test("every diagnostic has words that say what it is about", () => {
  const words = Object.values(SAMPLES).map((diagnostic) => [diagnostic.code, messageOf(diagnostic)]);
  expect(Object.fromEntries(words)).toMatchInlineSnapshot(`
    {
      "carriage-returns": "lines end in carriage returns alone, so no question is found; save it with LF or CRLF line ends",
      "conflicting-answers": "q-1 is answered differently at a.md:3",
      "duplicate-question": "q-1 asks the same as a.md:3",
      "front-matter-invalid": "front matter cannot be read: a tab at line 2",
      "generated-file": "file is generated (@generated); it is read but never written",
      "glued-words": "q-1 has glued words: "ofthe", probably "of the"",
      "invalid-utf8": "2 lines are not valid UTF-8; they are kept as they are, slots on them are not filled",
      "long-line": "line of 5000 characters is longer than 4000; it is not searched for questions",
      "not-utf8": "the file is UTF-16, so no question is found; save it as UTF-8",
      "number-missing": "numbers jump from 7 to 9",
      "number-repeated": "number 7 was used before, at line 12",
      "parsers-disagree": "two parsers see a different structure around q-1; it is not written",
      "partial-answer": "q-1 has an answer that is marked as unfinished",
      "structure-changed": "q-1 would change the structure of the file: a heading was lost",
      "stub-answer": "q-1 has an answer of only 2 words",
      "unclosed-comment": "HTML comment is never closed; nothing is written to this file until it is",
      "unclosed-fence": "code fence \`\`\` is never closed; nothing is written to this file until it is",
      "unmarked-choice": "q-1 asks for a choice, and none is marked as right",
      "wrong-total": "the text says 50 questions, 49 are here",
    }
  `);
});

test("one of a thing is told as one", () => {
  const words = [
    messageOf({ ...PLACE, code: "invalid-utf8", arguments: { lines: 1 } }),
    messageOf({ ...PLACE, code: "stub-answer", arguments: { id: "q-1", words: 1 } }),
    messageOf({ ...PLACE, code: "wrong-total", arguments: { stated: 1, counted: 2 } }),
    messageOf({ ...PLACE, code: "wrong-total", arguments: { stated: 2, counted: 1 } }),
  ];
  expect(words).toEqual([
    "1 line is not valid UTF-8; it is kept as it is, a slot on it is not filled",
    "q-1 has an answer of only 1 word",
    "the text says 1 question, 2 are here",
    "the text says 2 questions, 1 is here",
  ]);
});
