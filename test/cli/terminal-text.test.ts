import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cutLine,
  padLine,
  paintLine,
  span,
  widthOf,
  wrapText,
  type Line,
} from "../../src/cli/review-walk/terminal-text.ts";
import { displayWidth } from "../../src/cli/review-walk/terminal-width.ts";
import { growthOf } from "../support/growth.ts";

function textOf(line: Line): string {
  return line.map(({ text }) => text).join("");
}

function bare(text: string): string {
  return text.replaceAll(/\s+/g, "");
}

function wrapped(text: string, columns: number): readonly string[] {
  return wrapText([span(text)], columns).map(textOf);
}

test.each([
  ["", 0],
  ["plain", 5],
  ["Ünïcode", 7],
  ["e\u0301", 1],
  ["漢字", 4],
  ["ｆｕｌｌ", 8],
  ["ﾊﾝ", 2],
  ["한국", 4],
  ["👍🏽", 2],
  ["🇩🇪", 2],
  ["✂\uFE0F", 2],
  ["│─…", 3],
])("%s takes %i columns", (text, columns) => {
  expect(displayWidth(text)).toBe(columns);
});

describe("wrapping", () => {
  test.each([
    ["one two three", 7, ["one two", "three"]],
    ["one  two", 3, ["one", "two"]],
    ["    indented words", 12, ["    indented", "words"]],
    ["abcdefghij", 4, ["abcd", "efgh", "ij"]],
    ["ab abcdefghij", 4, ["ab a", "bcde", "fghi", "j"]],
    ["first\n\nsecond", 20, ["first", "", "second"]],
    ["漢字漢字 ab", 5, ["漢字", "漢字", "ab"]],
    ["\tx", 9, ["    x"]],
    ["漢", 1, ["漢"]],
    ["a\u202Eb", 20, ["a<U+202E>b"]],
  ])("%j in %i columns", (text, columns, lines) => {
    expect(wrapped(text, columns)).toEqual(lines);
  });

  test("keeps styles where a line breaks inside of one", () => {
    expect(wrapText([span("aa "), span("bb cc", "red"), span("!")], 5)).toEqual([
      [span("aa "), span("bb", "red")],
      [span("cc", "red"), span("!")],
    ]);
  });

  test("loses nothing but blanks, and no line is wider than asked", () => {
    const text = fc.array(
      fc.constantFrom("a", "word", " ", "  ", "\n", "漢字", "é", "👍🏽", "-", "\t", "\u202E", "long-long-word"),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 30 }), (parts, columns) => {
        const lines = wrapText([span(parts.join(""))], columns);
        expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(columns);
        expect(bare(lines.map(textOf).join(""))).toBe(bare(parts.join("").replaceAll("\u202E", "<U+202E>")));
      }),
    );
  });

  test("is quick with a draft of a hundred thousand letters, also without a blank", () => {
    for (const unit of ["word ", "漢", "xxxxx"]) {
      const prepare = (size: number) => () => wrapText([span(unit.repeat(size))], 80);
      expect([unit, growthOf(prepare, 4_000)]).toEqual([unit, "linear"]);
    }
  });
});

test("what does not fit is cut off with a mark, and what is short is filled up", () => {
  expect(textOf(cutLine([span("12345"), span("67890", "red")], 8))).toBe("1234567…");
  expect(textOf(cutLine([span("漢字漢字")], 6))).toBe("漢字…");
  expect(textOf(cutLine([span("fits")], 4))).toBe("fits");
  expect(textOf(cutLine([span("a\nb")], 4))).toBe("ab");
  expect(padLine([span("漢")], 4)).toEqual([span("漢"), span("  ")]);
});

test("colours are added at the end, to text that cannot add any of its own", () => {
  const line = [span("a\u001B[31m", "bold"), span(" b")];
  expect(paintLine(line, true)).toBe("\u001B[1ma<U+001B>[31m\u001B[22m b");
  expect(paintLine(line, false)).toBe("a<U+001B>[31m b");
});
