import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareWith } from "../../../src/grade/lexical/lexical-features.ts";
import { isMisspelling } from "../../../src/grade/lexical/lexical-spelling.ts";
import { lexicalShare, shareOf } from "../../../src/grade/lexical/lexical.ts";

const TARGET = {
  question: "What is the purpose of a semaphore?",
  reference:
    "A semaphore limits how many threads enter a critical section. It keeps a counter that waiting threads decrement.",
  rubricTexts: [],
};

function share(answer: string): number | undefined {
  return lexicalShare({ ...TARGET, answer });
}

describe("the lexical cross-check", () => {
  test("orders answers by what they say of the reference", () => {
    const answers = [
      TARGET.reference,
      "It limits the number of threads in a critical section by a counter.",
      "It is about threads and waiting.",
      "The purpose of a semaphore is the purpose of a semaphore.",
      "Bananas are yellow fruit, and I like them with yoghurt.",
      "",
    ];
    expect(answers.map((answer) => share(answer)?.toFixed(2))).toMatchInlineSnapshot(`
      [
        "1.00",
        "1.00",
        "0.44",
        "0.08",
        "0.00",
        "0.00",
      ]
    `);
  });

  test("forgives misspelling and endings", () => {
    const right = share("how many threads enter a critical section with a counter") ?? 0;
    const wrong = share("how many thraeds enter a critcal secttion with a conter") ?? 0;
    expect(wrong).toBeGreaterThan(right * 0.7);
  });

  test("has nothing to say where there is nothing to compare with, and falls back to the rubric", () => {
    const bare = { question: "Why?", reference: " ", rubricTexts: [], answer: "Because." };
    expect(lexicalShare(bare)).toBeUndefined();
    expect(lexicalShare({ ...bare, reference: "It is so." })).toBeUndefined();
    const marked = { ...bare, rubricTexts: ["names caching", "names batching"] };
    expect(lexicalShare({ ...marked, answer: "caching" })).toBeGreaterThan(0.5);
  });

  test("is from 0 to 1, the same each time, and not raised by words of the question", () => {
    const compare = compareWith(TARGET);
    if (compare === undefined) throw new Error("there is a reference");
    const word = fc.constantFrom(
      "semaphore",
      "purpose",
      "threads",
      "counter",
      "limits",
      "banana",
      "thraeds",
      "1",
      "é",
      "the",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string({ unit: "grapheme" })), { maxLength: 40 }), (words) => {
        const answer = words.join(" ");
        const features = compare(answer);
        for (const value of [...Object.values(features), shareOf(features)]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
        expect(compare(answer)).toEqual(features);
        expect(compareWith(TARGET)?.(answer)).toEqual(features);
      }),
    );
  });
});

test("a slip of the pen is one or two letters, never the first, never in a short word or a figure", () => {
  const pairs = [
    ["threads", "thraeds"],
    ["critical", "critcal"],
    ["semaphore", "semapohres"],
    ["cache", "catch"],
    ["latency", "patency"],
    ["lock", "look"],
    ["sha256", "sha255"],
    ["counter", "encounter"],
  ] as const;
  expect(pairs.map(([left, right]) => isMisspelling(left, right))).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});
