import { expect, test } from "vitest";
import { agreesOnBlock } from "../../src/bank/cross-check.ts";

test.each([
  ["text and code that is closed", "## Question 1\n\n**Why?**", "\n\nSo.\n\n```py\n1\n```", true],
  ["code right after the question", "## Question 1", "\n\n```py\n1\n```\n", true],
  ["a list item deep in a list", "      1. [E] Why?", "\n\n         So.\n", true],
  [
    "an answer inside folded HTML",
    "1. Why?\n\n    <details><summary>Answer</summary>",
    "\n      So.\n    </details>\n",
    true,
  ],
  ["a fence opened before the answer", "## Question 1\n\n```", "\n\nSo.\n\n```\n", false],
  ["a comment opened before the answer", "## Question 1\n\n<!-- note", "\n\nSo.\n\n-->\n", false],
  ["a fence left open", "## Question 1", "\n\n~~~\n1\n", false],
  ["a comment left open", "## Question 1", "\n\n<!-- 1\n", false],
])("%s", (_name, question, answer, agrees) => {
  expect(agreesOnBlock(question + answer, question.length)).toBe(agrees);
});
