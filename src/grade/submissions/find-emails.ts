import type { Span } from "../../bank/source-text.ts";

const LOCAL = /[\p{L}\p{N}._%+'-]/u;
const LABEL = "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?";
const DOMAIN = new RegExp(
  `(?:${LABEL}\\.){1,8}(?:xn--[a-z0-9-]{2,59}|[a-z]{2,24}(?![a-z0-9])|[^\\x00-\\x7f\\P{L}]{2,24})`,
  "iuy",
);
const VERSION = /\d+\.\d/y;

/**
 * E-mail addresses: something before an @, a domain with a dot after it. A decorator has nothing before it, and what begins
 * like a version is one (`react@18.2.0-rc.next`).
 */
export function findEmails(text: string): readonly Span[] {
  const found: Span[] = [];
  let free = 0;
  for (let at = text.indexOf("@"); at !== -1; at = text.indexOf("@", at + 1)) {
    let start = at;
    while (start > free && LOCAL.test(text[start - 1] ?? "")) start--;
    DOMAIN.lastIndex = at + 1;
    VERSION.lastIndex = at + 1;
    if (start === at || VERSION.test(text) || !DOMAIN.test(text)) continue;
    free = DOMAIN.lastIndex;
    found.push({ start, end: free });
  }
  return found;
}
