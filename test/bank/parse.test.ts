import { expect, test } from "vitest";
import { bankConfigSchema } from "../../src/bank/bank-config.ts";
import { readBankFile } from "../../src/bank/read-bank-file.ts";

const CONFIG = bankConfigSchema.parse({ banks: [{ files: "**", dialects: ["listed", "headed"] }] });

function questionsOf(text: string): readonly string[] {
  const file = readBankFile("bank.md", new TextEncoder().encode(text), CONFIG);
  return file.questions.map(({ dialect, text: asked, state }) => `${dialect}: ${asked} (${state})`);
}

test("a list item in an answer is not proven a question by the marker of the next headed one", () => {
  expect(
    questionsOf(`1. What is a lock?

**Answer:**
It keeps others out.

---

## Question 1

**What is a queue?**

**Answer:**

It keeps order.

1. **First in**: it stands in front.
2. **First out**: it leaves first.

---

## Question 2

**What is a stack?**

**Answer:** _[To be filled]_
`),
  ).toEqual([
    "listed: What is a lock? (filled)",
    "headed: What is a queue? (filled)",
    "headed: What is a stack? (placeholder)",
  ]);
});

test("a rule right under a paragraph is no heading, so the answer goes on and no question stands below it", () => {
  const text = `## Locks

### 1. What is a lock?

**Answer:**

It keeps others out.
**Tip:** say when.
---

More of the answer.

### 2. What is a latch?

**Answer:** _[To be filled]_
`;
  const config = bankConfigSchema.parse({});
  const { questions } = readBankFile("bank.md", new TextEncoder().encode(text), config);
  expect(questions.map(({ headings, slot }) => ({ headings, answer: slot.answer }))).toEqual([
    { headings: ["Locks"], answer: "It keeps others out.\n**Tip:** say when.\n---\n\nMore of the answer." },
    { headings: ["Locks"], answer: "_[To be filled]_" },
  ]);
});
