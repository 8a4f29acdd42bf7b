import type { Span } from "../../bank/source-text.ts";
import { type NameTree, foldWord, WORD } from "./name-tree.ts";

const GAP = /^(?:[ \t]{0,2}[,.'’-]?\s{0,2})$/;

/** Where names of any of the trees stand in a text, the longest first. */
export function findNames(text: string, trees: readonly NameTree[]): readonly Span[] {
  const words = Array.from(text.matchAll(WORD), (match) => wordAt(match[0], match.index));
  const found: Span[] = [];
  for (let at = 0; at < words.length; at++) {
    let length = 0;
    for (const tree of trees) length = Math.max(length, longestNameAt(text, words, at, tree));
    const [first, last] = [words[at], words[at + length - 1]];
    if (length === 0 || first === undefined || last === undefined) continue;
    found.push({ start: first.start, end: last.end });
    at += length - 1;
  }
  return found;
}

interface Word extends Span {
  readonly folded: string;
  readonly isLowerCase: boolean;
}

function wordAt(word: string, start: number): Word {
  const initial = String.fromCodePoint(word.codePointAt(0) ?? 0);
  // Letters without cases are never lower ones.
  return { folded: foldWord(word), isLowerCase: initial !== initial.toUpperCase(), start, end: start + word.length };
}

/** How many words the longest name that begins here has; 0 for none. */
function longestNameAt(text: string, words: readonly Word[], at: number, tree: NameTree): number {
  let node: NameTree | undefined = tree;
  let hasLowerCase = false;
  let longest = 0;
  for (let count = 1; node !== undefined; count++) {
    const [before, word] = [words[at + count - 2], words[at + count - 1]];
    if (word === undefined) break;
    if (count > 1 && before !== undefined && !GAP.test(text.slice(before.end, word.start))) break;
    node = node.next.get(word.folded);
    hasLowerCase ||= word.isLowerCase;
    if (node?.written === "in any case" || (node?.written === "with capitals" && !hasLowerCase)) longest = count;
  }
  return longest;
}
