import MarkdownIt from "markdown-it";
import { htmlToText } from "../grade/submissions/html-to-text.ts";
import { visible } from "../core/sanitise.ts";
import { element, html, type Html, type HtmlValue } from "./html.ts";
import { linkAddress } from "./link-address.ts";

// Raw HTML is told apart from text, and then never let through: what is known is made again, the rest is shown.
const markdown = new MarkdownIt({ html: true, linkify: false });
type Token = ReturnType<typeof markdown.parse>[number];

/** No answer comes near; reading on would only cost time. */
const LONGEST = 200_000;
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

/**
 * Markdown from outside as markup that runs nothing, loads nothing and points only to web and mail addresses. Headings begin
 * at `top`, so that they keep their place under the question's own.
 */
export function markdownHtml(text: string, top: 3 | 4 = 4): Html {
  if (text.length > LONGEST) return html`<pre>${text}</pre>`;
  return html`${render(markdown.parse(visible(text), {}), { top, open: [] })}`;
}

/**
 * As {@link markdownHtml}, for text that has a line drawn above and below it already: rules at its ends are left out, for they
 * parted it from its neighbours in the bank. Where it holds words that are read from the right, its first word decides.
 */
export function answerHtml(text: string, top: 3 | 4 = 4): Html {
  const content = markdownHtml(withoutOuterRules(text), top);
  return RIGHT_TO_LEFT.test(text) ? html`<div dir="auto">${content}</div>` : content;
}

const BLANK = /^\s*$/;
const RULE = /^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})\r?$/;

function withoutOuterRules(text: string): string {
  const all = text.split("\n");
  const isRule = (at: number): boolean => RULE.test(all[at] ?? "");
  const isBlank = (at: number): boolean => BLANK.test(all[at] ?? "");
  let start = 0;
  while (start < all.length && (isBlank(start) || isRule(start))) start += 1;
  let end = all.length;
  // Right below a line of text dashes make a heading of it.
  while (end > start && (isBlank(end - 1) || (isRule(end - 1) && isBlank(end - 2)))) end -= 1;
  return all.slice(start, end).join("\n");
}

const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** Markdown of one line: a question. */
export function inlineHtml(text: string): Html {
  return html`${render(markdown.parseInline(visible(text), {}), { top: 6, open: [] })}`;
}

interface Outline {
  readonly top: number;
  /** Depths of the headings that are open, as the text has them. */
  readonly open: number[];
}

/** An element that is not closed yet. */
interface Frame {
  readonly close: (content: readonly HtmlValue[]) => HtmlValue;
  readonly content: HtmlValue[];
  /** Of an HTML tag in the text, whose end may be missing. */
  readonly tag?: string | undefined;
}

function render(tokens: readonly Token[], outline: Outline): readonly HtmlValue[] {
  const stack: Frame[] = [frame((content) => content)];
  for (const token of tokens) {
    if (token.type === "html_inline") addTag(stack, token.content);
    else if (token.nesting === 1) stack.push(frame(closerOf(token, outline)));
    else if (token.nesting === -1) closeFrame(stack);
    else add(stack, leaf(token, outline));
  }
  while (stack.length > 1) closeTop(stack);
  return stack[0]?.content ?? [];
}

function frame(close: Frame["close"], tag?: string): Frame {
  return { close, content: [], tag };
}

function add(stack: readonly Frame[], value: HtmlValue): void {
  stack.at(-1)?.content.push(value);
}

function closeTop(stack: Frame[]): void {
  const top = stack.pop();
  if (top !== undefined) add(stack, top.close(top.content));
}

/** Markdown's own elements always have both ends; tags left open within one end with it. */
function closeFrame(stack: Frame[]): void {
  while (stack.at(-1)?.tag !== undefined) closeTop(stack);
  closeTop(stack);
}

const PLAIN: ReadonlySet<string> = new Set("p ul blockquote thead tbody tr em strong s li".split(" "));

function closerOf(token: Token, outline: Outline): Frame["close"] {
  const { type, tag } = token;
  if (token.hidden) return (content) => content;
  if (type === "heading_open") {
    const level = `h${Math.min(6, outline.top + levelBelow(Number(tag.slice(1)), outline.open))}`;
    return (content) => element(level, NO_ATTRIBUTES, content);
  }
  if (type === "ordered_list_open") return (content) => element("ol", startOf(token), content);
  if (type === "table_open") {
    return (content) =>
      html`<div class="scroll" tabindex="0">
        <table>
          ${content}
        </table>
      </div>`;
  }
  if (tag === "th" || tag === "td") return (content) => element(tag, alignmentOf(token), content);
  if (type === "link_open") return linkCloser(String(token.attrGet("href") ?? ""));
  return PLAIN.has(tag) ? (content) => element(tag, NO_ATTRIBUTES, content) : (content) => content;
}

