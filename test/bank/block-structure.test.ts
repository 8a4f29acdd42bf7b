import { expect, test } from "vitest";
import { LINE } from "../../src/bank/line-kind.ts";
import { mapLines } from "../../src/bank/line-map.ts";
import { readSource } from "../../src/bank/source-text.ts";
import { bytesOf } from "./byte-texts.ts";

const LETTER = Object.fromEntries(
  Object.entries(LINE).map(([name, kind]) => [kind, name === "blank" ? "." : name.charAt(0)]),
);

/** One letter a line: text, code, comment (`c` both: code is `C`), front matter, blank as a dot. */
function kindsOf(text: string): string {
  const map = mapLines(readSource(bytesOf(text)));
  return [...map.kinds].map((kind) => (kind === LINE.code ? "C" : LETTER[kind])).join("");
}

const CASES: readonly (readonly [name: string, text: string, kinds: string])[] = [
  ["fences of both kinds", "a\n```\n# x\n```\n~~~~\n~~~\n~~~~\nb", "tCCCCCCt"],
  ["a fence in a list item and in a quote", "- a\n\n  ```\n  # x\n  ```\n> ```\n> # y\n> ```\nb", "t.CCCCCCt"],
  ["indented code", "a\n\n    # x\n\nb", "t.C.t"],
  ["a comment over lines, and one beside text", "<!-- a\n# b\n-->\n# c <!-- d -->\n<!-- e -->", "ccctc"],
  ["a comment mark in a code span", "use `<!--` here\n# a", "tt"],
  ["a comment mark in a paragraph that never closes", "a <!-- b\n\n# c", "t.t"],
  ["verbatim HTML", "<pre>\n# x\n</pre>\n\n<script>\n# y\n</script>", "CCC.CCC"],
  ["a fence right under a tag", "<summary>q</summary>\n```\n# x\n```\n</details>", "tCCCt"],
  ["front matter", "---\ntitle: a\ntags:\n  - b\n---\n# c", "ffffft"],
  ["a rule and prose instead of front matter", "---\nSome words here.\n---\n# c", "tttt"],
  ["lone carriage returns are no line ends", "a\rb\n# c", "tt"],
  ["NUL", "\u0000\n```\n\u0000\n```", "tCCC"],
];

test.each(CASES)("%s", (_name, text, kinds) => {
  expect(kindsOf(text)).toBe(kinds);
});

test.each(CASES)("%s, with CRLF", (_name, text, kinds) => {
  expect(kindsOf(text.replaceAll("\n", "\r\n"))).toBe(kinds);
});

test("headings of both kinds have their level, code has none", () => {
  const map = mapLines(readSource(bytesOf("# a\n\nb\n-----\n\n```\n# c\n```\n####### d\n  ### e\n#f\n\ng\n===")));
  expect(map.headings.map((line) => `${line}:${map.headingLevels[line]}`)).toEqual(["0:1", "2:2", "9:3", "12:1"]);
});

test.each([
  ["```\na\n~~~", "```"],
  ["````\na\n```\n", "````"],
  ["```\na\n    ```\n\n", "```"],
  ["```\na\n``` js\n", "```"],
  ["- a\n\n  ```\n  b\n  ~~~\n", "```"],
  ["> ~~~\n> a\n> ```\n", "~~~"],
  ["```", "```"],
  ["  ```\n  ", "```"],
])("what only looks like the end of a fence does not close it: %j", (text, fence) => {
  expect(mapLines(readSource(bytesOf(text))).unclosedFence?.fence).toBe(fence);
});

test.each([
  "```\na\n`````",
  "```\na\n   ```  \n\n",
  "- a\n\n  ~~~\n  b\n     ~~~\n",
  "> ```\n> a\n> ```",
  "```\n```",
  "```\n\n```\n",
])("a fence is closed by %j", (text) => expect(mapLines(readSource(bytesOf(text))).unclosedFence).toBeUndefined());

test("what is never closed is reported where it opens", () => {
  const { unclosedFence } = mapLines(readSource(bytesOf("a\n\n~~~~ py\n# x\n\n")));
  expect(unclosedFence).toEqual({ line: 2, fence: "~~~~" });
  const { unclosedComment } = mapLines(readSource(bytesOf("a\n\n<!-- b\n\nc\n")));
  expect(unclosedComment).toBe(2);
  const closed = mapLines(readSource(bytesOf("- ```\n  a\n\nb\n\n<!-- c -->\n")));
  expect([closed.unclosedFence, closed.unclosedComment]).toEqual([undefined, undefined]);
});
