import type { Wanted } from "./evidence-wanted.ts";
import type { WordIndex } from "./evidence-words.ts";
import { isMisspelling } from "../lexical/lexical-spelling.ts";

/** Whether a text could hold the word of a quote at this place. */
export type Reach = (wanted: Pick<Wanted, "words" | "pairs">, place: number) => boolean;

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
  // Two words of the quote may be one in the text.
  const pairMeets = (pair: string | undefined): boolean => pair !== undefined && counts.has(pair);
  return ({ words: wanted, pairs }, place) =>
    meets(wanted[place] ?? "") || pairMeets(pairs[place]) || pairMeets(pairs[place - 1]);
}
