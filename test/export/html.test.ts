import * as fc from "fast-check";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { visible } from "../../src/core/sanitise.ts";
import { element, html, inline, markupOf } from "../../src/export/html.ts";

describe("html", () => {
  test("escapes strings in text and in attributes, and shows hidden characters", () => {
    const hostile = `</p><script>alert("1")</script>&'\u202E`;
    expect(markupOf(html`<p title="${hostile}">${hostile}</p>`)).toMatchInlineSnapshot(
      `"<p title="&lt;/p&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;&lt;U+202E&gt;">&lt;/p&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;&lt;U+202E&gt;</p>"`,
    );
  });

  test("composes markup, lists and nothing", () => {
    const items = ["a", "<b>"].map((text) => html`<li>${text}</li>`);
    expect(markupOf(html`${items}${undefined}${[1, "&", [html`<i></i>`]]}`)).toBe(
      "<li>a</li><li>&lt;b&gt;</li>1&amp;<i></i>",
    );
  });

  test("a parser gets back what went in, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const page = `<!doctype html><body>${markupOf(html`<p title="${text}">${text}</p>`)}</body>`;
        const paragraph = parseHTML(page).document.querySelector("p");
        expect([paragraph?.getAttribute("title"), paragraph?.textContent]).toEqual([visible(text), visible(text)]);
      }),
    );
  });
});

describe("element", () => {
  test("writes a tree's element with its attributes", () => {
    expect(markupOf(element("g", new Map([["stroke-width", '"2"']]), ["<", html`<a></a>`]))).toBe(
      '<g stroke-width="&quot;2&quot;">&lt;<a></a></g>',
    );
  });

  test.each([
    ["script src=x", "fill"],
    ["g", "onload=alert(1) x"],
    ["", "fill"],
  ])("refuses a name that is more than a name: %j %j", (name, attribute) => {
    expect(() => element(name, new Map([[attribute, ""]]), undefined)).toThrow(RangeError);
  });
});

test("inline refuses a text that would end its element", () => {
  expect(markupOf(inline("style", "p { color: red }"))).toBe("<style>p { color: red }</style>");
  expect(() => inline("script", "</script>")).toThrow(RangeError);
});
