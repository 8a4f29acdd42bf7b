import { array, assert, constantFrom, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { wordDiff } from "../../src/review/diff.ts";
import { formatDiff } from "../../src/review/format-diff.ts";

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
    ["3,000 words rewritten", prose(3000), otherProse(3000)],
    ["30,000 words rewritten", prose(30_000), otherProse(30_000)],
    ["20,000 Chinese letters rewritten", chinese(20_000, 3), chinese(20_000, 7)],
    ["one word again and again", "a ".repeat(50_000), "b ".repeat(50_000)],
    ["a million marks", "!".repeat(500_000), "?".repeat(500_000)],
    ["a hundred thousand blank lines", "\n".repeat(100_000), "a\n\n".repeat(60_000)],
    ["code of 10,000 lines", code(prose(10_000)), code(otherProse(10_000))],
  ])("are compared within half a second: %s", (_name, before, after) => {
    const started = performance.now();
    const { hunks } = wordDiff(before, after);
    expect(performance.now() - started).toBeLessThan(2_500);
    expect(hunks.length).toBeGreaterThan(0);
  });
});
