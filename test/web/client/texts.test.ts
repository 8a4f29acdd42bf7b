import { describe, expect, test } from "vitest";
import { offerMerge } from "../../../src/review/conflict.ts";
import { wordDiff } from "../../../src/review/diff.ts";
import { commandOf, KEYS } from "../../../src/web/client/keys.ts";
import { lineDiff } from "../../../src/web/client/line-diff.ts";
import { mergedText, openChoices } from "../../../src/web/client/merge-choice.ts";
import { lines } from "../../../src/web/client/read-lines.ts";
import { safeLink } from "../../../src/web/client/safe-link.ts";
import { dollars, flagWord, plural, pointsText, stateLook } from "../../../src/web/client/words.ts";

const plain = { ctrlKey: false, metaKey: false, altKey: false, repeat: false };

describe("letters", () => {
  test("are those of the terminal", () => {
    expect(KEYS.flatMap(({ keys }) => keys).join(" ")).toBe("a r x s e u j n k p d i c A w / g ?");
  });

  test.each(["Enter", "Escape", " ", "Tab", "ArrowDown", "F5", "y", "R"])("%s asks for nothing", (key) => {
    expect(commandOf({ ...plain, key })).toBe(undefined);
  });

  test("held down walk on, and decide nothing", () => {
    const held = ["a", "r", "u", "j", "p"].map((key) => commandOf({ ...plain, repeat: true, key }));
    expect(held).toEqual([undefined, undefined, undefined, "next", "previous"]);
  });

  test("ask for nothing together with Ctrl, Alt or Meta", () => {
    const held = [{ ctrlKey: true }, { metaKey: true }, { altKey: true }];
    expect(held.map((change) => commandOf({ ...plain, ...change, key: "a" }))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(commandOf({ ...plain, key: "a" })).toBe("accept");
  });
});

describe("a link of a draft", () => {
  test.each([
    ["https://example.org/a b", "https://example.org/a%20b"],
    ["mailto:someone@example.org", "mailto:someone@example.org"],
    ["HTTP://Example.ORG", "http://example.org/"],
    ["https://examp\u0142e.org", "https://xn--exampe-7db.org/"],
    ["javascript:alert(1)", undefined],
    [" java\nscript:alert(1)", undefined],
    ["data:text/html,x", undefined],
    ["//example.org", undefined],
    ["notes.md", undefined],
    ["", undefined],
  ])("%j leads to %j", (address, expected) => {
    expect(safeLink(address)).toBe(expected);
  });
});

describe("a conflict", () => {
  const { regions } = offerMerge({
    base: "One. Two. Three.",
    now: "One. Two there. Three.",
    draft: "One. Two drafted. Three.",
  });

  test("stays as the file has it until sides are taken", () => {
    expect([openChoices(regions, new Map()), mergedText(regions, new Map())]).toEqual([1, "One. Two there. Three."]);
  });

  test.each([
    ["now", "One. Two there. Three."],
    ["draft", "One. Two drafted. Three."],
    ["both", "One. Two there.\n\nTwo drafted. Three."],
  ] as const)("with %s taken", (side, expected) => {
    const place = regions.findIndex(({ kind }) => kind === "choice");
    const sides = new Map([[place, side]]);
    expect([openChoices(regions, sides), mergedText(regions, sides)]).toEqual([0, expected]);
  });
});

test("code is compared by lines", () => {
  expect(lineDiff("a: 1\nb: 2\n", "a: 1\nb: 3\n").hunks).toEqual([
    {
      unit: "lines",
      parts: [
        { kind: "same", text: "a: 1\n" },
        { kind: "removed", text: "b: 2\n" },
        { kind: "added", text: "b: 3\n" },
      ],
      isWhitespaceOnly: false,
    },
  ]);
});

test("a text against itself has no change", () => {
  expect(wordDiff("Same.", "Same.").hunks.flatMap(({ parts }) => parts.map(({ kind }) => kind))).toEqual(["same"]);
});

test("lines come whole, however the stream is cut", async () => {
  const bytes = new TextEncoder().encode('{"a":"ä"}\n\n{"b":1}\n{"c":2}');
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  const found: string[] = [];
  for await (const line of lines(stream)) found.push(line);
  // What is not ended by a line feed is not whole.
  expect(found).toEqual(['{"a":"ä"}', '{"b":1}']);
});

test("words and figures for people", () => {
  expect([
    plural(1, "file"),
    plural(3000, "file"),
    plural(2, "criterion", "criteria"),
    pointsText(2500),
    dollars(0.0021),
    dollars(12),
    flagWord("near-pass-mark"),
    flagWord("no-citation"),
    stateLook({ kind: "grade", state: "stale" }).meaning,
    stateLook({ kind: "answer", state: "stale" }).meaning,
  ]).toEqual([
    "1 file",
    "3,000 files",
    "2 criteria",
    "2.5",
    "$0.0021",
    "$12.00",
    "close to the pass mark",
    "no citation",
    "The rubric changed after judging; grade again.",
    "The question was reworded since.",
  ]);
});
