import type { Span } from "../../bank/source-text.ts";
import { viewReplacing } from "./text-view.ts";

// As people write it to keep machines from reading it: jane[at]example[dot]org.
const SPELT = /[ \t]?[[({<][ \t]?(?:at|@|dot|\.)[ \t]?[\])}>][ \t]?/gi;
const LOCAL = /[\p{L}\p{N}._%+'-]/u;
const LABEL = "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?";
const LATIN = "\\p{Script=Latin}";
const DOMAIN = new RegExp(
  `(?:${LABEL}\\.){1,8}(?:xn--[a-z0-9-]{2,59}|${LATIN}{2,24}(?!${LATIN}|[0-9])|(?:(?!${LATIN})[^\\x00-\\x7f\\P{L}]){2,24})`,
  "iuy",
);
const VERSION = /\d+\.\d/y;

/**
 * E-mail addresses: something before an @, a domain with a dot after it. A decorator has nothing before it, and what begins
 * like a version is one (`react@18.2.0-rc.next`). Signs that are spelt in brackets count as signs.
 */
export function findEmails(text: string): readonly Span[] {
  const view = viewReplacing(text, SPELT, (found) => (/[a@]/i.test(found) ? "@" : "."));
  return findPlain(view.text).map(view.spanOf);
}

function findPlain(text: string): readonly Span[] {
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
