import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { highlightedPieces } from "../../../src/grade/evidence/highlight.ts";

describe("highlightedPieces", () => {
  test("cuts the answer where evidence begins and ends, overlaps included", () => {
    expect(
      highlightedPieces("one two three", [
        { start: 0, end: 7, criterion: 1 },
        { start: 4, end: 13, criterion: 0 },
      ]),
    ).toEqual([
      { text: "one ", criteria: [1], begins: [1] },
      { text: "two", criteria: [0, 1], begins: [0] },
      { text: " three", criteria: [0], begins: [] },
    ]);
  });

  test("cuts no character in two, and leaves out what is not there", () => {
    expect(
      highlightedPieces("a😀b", [
        { start: 2, end: 4, criterion: 0 },
        { start: 9, end: 12, criterion: 1 },
        { start: 3, end: 3, criterion: 2 },
        { start: -5, end: 1, criterion: 3 },
      ]),
    ).toEqual([
      { text: "a", criteria: [3], begins: [3] },
      { text: "😀b", criteria: [0], begins: [0] },
    ]);
  });

  test("the pieces are the answer, and each character has the criteria whose evidence covers it", () => {
    const span = fc.record({ start: fc.nat(30), end: fc.nat(30), criterion: fc.nat(3) });
    fc.assert(
      fc.property(fc.string({ maxLength: 25 }), fc.array(span, { maxLength: 6 }), (answer, spans) => {
        const pieces = highlightedPieces(answer, spans);
        expect(pieces.map(({ text }) => text).join("")).toBe(answer);
        const shown = pieces.flatMap(({ text, criteria }) => Array.from({ length: text.length }, () => criteria));
        const wanted = Array.from({ length: answer.length }, (_, at) => {
          const covering = spans.filter(({ start, end }) => start <= at && at < end).map(({ criterion }) => criterion);
          return [...new Set(covering)].toSorted((left, right) => left - right);
        });
        expect(shown).toEqual(wanted);
      }),
    );
  });

  test("an empty answer has no pieces", () => {
    expect(highlightedPieces("", [{ start: 0, end: 3, criterion: 0 }])).toEqual([]);
  });
});
