import { fold, type FoldedText } from "../checks/fold.ts";

/** A half-open range of words. */
export interface WordRange {
  readonly first: number;
  readonly end: number;
}

/** A text made ready for finding many phrases in it. */
export interface WordIndex extends FoldedText {
  /** How often each word stands in the text. */
  readonly counts: ReadonlyMap<string, number>;
  /** All words with one blank around each, and where in it each word's own blank stands. */
  readonly line: string;
  readonly places: readonly number[];
}

/** Linear in the text. */
export function indexWords(text: string): WordIndex {
  const folded = fold(text);
  const counts = new Map<string, number>();
  const places: number[] = [];
  let place = 0;
  for (const word of folded.words) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
    places.push(place);
    place += word.length + 1;
  }
  return { ...folded, counts, line: lineOf(folded.words), places };
}

/** Where these words stand one after another: beginning in the range where they do, else the first place at all. */
export function findPhrase(index: WordIndex, words: readonly string[], near: WordRange): WordRange | undefined {
  const phrase = lineOf(words);
  const from = index.places[near.first] ?? index.line.length;
  const place = nearestHit(index.line, phrase, { start: from, end: index.places[near.end] ?? index.line.length });
  if (place === undefined) return undefined;
  const first = firstAtOrAfter(index.places, place);
  return { first, end: first + words.length };
}

/** The first hit that begins in the range, else the first of all. */
export function nearestHit(
  text: string,
  part: string,
  range: { readonly start: number; readonly end: number },
): number | undefined {
  const near = text.indexOf(part, range.start);
  if (near !== -1 && near < range.end) return near;
  const first = text.indexOf(part);
  return first === -1 ? undefined : first;
}

/** The number of the first value that is not below `least`, in an ascending list. */
export function firstAtOrAfter(values: readonly number[], least: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lineOf(words: readonly string[]): string {
  return ` ${words.join(" ")} `;
}
