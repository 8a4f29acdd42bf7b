import { compile } from "html-to-text";

const DEEPEST = 200;
const NO_BREAK_SPACE = "\u00A0";
const HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"];

const convert = compile({
  wordwrap: false,
  limits: { maxInputLength: Infinity, maxDepth: 2 * DEEPEST },
  selectors: [
    { selector: "a", options: { ignoreHref: true } },
    { selector: "img", format: "skip" },
    { selector: "table", format: "dataTable", options: { uppercaseHeaderCells: false } },
    ...HEADINGS.map((selector) => ({ selector, options: { uppercase: false } })),
  ],
});

/** The words of HTML, nothing of them changed: no case, no line width, no addresses of links. */
export function htmlToText(html: string): string {
  // What is nested deeper than the converter goes would be lost.
  const text = isTooDeep(html) ? html.replace(/<[^<>]*>/g, " ") : convert(html);
  return text.replaceAll(NO_BREAK_SPACE, " ");
}

const EDITOR_BLOCK = /^\s*<(?:p|div|span|ul|ol|h[1-6]|pre|table|blockquote|strong|em|br)\b[^<>]*>/i;

/** True for what rich-text editors write: everything stands in elements. Text that only mentions a tag is no HTML. */
export function isRichText(text: string): boolean {
  return EDITOR_BLOCK.test(text) && text.trimEnd().endsWith(">");
}

const TAG = /<(\/?)([a-z][a-z0-9]*)/gi;
const WITHOUT_END = new Set(["br", "hr", "img", "input", "wbr", "p", "li", "td", "th", "tr"]);

function isTooDeep(html: string): boolean {
  let depth = 0;
  for (const [, slash, name = ""] of html.matchAll(TAG)) {
    if (WITHOUT_END.has(name.toLowerCase())) continue;
    depth = slash === "" ? depth + 1 : Math.max(0, depth - 1);
    if (depth > DEEPEST) return true;
  }
  return false;
}
