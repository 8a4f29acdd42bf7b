import { expect, test } from "vitest";
import { bankConfigSchema } from "../../src/bank/bank-config.ts";
import { readBankFile } from "../../src/bank/read-bank-file.ts";
import { questionBody } from "../../src/bank/question-body.ts";

function bodiesIn(text: string): readonly string[] {
  const { source, questions } = readBankFile("bank.md", new TextEncoder().encode(text), bankConfigSchema.parse({}));
  return questions.map((question) => questionBody(source, question));
}

const choices = (eol: string): string =>
  [
    "# Quiz",
    "",
    ...[1, 2, 3].flatMap((number) => [
      `###### ${number}. What's the output of ${number}?`,
      "",
      "```javascript",
      `console.log(${number});`,
      "```",
      "",
      "- A: `1`",
      "- B: it says: answer",
      "",
      "<details><summary><b>Answer</b></summary>",
      "<p>",
      "",
      "#### Answer: A",
      "",
      "Because.",
      "",
      "</p>",
      "</details>",
      "",
      "---",
      "",
    ]),
  ].join(eol);

test.each(["\n", "\r\n"])("code and choices go with their question (line end %j)", (eol) => {
  expect(bodiesIn(choices(eol))).toEqual(
    [1, 2, 3].map((number) => `\`\`\`javascript\nconsole.log(${number});\n\`\`\`\n\n- A: \`1\`\n- B: it says: answer`),
  );
});

test("a question alone has none, whatever marks its answer", () => {
  expect(
    bodiesIn(
      "# Locks\n\n## Question 1\n\n**What does a lock do?**\n\n**Answer:** It excludes.\n\n---\n\n## Question 2\n\n**Who\nopens it?**\n\n**Answer:**\n\nIts owner.\n",
    ),
  ).toEqual(["", ""]);
  expect(
    bodiesIn(
      "## Q1: What is a lock?\n\nIt excludes.\n\n## Q2: What is a key?\n\nIt opens.\n\n## Q3: And a door?\n\nBoth.\n",
    ),
  ).toEqual(["", "", ""]);
});
