import { array, assert, constantFrom, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { wordDiff } from "../../src/review/diff.ts";
import { formatDiff } from "../../src/review/format-diff.ts";
import { growthOf } from "../support/growth.ts";

const dense = (value: string): string => value.replace(/\s+/g, "");
const shown = (before: string, after: string): string => formatDiff(wordDiff(before, after));

describe("a diff of two texts", () => {
  it("marks words in prose and lines in code, and leaves equal blocks alone", () => {
    const before = "A quick brown fox\njumps over it.\n\nSame.\n\n```js\nlet a = 1\nlet b = 2\n```\n";
    const after = "A quick red fox\njumps over it.\n\nSame.\n\nNew.\n\n```js\nlet a = 1\nlet c = 2\n```\n";
    expect(shown(before, after)).toMatchInlineSnapshot(`
      "A quick [-brown-] {+red+} fox
      jumps over it.

      Same.

      {+New.+}

      \`\`\`js
      let a = 1
      [-let b = 2-]
      {+let c = 2+}
      \`\`\`
      "
    `);
  });

  it("says what each hunk compares", () => {
    expect(wordDiff("one two three four", "one two THREE four")).toEqual({
      hunks: [
        {
          unit: "words",
          isWhitespaceOnly: false,
          parts: [
            { kind: "same", text: "one two " },
            { kind: "removed", text: "three " },
            { kind: "added", text: "THREE " },
            { kind: "same", text: "four" },
          ],
        },
      ],
      isWhitespaceOnly: false,
    });
  });

  it("shows no change in a paragraph that was only wrapped anew, and says so", () => {
    expect(wordDiff("one two\nthree four.\n\nEnd.", "one\ntwo three\nfour.\n\nEnd.")).toEqual({
      hunks: [
        { unit: "words", isWhitespaceOnly: true, parts: [{ kind: "same", text: "one\ntwo three\nfour.\n\n" }] },
        { unit: "block", isWhitespaceOnly: false, parts: [{ kind: "same", text: "End." }] },
      ],
      isWhitespaceOnly: true,
    });
  });

  it("keeps a new paragraph apart from an edited neighbour", () => {
    expect(shown("The old first one.\n\nTail.", "Inserted.\n\nThe new first one.\n\nTail.")).toBe(
      "{+Inserted.+}\n\nThe [-old-] {+new+} first one.\n\nTail.",
    );
  });

  it("compares words of other scripts, not letters", () => {
    expect(shown("Привет дорогой мир сегодня", "Привет новый мир сегодня")).toBe(
      "Привет [-дорогой-] {+новый+} мир сегодня",
    );
    expect(shown("机器学习是人工智能的一个分支。", "机器学习是计算机科学的一个分支。")).toBe(
      "机器学习是[-人工智能-]{+计算机科学+}的一个分支。",
    );
  });

  it("shows two texts with little in common as one after the other", () => {
    expect(shown("_To be filled_", "Salting adds random bytes to a password.")).toBe(
      "[-_To be filled_-]{+Salting adds random bytes to a password.+}",
    );
  });

  it("takes an unclosed fence as code to the end", () => {
    expect(shown("```\na\n\nb", "```\na\n\nc")).toBe("```\na\n\n[-b-]{+c+}");
  });

  it("holds both texts: removed and same make the one, added and same the other, but for blanks", () => {
    const piece = constantFrom("alpha", "beta", "γάμμα", "数据", ".", "\n", "\n\n", "```\n", " ", "  ");
    const text = array(piece, { maxLength: 40 }).map((words) => words.join(" "));
    assert(
      property(text, text, (before, after) => {
        const parts = wordDiff(before, after).hunks.flatMap((hunk) => hunk.parts);
        const side = (other: "removed" | "added"): string =>
          parts.flatMap((part) => (part.kind === other ? [] : [part.text])).join("");
        expect(side("removed")).toBe(after);
        expect(dense(side("added"))).toBe(dense(before));
      }),
    );
  });
});

const word = (at: number): string => `w${(at * 7919) % 2003}`;
const prose = (words: number): string => Array.from({ length: words }, (_, at) => word(at)).join(" ");
const otherProse = (words: number): string =>
  Array.from({ length: words }, (_, at) => word((at * at + 17) % 100_003)).join(" ");
const chinese = (length: number, step: number): string =>
  Array.from({ length }, (_, at) => String.fromCharCode(0x4e00 + ((at * at * step) % 801))).join("");
const code = (words: string): string => `\`\`\`\n${words.replaceAll(" ", "\n")}`;

describe("the worst texts", () => {
  it.each([
    ["words rewritten", 7_500, prose, otherProse],
    ["Chinese letters rewritten", 5_000, (size: number) => chinese(size, 3), (size: number) => chinese(size, 7)],
    ["one word again and again", 12_500, (size: number) => "a ".repeat(size), (size: number) => "b ".repeat(size)],
    ["marks", 125_000, (size: number) => "!".repeat(size), (size: number) => "?".repeat(size)],
    ["blank lines", 25_000, (size: number) => "\n".repeat(size), (size: number) => "a\n\n".repeat(size * 0.6)],
    ["lines of code", 2_500, (size: number) => code(prose(size)), (size: number) => code(otherProse(size))],
  ] as const)("are compared in time in proportion to them: %s", (_name, size, beforeOf, afterOf) => {
    const prepare = (own: number) => {
      const [before, after] = [beforeOf(own), afterOf(own)];
      expect(wordDiff(before, after).hunks.length).toBeGreaterThan(0);
      return () => wordDiff(before, after);
    };
    expect(growthOf(prepare, size)).toBe("linear");
  });
});
