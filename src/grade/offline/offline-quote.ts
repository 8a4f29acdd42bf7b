import { wordsOf } from "../../core/terms.ts";
import type { JudgeVerdict } from "../judge/judge-reply.ts";
import { contentTermOf } from "../lexical/lexical-terms.ts";
import type { ReadSegment, Spelling } from "./offline-segments.ts";

/** Words of the answer that show something. */
export type Quote = JudgeVerdict["evidence"][number];

const LONGEST_QUOTE = 600;

/** The segment itself, or as much of its beginning as a quote may hold: whole words, letter by letter. */
export function quoteOf({ id, text }: Pick<ReadSegment, "id" | "text">): Quote {
  const whole = text.trim();
  if (whole.length <= LONGEST_QUOTE) return { segment: id, quote: whole };
  const cut = whole.slice(0, LONGEST_QUOTE);
  const border = cut.search(/\s\S*$/u);
  return { segment: id, quote: (border > 0 ? cut.slice(0, border) : cut).trimEnd() };
}

/** A word of a segment and where it stands there. */
interface PlacedWord {
  readonly term: string | undefined;
  readonly start: number;
  readonly end: number;
}

/** Takes stretches out of one segment, none of which holds a word of another. */
export interface Stretches {
  /** The shortest stretch not taken yet that holds all of these terms; undefined where there is none. */
  take(terms: ReadonlySet<string>): Quote | undefined;
}

/** A shorter quote proves nothing: it is widened by words of its neighbourhood. */
const LEAST_CHARACTERS = 8;
const MOST_WORDS = 40;

export function stretchesOf({ id, text }: ReadSegment, spelling: Spelling): Stretches {
  const words = placedWords(text, spelling);
  const taken = new Set<number>();
  return {
    take: (terms) => {
      const found = shortest(words, terms, taken);
      const range = found === undefined ? undefined : widened(found, words, taken);
      if (range === undefined) return undefined;
      for (let place = range.first; place <= range.last; place++) taken.add(place);
      return { segment: id, quote: text.slice(words[range.first]?.start ?? 0, words[range.last]?.end ?? 0) };
    },
  };
}

function placedWords(text: string, spelling: Spelling): readonly PlacedWord[] {
  return Array.from(text.matchAll(/[\p{L}\p{N}\p{M}+#]+/gu), ({ 0: word, index }) => {
    const term = contentTermOf(wordsOf(word)[0] ?? "");
    return { term: term === undefined ? undefined : spelling(term), start: index, end: index + word.length };
  });
}

interface Range {
  readonly first: number;
  readonly last: number;
}

/** A window over the words that are free, grown at its end and shrunk at its beginning. */
function shortest(
  words: readonly PlacedWord[],
  terms: ReadonlySet<string>,
  taken: ReadonlySet<number>,
): Range | undefined {
  let best: Range | undefined;
  const last = new Map<string, number>();
  for (const [place, { term }] of words.entries()) {
    if (taken.has(place)) last.clear();
    else if (term !== undefined && terms.has(term)) last.set(term, place);
    if (last.size < terms.size || terms.size === 0) continue;
    const first = Math.min(...last.values());
    if (place - first < MOST_WORDS && (best === undefined || place - first < best.last - best.first)) {
      best = { first, last: place };
    }
  }
  return best;
}

function widened(range: Range, words: readonly PlacedWord[], taken: ReadonlySet<number>): Range | undefined {
  let { first, last } = range;
  const isFree = (place: number): boolean => place >= 0 && place < words.length && !taken.has(place);
  const length = (): number => (words[last]?.end ?? 0) - (words[first]?.start ?? 0);
  while (length() < LEAST_CHARACTERS && last - first + 1 < words.length) {
    if (isFree(first - 1)) first -= 1;
    else if (isFree(last + 1)) last += 1;
    else return undefined;
  }
  return { first, last };
}