/** 0 for the outermost; a heading that skips levels is only one deeper. */
function levelBelow(depth: number, open: number[]): number {
  while ((open.at(-1) ?? 0) >= depth) open.pop();
  return open.push(depth) - 1;
}

function startOf(token: Token): ReadonlyMap<string, string> {
  const start = token.attrGet("start");
  return start === null ? NO_ATTRIBUTES : new Map([["start", String(start)]]);
}

function alignmentOf(token: Token): ReadonlyMap<string, string> {
  const found = /text-align:(right|center)/.exec(String(token.attrGet("style") ?? ""))?.[1];
  return found === undefined ? NO_ATTRIBUTES : new Map([["class", found]]);
}

function linkCloser(address: string): Frame["close"] {
  const target = linkAddress(address);
  return (content) => (target === undefined ? content : link(target, content));
}

function link(target: string, content: HtmlValue): Html {
  return html`<a href="${target}" rel="noopener noreferrer">${content}</a>`;
}

function leaf(token: Token, outline: Outline): HtmlValue {
  const { type, content } = token;
  switch (type) {
    case "inline":
      return render(token.children ?? [], outline);
    case "softbreak":
      return "\n";
    case "hardbreak":
      return html`<br />`;
    case "hr":
      return html`<hr />`;
    case "code_inline":
      return html`<code>${content}</code>`;
    case "fence":
    case "code_block":
      return codeBlock(content, token.info);
    case "image":
      return picture(content, String(token.attrGet("src") ?? ""));
    case "html_block":
      return lines(htmlToText(withPictures(content)));
    default:
      return content;
  }
}

const LANGUAGE = /^[a-z0-9+#.-]{1,20}/i;

function codeBlock(content: string, info: string): Html {
  const language = LANGUAGE.exec(info.trim())?.[0];
  const code = content.replace(/\n$/, "");
  const mark = language === undefined ? undefined : html`data-language="${language.toLowerCase()}"`;
  return html`<pre tabindex="0" ${mark}><code>${code}</code></pre>`;
}

/** A page that stands alone has no pictures: one says what it shows, and where it is. */
function picture(words: string, address: string): Html {
  const target = linkAddress(address);
  const name = words === "" ? "picture" : `picture: ${words}`;
  if (target !== undefined) return link(target, `[${name}]`);
  return html`[${name}${address === "" ? undefined : ` (${address})`}]`;
}

const IMAGE = /<img\b[^<>]*>/gi;
const ATTRIBUTE = /\b(alt|src|href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))/gi;

function withPictures(content: string): string {
  return content.replace(IMAGE, (tag) => {
    const { alt = "", src = "" } = attributesOf(tag);
    return `[${alt === "" ? "picture" : `picture: ${alt}`} (${src})]`;
  });
}

function attributesOf(tag: string): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Array.from(tag.matchAll(ATTRIBUTE), ([, name = "", double, single, bare]) => [
      name.toLowerCase(),
      double ?? single ?? bare,
    ]),
  );
}

function lines(text: string): HtmlValue {
  const [first, ...rest] = text.trim().split("\n");
  if (first === undefined || first === "") return undefined;
  return html`<p>${first}${rest.map((line) => html`<br />${line}`)}</p>`;
}

/** Tags that say how their words look or are said. */
const PHRASES: ReadonlySet<string> = new Set(
  "b strong i em u s del ins sub sup kbd code samp var mark small q cite".split(" "),
);
/** Tags that say where their words stand, which is not carried. */
const BOXES: ReadonlySet<string> = new Set(
  "p div span center font details summary section article header footer picture source".split(" "),
);
const TAG = /^<(\/?)([a-z][a-z0-9]*)\b/i;

function addTag(stack: Frame[], source: string): void {
  const [, slash, written = ""] = TAG.exec(source) ?? [];
  const name = written.toLowerCase();
  if (source.startsWith("<!--") || BOXES.has(name)) return;
  if (name === "br") return add(stack, html`<br />`);
  if (name === "img") return add(stack, pictureOf(source));
  if (!PHRASES.has(name) && name !== "a") return add(stack, source);
  if (slash === "") stack.push(frame(phraseCloser(name, source), name));
  else if (stack.at(-1)?.tag === name) closeTop(stack);
}

function phraseCloser(name: string, source: string): Frame["close"] {
  return name === "a"
    ? linkCloser(attributesOf(source)["href"] ?? "")
    : (content) => element(name, NO_ATTRIBUTES, content);
}

function pictureOf(tag: string): Html {
  const { alt = "", src = "" } = attributesOf(tag);
  return picture(alt, src);
}
