import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { segmentsOf } from "../../../src/grade/evidence/segments.ts";

function texts(answer: string): readonly string[] {
  return segmentsOf(answer).map(({ text }) => text);
}

describe("an answer is cut into what a judge can name", () => {
  test("sentences, items, headings and rows each get a number", () => {
    const answer =
      "# Locks\n\nA lock keeps writers apart. It is released in a finally block,\ne.g. after an error.\n\n- one owner\n  at a time\n- no waiting in turns\n\n| a | b |\n|---|---|\n1. First.\n2. Second! Third?";
    expect(segmentsOf(answer).map(({ id, text }) => `${id} ${text}`)).toEqual([
      "s1 # Locks",
      "s2 A lock keeps writers apart.",
      "s3 It is released in a finally block,\ne.g. after an error.",
      "s4 - one owner\n  at a time",
      "s5 - no waiting in turns",
      "s6 | a | b |",
      "s7 |---|---|",
      "s8 1. First.",
      "s9 2. Second!",
      "s10 Third?",
    ]);
  });

  test("a block of code stays whole, with its blank lines, and ends where it is closed", () => {
    expect(texts("Use it:\n```py\na = 1. B\n\n- b = 2\n```\nDone.\n~~~\nopen")).toEqual([
      "Use it:",
      "```py\na = 1. B\n\n- b = 2\n```",
      "Done.",
      "~~~\nopen",
    ]);
  });

  test("lines may end as on any system", () => {
    expect(texts("One. Two.\r\nThree.\r\n\r\n- four\r\n- five\rsix")).toEqual([
      "One.",
      "Two.",
      "Three.",
      "- four",
      "- five\rsix",
    ]);
  });

  test("scripts without blanks have sentences too", () => {
    expect(texts("锁保护共享数据。它由一个线程持有！对吗？")).toEqual([
      "锁保护共享数据。",
      "它由一个线程持有！",
      "对吗？",
    ]);
  });

  test("what is too long is cut at a blank, code at a line's end, and nothing is lost", () => {
    const prose = "word ".repeat(250).trim();
    expect(texts(prose).map((text) => text.length)).toEqual([499, 499, 249]);
    expect(texts(prose).join(" ")).toBe(prose);
    const code = `\`\`\`\n${"x = 1;\n".repeat(500)}\`\`\``;
    expect(texts(code).every((text) => text.length <= 2_000 && !text.startsWith(" "))).toBe(true);
    expect(texts(code).join("\n")).toBe(code);
    expect(texts("é😀".repeat(400)).join("")).toBe("é😀".repeat(400));
  });

  test("nothing gives nothing", () => {
    expect(segmentsOf(" \r\n\t\n")).toEqual([]);
  });
});

const PIECES = [
  "a",
  "Bc",
  " ",
  "\n",
  "\r\n",
  "\r",
  ".",
  "!",
  "。",
  "- ",
  "# ",
  "```",
  "~~~",
  "|",
  "\ud800",
  "\udc00",
  "😀",
  "\u200b",
  "1. ",
  "`",
];

test("segments are in order, apart, and hold every character that is no blank", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string()), { maxLength: 60 }), (pieces) => {
      const answer = pieces.join("");
      const segments = segmentsOf(answer);
      let end = 0;
      let between = "";
      for (const segment of segments) {
        expect(segment.start).toBeGreaterThanOrEqual(end);
        expect(segment.text).toBe(answer.slice(segment.start, segment.end));
        expect(segment.text.trim()).toBe(segment.text);
        between += answer.slice(end, segment.start);
        end = segment.end;
      }
      expect((between + answer.slice(end)).trim()).toBe("");
      expect(segments.map(({ id }) => id)).toEqual(segments.map((_, index) => `s${index + 1}`));
    }),
  );
});

test("a megabyte of anything is cut", () => {
  for (const piece of ["x", "x ", "a. B ", "```\n", "。"]) {
    const answer = piece.repeat(1_000_000 / piece.length);
    const kept = segmentsOf(answer).reduce((sum, { text }) => sum + text.replace(/\s/g, "").length, 0);
    expect(kept).toBe(answer.replace(/\s/g, "").length);
  }
});
