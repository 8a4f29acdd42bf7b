import { describe, expect, test } from "vitest";
import type { MarkdownNode } from "../../src/web/api.ts";
import { markdownTree } from "../../src/web/markdown-tree.ts";
import { growthOf } from "../support/growth.ts";

const text = (value: string): MarkdownNode => ({ kind: "text", text: value });
const paragraph = (...children: readonly MarkdownNode[]): MarkdownNode => ({ kind: "paragraph", children });

describe("markdown as a tree", () => {
  test.each<readonly [string, string, readonly MarkdownNode[]]>([
    [
      "marks and code",
      "A *b* **c** `d`  \ne",
      [
        paragraph(
          text("A "),
          { kind: "emphasis", children: [text("b")] },
          text(" "),
          { kind: "strong", children: [text("c")] },
          text(" "),
          { kind: "code-span", text: "d" },
          { kind: "break" },
          text("e"),
        ),
      ],
    ],
    ["a block of code", "```go\nx := 1\n```", [{ kind: "code", language: "go", text: "x := 1" }]],
    ["HTML as text of its own kind", "<b onclick=x>", [{ kind: "html", text: "<b onclick=x>" }]],
    [
      "lists and quotes",
      "3. a\n\n> b\n\n- c",
      [
        { kind: "list", start: 3, children: [{ kind: "item", children: [paragraph(text("a"))] }] },
        { kind: "quote", children: [paragraph(text("b"))] },
        { kind: "list", start: null, children: [{ kind: "item", children: [paragraph(text("c"))] }] },
      ],
    ],
    [
      "a table",
      "| a | b |\n|---|---|\n| c | d |",
      [
        {
          kind: "table",
          rows: [
            [[text("a")], [text("b")]],
            [[text("c")], [text("d")]],
          ],
        },
      ],
    ],
    [
      "links and images with where they lead",
      "[a](https://b.c) ![d](e.png) [f]\n\n[f]: javascript:g",
      [
        paragraph(
          { kind: "link", address: "https://b.c", children: [text("a")] },
          text(" "),
          { kind: "image", alt: "d", address: "e.png" },
          text(" "),
          { kind: "link", address: "javascript:g", children: [text("f")] },
        ),
        { kind: "definition", label: "f", address: "javascript:g" },
      ],
    ],
    [
      "headings without a skipped level",
      "#### a\n## b\n##### c\n## d",
      [1, 1, 2, 1].map((level, at) => ({ kind: "heading", level, children: [text("abcd".charAt(at))] })),
    ],
    ["hidden characters made visible", "a\u202Eb\u0007", [paragraph(text("a<U+202E>b<U+0007>"))]],
  ])("has %s", (_name, markdown, expected) => {
    expect(markdownTree(markdown)).toEqual(expected);
  });

  test.each([
    ["quotes in quotes", "> "],
    ["lists in lists", "- "],
    ["numbered ones", "1. "],
    ["a text without end", "word word word word word "],
  ])("gives up on %s, the longer the less late", (_name, unit) => {
    expect(markdownTree(`${unit.repeat(5_000)}x`)).toBe(undefined);
    const prepare = (size: number) => {
      const markdown = `${unit.repeat(size)}x`;
      return () => markdownTree(markdown);
    };
    expect(growthOf(prepare, 5_000)).toBe("linear");
  });

  test.each([
    ["open brackets", "[", 3_000],
    ["open emphasis", "*a _b ", 1_250],
    ["images in links", "![[", 2_500],
    ["a rule of dashes", "-", 7_500],
    ["angle brackets", "<a ", 3_000],
    ["many small lists", "- a\n", 600],
    ["definitions", "[a]: b\n", 600],
    ["an empty table", `|${"a|".repeat(500)}\n|${"-|".repeat(500)}\n`, 4],
  ] as const)("reads %s in time in proportion to them", (_name, unit, size) => {
    const prepare = (own: number) => {
      const markdown = unit.repeat(own);
      return () => markdownTree(markdown);
    };
    expect(growthOf(prepare, size)).toBe("linear");
  });

  test.each([
    "a**b",
    "*_",
    "*[a",
    "a**b*c",
    "**a_b",
    "*a",
    "_a*b",
    "**\u201C",
    "[a][b]",
    "[a]\n",
    "> a\n\n",
    ">\n> - a\n\n",
    "a\n-\n",
    "a\n=\n",
    "- a\n  - b\n",
    "1. a\n\n   1) b\n\n",
    "*a **b*\n\n> c\n\n",
    "a<!---\n",
    "<?a\n",
    "> > > > a\n\n",
  ])("spends no second on %j without end", (unit) => {
    const markdown = unit.repeat(Math.floor(40_000 / unit.length));
    const started = performance.now();
    markdownTree(markdown);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test("reads what people write at length", () => {
    const item = "- **Term** with `code`, *stress*, snake_case_names and [a link](https://example.org)\n";
    const section = `## Part\n\n${item.repeat(20)}\n> quoted\n\n`;
    expect(markdownTree(section.repeat(20))).toHaveLength(60);
  });

  test("goes no deeper than a page can show", () => {
    const depthOf = (nodes: readonly MarkdownNode[]): number =>
      Math.max(0, ...nodes.map((node) => ("children" in node ? 1 + depthOf(node.children) : 0)));
    expect(depthOf(markdownTree(">".repeat(63) + " x") ?? [])).toBe(41);
  });
});
