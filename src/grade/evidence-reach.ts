import type { WordIndex } from "./evidence-words.ts";
import { isMisspelling } from "./lexical-spelling.ts";

/** What of a quote a text could hold at all, whatever the order. */
export type Reach = (wanted: readonly string[]) => readonly boolean[];

/**
 * Which of the wanted words could meet a word of the text, as alignment lets words meet: an upper bound of what aligning could
 * find, at next to no cost, since each word is looked up once for all quotes from the same text.
 */
export function reachOf(index: WordIndex): Reach {
  const known = reaches.get(index);
  if (known !== undefined) return known;
  const reach = buildReach(index);
  reaches.set(index, reach);
  return reach;
}

const reaches = new WeakMap<WordIndex, Reach>();

function buildReach({ words, counts }: WordIndex): Reach {
  const joined = new Set(words.slice(1).map((word, at) => `${words[at] ?? ""}${word}`));
  const byInitial = new Map<string, string[]>();
  for (const word of counts.keys()) {
    const initial = word.charAt(0);
    const others = byInitial.get(initial);
    if (others === undefined) byInitial.set(initial, [word]);
    else others.push(word);
  }
  const met = new Map<string, boolean>();
  const meets = (word: string): boolean => {
    const before = met.get(word);
    if (before !== undefined) return before;
    const candidates = byInitial.get(word.charAt(0)) ?? [];
    const found = counts.has(word) || joined.has(word) || candidates.some((each) => isMisspelling(word, each));
    met.set(word, found);
    return found;
  };
  return (wanted) => {
    const alone = wanted.map(meets);
    // Two words of the quote may be one in the text.
    const inPair = wanted.map((word, at) => counts.has(`${word}${wanted[at + 1] ?? ""}`));
    return alone.map((isMet, at) => isMet || inPair[at] === true || (at > 0 && inPair[at - 1] === true));
  };
}
