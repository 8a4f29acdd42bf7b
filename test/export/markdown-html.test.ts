import * as fc from "fast-check";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { markupOf } from "../../src/export/html.ts";
import { answerHtml, inlineHtml, markdownHtml } from "../../src/export/markdown-html.ts";
import { HOSTILE } from "./sample-bank.ts";

const rendered = (markdown: string): string => markupOf(markdownHtml(markdown));

const ELEMENTS = new Set(
  (
    "p br hr h3 h4 h5 h6 ul ol li blockquote pre code em strong s a div table thead tbody tr th td " +
    "b i u del ins sub sup kbd samp var mark small q cite"
  ).split(" "),
);
const ATTRIBUTES = new Set(["href", "rel", "class", "tabindex", "start", "data-language"]);

interface MarkupElement {
  readonly localName: string;
  getAttributeNames(): readonly string[];
  getAttribute(name: string): string | null;
}

/** Everything in a piece of markup that could run, load or look like something of the page. */
function dangers(markup: string): readonly string[] {
  const { document } = parseHTML(`<!doctype html><html><body><main>${markup}</main></body></html>`);
  const elements: Iterable<MarkupElement> = document.querySelectorAll("main *");
  return Array.from(elements).flatMap((element) => [
    ...(ELEMENTS.has(element.localName) ? [] : [`<${element.localName}>`]),
    ...element
      .getAttributeNames()
      .filter((name) => !ATTRIBUTES.has(name))
      .map((name) => `${element.localName} ${name}`),
    ...(/^(?:https?:|mailto:|$)/.test(element.getAttribute("href") ?? "")
      ? []
      : [String(element.getAttribute("href"))]),
  ]);
}

describe("markdown of a bank as markup", () => {
  test("keeps what it says: paragraphs, lists, code, tables, links", () => {
    expect(
      rendered(
        "# Top\n\n### Deeper\n\nA *b* **c** `d`\\\ne [f](https://g.example/?h=1&i=2) x<sup>2</sup><br>y\n\n3. one\n4. two\n\n- > q\n\n|k|l|\n|--:|:-:|\n|1|2|\n\n```js linenos\na < b\n\n  c\n```\n",
      ),
    ).toMatchInlineSnapshot(`
      "<h4>Top</h4><h5>Deeper</h5><p>A <em>b</em> <strong>c</strong> <code>d</code><br />e <a href="https://g.example/?h=1&amp;i=2" rel="noopener noreferrer">f</a> x<sup>2</sup><br />y</p><ol start="3"><li>one</li><li>two</li></ol><ul><li><blockquote><p>q</p></blockquote></li></ul><div class="scroll" tabindex="0">
      <table>
      <thead><tr><th class="right">k</th><th class="center">l</th></tr></thead><tbody><tr><td class="right">1</td><td class="center">2</td></tr></tbody>
      </table>
      </div><pre tabindex="0" data-language="js"><code>a &lt; b

        c</code></pre>"
    `);
  });

  test("shows what it cannot carry, and loads no picture", () => {
    expect(
      rendered(
        'See [below](#x) and [there](other.md).\n\n![a chart](img/c.png) ![](https://a.example/p.png)\n\n<p align="center"><img src="https://a.example/b.png" alt="B"></p>\n\n<unknown-tag a="1">x\n',
      ),
    ).toMatchInlineSnapshot(
      `"<p>See below and there.</p><p>[picture: a chart (img/c.png)] <a href="https://a.example/p.png" rel="noopener noreferrer">[picture]</a></p><p>[picture: B (https://a.example/b.png)]</p><p>&lt;unknown-tag a=&quot;1&quot;&gt;x</p>"`,
    );
  });

  test("a question is one line of it", () => {
    expect(markupOf(inlineHtml("What is `a < b` in <b>C</b>? <script>x</script>"))).toMatchInlineSnapshot(
      `"What is <code>a &lt; b</code> in <b>C</b>? &lt;script&gt;x&lt;/script&gt;"`,
    );
  });

  test.each(HOSTILE)("nothing in it runs or loads: %j", (text) => {
    expect(dangers(rendered(text))).toEqual([]);
    expect(dangers(markupOf(inlineHtml(text)))).toEqual([]);
  });

  test("no text at all makes any other element, attribute or address", () => {
    const piece = fc.oneof(
      fc.constantFrom(...HOSTILE),
      fc.constantFrom(
        "<b>",
        "</b>",
        "<a href=javascript:x>",
        "**",
        "`",
        "```\n",
        "\n\n",
        "- ",
        "> ",
        "|",
        "](",
        "<!--",
        '"',
      ),
      fc.string({ maxLength: 12 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(dangers(rendered(pieces.join("")))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("text made to be costly is rendered in time that grows with its length", () => {
    const pieces = [
      "[",
      "*",
      "<b>",
      "`",
      "![",
      "[a](",
      "> ",
      "- ",
      "<img ",
      "<div>\n",
      "|a",
      "<!--",
      "**a*",
      "[a]: x\n",
    ];
    const started = performance.now();
    for (const piece of pieces) rendered(piece.repeat(60_000 / piece.length));
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test("a text that is far too long is shown as it is", () => {
    expect(rendered(`${"[".repeat(200_001)}<b>`)).toBe(`<pre>${"[".repeat(200_001)}&lt;b&gt;</pre>`);
  });
});

describe("an answer that stands between lines already", () => {
  test.each([
    ["---\n\nText.\n\n---\n\nMore.\n\n* * *\n", "<p>Text.</p><hr /><p>More.</p>"],
    ["\n___\n---\nText.\n", "<p>Text.</p>"],
    ["A heading\n---", "<h4>A heading</h4>"],
    ["- one\n- two", "<ul><li>one</li><li>two</li></ul>"],
    ["---", ""],
  ])("%j has no rule at its ends", (markdown, expected) => {
    expect(markupOf(answerHtml(markdown))).toBe(expected);
  });

  test("that is read from the right begins there", () => {
    expect(markupOf(answerHtml("שלום **world**"))).toBe('<div dir="auto"><p>שלום <strong>world</strong></p></div>');
  });

  test("a flood of rules costs no more than its length", () => {
    const flood = `x${"\n\n---".repeat(30_000)}x`;
    expect(markupOf(answerHtml(flood)).length).toBeGreaterThan(0);
  });
});
