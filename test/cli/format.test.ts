import { expect, test } from "vitest";
import { amount, count, duration, plural, shorten, table } from "../../src/cli/format.ts";

test("amounts have the places they need, and an unknown one is never zero", () => {
  const shown = [0, 0.00012, 0.0028, 0.0999, 0.1, 1.005, 12.5, 1234].map((usd) => amount({ kind: "known", usd }));
  expect(shown).toEqual(["$0.00", "$0.0001", "$0.0028", "$0.0999", "$0.10", "$1.00", "$12.50", "$1234.00"]);
  expect(amount({ kind: "unknown" })).toBe("price unknown");
});

test("an amount that is not nothing is not shown as nothing", () => {
  expect(amount({ kind: "known", usd: 0.000001 })).toBe("under $0.0001");
});

test("counts are short", () => {
  expect([0, 999, 1_000, 1_250, 999_949, 999_999, 1_000_000, 3_400_000].map(count)).toEqual([
    "0",
    "999",
    "1.0k",
    "1.3k",
    "999.9k",
    "1.0M",
    "1.0M",
    "3.4M",
  ]);
});

test("durations are minutes and seconds, with hours where there are any", () => {
  expect([-5, 0, 499, 1_000, 59_999, 61_000, 600_000, 3_599_999, 3_661_000, 90_000_000].map(duration)).toEqual([
    "0:00",
    "0:00",
    "0:00",
    "0:01",
    "1:00",
    "1:01",
    "10:00",
    "1:00:00",
    "1:01:01",
    "25:00:00",
  ]);
});

test("one of a thing is not several", () => {
  expect([0, 1, 2].map((each) => plural(each, "question"))).toEqual(["0 questions", "1 question", "2 questions"]);
});

test("tables align, numbers to the right, with nothing trailing", () => {
  const rows = [
    ["a.md", "7", "ok"],
    ["longer.md", "1234", ""],
  ];
  expect(table(["file", "n", "state"], rows)).toEqual([
    "file          n  state",
    "a.md          7  ok",
    "longer.md  1234",
  ]);
});

test("a cell cannot break a row or hide in it", () => {
  expect(
    table(
      ["file", "n"],
      [
        ["a\nb\u202E", "1"],
        ["c", "2"],
      ],
    ),
  ).toEqual(["file         n", "a b<U+202E>  1", "c            2"]);
});

test("shortened text has the length asked for, its ellipsis included, and whole characters", () => {
  expect([shorten("abc", 3), shorten("abcd", 3), shorten("😀😀😀", 2), shorten("abc", 1)]).toEqual([
    "abc",
    "ab…",
    "😀…",
    "…",
  ]);
});
