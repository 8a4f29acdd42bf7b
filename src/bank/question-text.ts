import type { CompiledDialect } from "./compile-dialect.ts";

const TAGS =
  /<\/?(?:b|strong|i|em|u|br|p|span|div|a|h[1-6]|font|center|ins|sub|sup|details|summary)(?:[\s/][^<>]{0,200})?>/gi;
const COMMENT = /<!--.{0,500}?-->/g;
const CODE_TAG = /<\/?code>/gi;
const CLOSING_HASHES = /\s*#+\s*$/;
const MOST_MARKS = 8;

/** A question's text as it should be read: one line, no heading marks, no emphasis around the whole, marks as tags. */
export function cleanText(
  raw: string,
  dialect: CompiledDialect,
): { readonly text: string; readonly tags: readonly string[] } {
  const plain = raw.replace(COMMENT, " ").replace(TAGS, " ").replace(CODE_TAG, "`").replace(/\s+/g, " ").trim();
  return takeMarks(withoutEmphasis(plain.replace(CLOSING_HASHES, "")), dialect.mark);
}

/** `**text**` loses its stars, and so does `title.** rest of the text`, whose opening stars stood before the number. */
function withoutEmphasis(text: string): string {
  for (const sign of ["**", "__"]) {
    const parts = text.split(sign);
    const isUnpaired = parts.length % 2 === 0;
    const wrapsAll = parts.length === 3 && parts[0]?.trim() === "" && !/[\p{L}\p{N}]/u.test(parts[2] ?? "");
    if (isUnpaired || wrapsAll) return parts.join("").replace(/\s+/g, " ").trim();
  }
  const italic = /^([*_])([^*_]+)\1$/.exec(text);
  return italic?.[2]?.trim() ?? text;
}

function takeMarks(text: string, mark: RegExp | undefined): { text: string; tags: readonly string[] } {
  const tags: string[] = [];
  let rest = text;
  while (tags.length < MOST_MARKS) {
    const found = mark?.exec(rest);
    if (found === null || found === undefined || found[0] === "") break;
    const remaining = (rest.slice(0, found.index) + rest.slice(found.index + found[0].length)).trim();
    if (remaining === "") break;
    tags.push(found[0].trim());
    rest = remaining;
  }
  return { text: rest, tags };
}
