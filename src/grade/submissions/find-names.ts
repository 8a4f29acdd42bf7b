import type { Span } from "../../bank/source-text.ts";

/** The names to look for, folded: whole ones in any case, and single words that count only with a capital. */
export interface NameIndex {
  isWhole(name: string): boolean;
  isPart(word: string): boolean;
}

const UNSPACED =
  "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]";
const LETTER = `(?:(?!${UNSPACED})[\\p{L}\\p{M}\\p{N}_])`;
// Letters of scripts without blanks between words are words of their own; O'Brien is one word, Jane's is Jane and s.
const WORD = new RegExp(`${UNSPACED}|${LETTER}+(?:['’](?=\\p{L}{2})${LETTER}+)*`, "gu");
const GAP = /^(?:[ \t]{0,2}[,.'’-]?\s{0,2})$/;
const MOST_WORDS = 6;
const SHORTEST_PART = 3;

/** All ways in which names are written: "Jane Marie Doe" also as "Jane Doe", "Doe, Jane" and "Doe Jane Marie". */
export function wholeNames(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.flatMap(variantsOf).map((words) => words.join(" ")));
}

/** The words of names that are long enough to mean somebody by themselves. */
export function nameParts(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.flatMap(wordsOfName).filter((word) => Array.from(word).length >= SHORTEST_PART));
}

function variantsOf(name: string): readonly (readonly string[])[] {
  const [before = "", ...after] = name.split(",");
  // What follows a comma is a first name, or a title.
  return [[...wordsOfName(after.join(" ")), ...wordsOfName(before)], wordsOfName(before)].flatMap(ordersOf);
}

function ordersOf(name: readonly string[]): readonly (readonly string[])[] {
  const words = name.slice(0, MOST_WORDS);
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined || words.length < 2) return [];
  return [words, [last, ...words.slice(0, -1)], [first, last], [last, first]];
}

function wordsOfName(name: string): readonly string[] {
  return Array.from(name.matchAll(WORD), ([word]) => fold(word));
}

/** Where names stand in a text, the longest first. */
export function findNames(text: string, index: NameIndex): readonly Span[] {
  const words = Array.from(text.matchAll(WORD), (match) => wordAt(match[0], match.index));
  const found: Span[] = [];
  for (let at = 0; at < words.length; at++) {
    const length = wholeNameAt(text, words, at, index);
    const [first, last] = [words[at], words[at + Math.max(length, 1) - 1]];
    if (first === undefined || last === undefined) continue;
    if (length === 0 && !(first.isCapital && index.isPart(first.folded))) continue;
    found.push({ start: first.start, end: last.end });
    at += Math.max(length, 1) - 1;
  }
  return found;
}

interface Word extends Span {
  readonly folded: string;
  readonly isCapital: boolean;
}

function wordAt(word: string, start: number): Word {
  const initial = String.fromCodePoint(word.codePointAt(0) ?? 0);
  return { folded: fold(word), isCapital: initial !== initial.toLowerCase(), start, end: start + word.length };
}

/** How many words the longest whole name that begins here has; 0 for none. */
function wholeNameAt(text: string, words: readonly Word[], at: number, index: NameIndex): number {
  let name = words[at]?.folded ?? "";
  let longest = 0;
  for (let count = 2; count <= MOST_WORDS; count++) {
    const [before, next] = [words[at + count - 2], words[at + count - 1]];
    if (before === undefined || next === undefined || !GAP.test(text.slice(before.end, next.start))) break;
    name = `${name} ${next.folded}`;
    if (index.isWhole(name)) longest = count;
  }
  return longest;
}

function fold(word: string): string {
  return word
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replaceAll("’", "'")
    .toLowerCase();
}
