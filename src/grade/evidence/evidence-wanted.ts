import type { WordRange } from "./evidence-words.ts";
import { type FoldedText, isContentWord, isNegation } from "../checks/fold.ts";

/** A quote counts as aligned where so much of its words stands in order … */
const LEAST_SHARE = 0.8;
/** … and not by its articles and prepositions alone. */
const LEAST_CONTENT_SHARE = 2 / 3;

const HAS_NUMBER = /\p{N}/u;

/** The words of a quote, and what is asked of each: looked at once, for all the texts it is looked for in. */
export interface Wanted {
  readonly words: readonly string[];
  /** Each word with the one after it, written as one. */
  readonly pairs: readonly string[];
  readonly isContent: readonly boolean[];
  /** Without it, or with another, a statement says something else: negations and numbers. */
  readonly isDecisive: readonly boolean[];
  /** How many of the words, and of those that say something, may be missing. */
  readonly mostMissing: number;
  readonly mostContentMissing: number;
  readonly negations: number;
}

/** Linear in the words. */
export function wantedOf(words: readonly string[]): Wanted {
  const isContent = words.map(isContentWord);
  const content = isContent.filter(Boolean).length;
  const negates = words.map(isNegation);
  return {
    words,
    pairs: words.slice(1).map((word, at) => `${words[at] ?? ""}${word}`),
    isContent,
    isDecisive: words.map((word, at) => negates[at] === true || HAS_NUMBER.test(word)),
    mostMissing: words.length - Math.ceil(words.length * LEAST_SHARE),
    mostContentMissing: content - Math.ceil(content * LEAST_CONTENT_SHARE),
    negations: negates.filter(Boolean).length,
  };
}

/** True where so few of the words are missing that the rest is the quote. */
export function isEnough(wanted: Wanted, isMatched: (wanted: Wanted, place: number) => boolean): boolean {
  let missing = 0;
  let contentMissing = 0;
  for (let place = 0; place < wanted.words.length; place++) {
    if (isMatched(wanted, place)) continue;
    if (wanted.isDecisive[place] === true) return false;
    missing += 1;
    if (wanted.isContent[place] === true) contentMissing += 1;
    if (missing > wanted.mostMissing || contentMissing > wanted.mostContentMissing) return false;
  }
  return true;
}

/** True where the words of the text turn round what others say, in which so many negations are. */
export function addsNegation({ words }: FoldedText, { first, end }: WordRange, negations: number): boolean {
  return words.slice(first, end).filter(isNegation).length > negations;
}
