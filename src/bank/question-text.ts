import type { CompiledDialect } from "./compile-dialect.ts";

const TAGS =
  /<\/?(?:b|strong|i|em|u|br|p|span|div|a|h[1-6]|font|center|ins|sub|sup|details|summary)(?:[\s/][^<>]{0,200})?>/gi;
const COMMENT = /<!--.{0,500}?-->/g;
const CODE_TAG = /<\/?code>/gi;
const BLANKS = /[\t\n\r\f\v\u00A0\u2028\u2029]+| {2,}/g;
// Every mark has a bracket or a sign beyond ASCII.
const MAY_HOLD_MARK = /[[(\u0080-\u{10FFFF}]/u;
const MOST_MARKS = 8;
const LONGEST_MARKED = 1000;

/** A question's text as it should be read: one line, no heading marks, no emphasis around the whole, marks as tags. */
export function cleanText(
  raw: string,
  dialect: CompiledDialect,
): { readonly text: string; readonly tags: readonly string[] } {
  const plain = raw.includes("<") ? raw.replace(COMMENT, " ").replace(TAGS, " ").replace(CODE_TAG, "`") : raw;
  const line = plain.replace(BLANKS, " ").trim();
  return takeMarks(withoutEmphasis(withoutClosingHashes(line)), dialect.mark);
}

function withoutClosingHashes(text: string): string {
  return text.endsWith("#") ? text.replace(/#+$/, "").trimEnd() : text;
}

/** `**text**` loses its stars, and so does `title.** rest of the text`, whose opening stars stood before the number. */
function withoutEmphasis(text: string): string {
  if (!/[*_]/.test(text)) return text;
  for (const sign of ["**", "__"]) {
    const parts = text.split(sign);
    if (parts.length % 2 === 0 || wrapsAll(parts)) return parts.join("").replace(BLANKS, " ").trim();
  }
  const italic = /^([*_])([^*_]+)\1$/.exec(text);
  return italic?.[2]?.trim() ?? text;
}

function wrapsAll([before = "", _inside, after = "", ...more]: readonly string[]): boolean {
  return more.length === 0 && before.trim() === "" && !/[\p{L}\p{N}]/u.test(after);
}

function takeMarks(text: string, mark: RegExp | undefined): { text: string; tags: readonly string[] } {
  const tags: string[] = [];
  let rest = text;
  while (tags.length < MOST_MARKS && rest.length <= LONGEST_MARKED && MAY_HOLD_MARK.test(rest)) {
    const found = mark?.exec(rest);
    if (found === null || found === undefined || found[0] === "") break;
    const remaining = (rest.slice(0, found.index) + rest.slice(found.index + found[0].length)).trim();
    if (remaining === "") break;
    tags.push(found[0].trim());
    rest = remaining;
  }
  return { text: rest, tags };
}
