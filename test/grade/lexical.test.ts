import * as fc from "fast-check";
import { linearRegression, sampleCorrelation } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { compareWith, type LexicalFeatures } from "../../src/grade/lexical-features.ts";
import { crossFitLexical, fitLexical, predictLexical } from "../../src/grade/lexical-model.ts";
import { isMisspelling } from "../../src/grade/lexical-spelling.ts";
import { lexicalShare, shareOf } from "../../src/grade/lexical.ts";

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

const features = fc.record({
  coverage: fc.double({ min: 0, max: 1, noNaN: true }),
  letters: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.double({ min: 0, max: 1, noNaN: true }),
});

function evenly(count: number): readonly LexicalFeatures[] {
  return Array.from({ length: count }, (_, place) => {
    const at = place / count;
    return { coverage: at, letters: (at * 7) % 1, length: (at * 13) % 1 };
  });
}

describe("the lexical baseline", () => {
  test("finds a straight line again", () => {
    const rows = evenly(400).map((each) => ({ features: each, share: 0.2 + 0.5 * each.letters }));
    const model = fitLexical(rows);
    const predicted = rows.map((row) => predictLexical(model, row.features));
    const points = rows.map((row, place) => [row.share, predicted[place] ?? 0]);
    const { m, b } = linearRegression(points);
    expect([m.toFixed(2), b.toFixed(2)]).toEqual(["1.00", "0.00"]);
  });

  test("predicts the mean where nothing tells rows apart, and one half without rows", () => {
    const same = { coverage: 0.4, letters: 0.4, length: 0.4 };
    const model = fitLexical([0.2, 0.4, 0.9].map((each) => ({ features: same, share: each })));
    expect(predictLexical(model, same)).toBeCloseTo(0.5, 10);
    expect(predictLexical(fitLexical([]), same)).toBe(0.5);
  });

  test("is a share of full marks for any rows and features", () => {
    const row = fc.record({ features, share: fc.double({ min: 0, max: 1, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), features, (rows, asked) => {
        const predicted = predictLexical(fitLexical(rows), asked);
        expect(predicted).toBeGreaterThanOrEqual(0);
        expect(predicted).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("never predicts a row by itself or by its own unit", () => {
    const rows = evenly(60).map((each, place) => ({ features: each, share: each.coverage, unit: `c-${place % 10}` }));
    const before = crossFitLexical(rows);
    const changed = rows.map((row) => (row.unit === "c-3" ? { ...row, share: 1 - row.share } : row));
    const after = crossFitLexical(changed);
    const own = rows.flatMap((row, place) => (row.unit === "c-3" ? [[before[place], after[place]]] : []));
    expect(own.filter(([left, right]) => left !== right)).toEqual([]);
    expect(after).not.toEqual(before);
    expect(
      sampleCorrelation(
        [...before],
        rows.map((row) => row.share),
      ),
    ).toBeGreaterThan(0.99);
  });
});
