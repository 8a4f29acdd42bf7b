import { likelyWindows } from "./evidence-windows.ts";
import { reachOf } from "./evidence-reach.ts";
import type { WordIndex, WordRange } from "./evidence-words.ts";
import { addsNegation, isEnough, type Wanted } from "./evidence-wanted.ts";
import { type FoldedText, isNegation } from "../checks/fold.ts";
import { isMisspelling } from "../lexical/lexical-spelling.ts";

/** A quote's words stand within so many times its own length. */
const WIDEST = 1.5;

/** The most words of a text, others between them included, in which so many wanted ones may stand. */
export function widestFor(wanted: readonly string[]): number {
  return Math.floor(wanted.length * WIDEST);
}

/** Words. No segment is larger; what is larger is searched by its likeliest windows only. */
const LARGEST_RANGE = 500;

/**
 * Where most of these words stand in order, spelling forgiven: in the given range if they do, else where most of them do.
 * Every number and every negation among them must be there, and no other negation. Bounded work for a quote of bounded length.
 */
export function findAligned(index: WordIndex, wanted: Wanted, near: WordRange): WordRange | undefined {
  if (!isWithinReach(index, wanted)) return undefined;
  const widest = widestFor(wanted.words);
  const inRange = (range: WordRange): Alignment | undefined => alignIn(index, wanted, range, widest);
  const isNamed = near.end > near.first && near.end - near.first <= LARGEST_RANGE;
  const named = isNamed ? inRange(widened(near, widest)) : undefined;
  const windows = named === undefined ? likelyWindows(index, wanted.words, widest) : [];
  const best = named ?? bestOf(windows, wanted, (window) => inRange(widened(window, Math.ceil(widest / 2))));
  return best?.range;
}

/** The first that holds all of the wanted words, else one that holds most of them. */
function bestOf(
  windows: readonly WordRange[],
  { words }: Wanted,
  alignTo: (window: WordRange) => Alignment | undefined,
): Alignment | undefined {
  let best: Alignment | undefined;
  for (const window of windows) {
    const found = alignTo(window);
    if (found !== undefined && found.count > (best?.count ?? 0)) best = found;
    if (best?.count === words.length) break;
  }
  return best;
}

/** Whether the text has enough of the words at all, whatever the order: most quotes that are not there are told by this alone. */
export function isWithinReach(index: WordIndex, wanted: Wanted): boolean {
  return isEnough(wanted, reachOf(index));
}

function widened({ first, end }: WordRange, by: number): WordRange {
  return { first: Math.max(0, first - by), end: end + by };
}

interface Alignment {
  /** How many of the wanted words stand there. */
  readonly count: number;
  readonly range: WordRange;
}

function alignIn(index: FoldedText, wanted: Wanted, range: WordRange, widest: number): Alignment | undefined {
  const words = index.words.slice(range.first, range.end);
  const matches = within(widest, bestMatches(wanted.words, words));
  const [first] = matches;
  const last = matches.at(-1);
  const matched = new Set(matches.flatMap((match) => match.wanted));
  if (first === undefined || last === undefined || !isEnough(wanted, (_, place) => matched.has(place)))
    return undefined;
  const found = { first: range.first + first.at, end: range.first + last.at + last.length };
  return addsNegation(index, found, wanted.negations) ? undefined : { count: matched.size, range: found };
}

/** The matches without those at either end that stand farthest apart, until they fit. */
function within(widest: number, matches: readonly Match[]): readonly Match[] {
  let kept = matches;
  while (kept.length > 1 && widthOf(kept) > widest) {
    const withoutFirst = kept.slice(1);
    const withoutLast = kept.slice(0, -1);
    kept = widthOf(withoutFirst) < widthOf(withoutLast) ? withoutFirst : withoutLast;
  }
  return kept;
}

function widthOf(matches: readonly Match[]): number {
  const last = matches.at(-1);
  return (last === undefined ? 0 : last.at + last.length) - (matches[0]?.at ?? 0);
}

/** Words of the quote that stand at a place of the text. */
interface Match {
  readonly wanted: readonly number[];
  readonly at: number;
  /** How many words of the text they take. */
  readonly length: number;
}

// One word for one, two written as one, one written as two.
const STEPS = [
  { wanted: 1, words: 1 },
  { wanted: 2, words: 1 },
  { wanted: 1, words: 2 },
] as const;
type Step = (typeof STEPS)[number];

/** What a word that meets is worth, against 1 that is lost for each word, of either text, that is passed over. */
const MEETING = 4;

/**
 * The best local alignment (Smith and Waterman 1981), which is dense by itself: a stray "the" far off costs more than it brings.
 * A step for each way in which two spellings can meet.
 */
function bestMatches(wanted: readonly string[], words: readonly string[]): readonly Match[] {
  const width = words.length + 1;
  const scores = new Int16Array((wanted.length + 1) * width);
  const meet = meetingOf(wanted, words);
  const scoreAt = (row: number, column: number): number => scores[row * width + column] ?? 0;
  const gain = (row: number, column: number, step: Step): number =>
    row >= step.wanted && column >= step.words && meet(row, column, step)
      ? scoreAt(row - step.wanted, column - step.words) + step.wanted * MEETING
      : 0;
  let best = { row: 0, column: 0, score: 0 };
  for (let row = 1; row <= wanted.length; row++) {
    for (let column = 1; column < width; column++) {
      let score = Math.max(0, scoreAt(row - 1, column) - 1, scoreAt(row, column - 1) - 1);
      for (const step of STEPS) score = Math.max(score, gain(row, column, step));
      scores[row * width + column] = score;
      if (score > best.score) best = { row, column, score };
    }
  }
  const matches: Match[] = [];
  let { row, column } = best;
  for (let score = best.score; score > 0; score = scoreAt(row, column)) {
    const taken = STEPS.find((step) => gain(row, column, step) === score);
    if (taken === undefined) {
      if (scoreAt(row - 1, column) - 1 === score) row -= 1;
      else column -= 1;
    } else {
      row -= taken.wanted;
      column -= taken.words;
      matches.push({ wanted: taken.wanted === 1 ? [row] : [row, row + 1], at: column, length: taken.words });
    }
  }
  return matches.toReversed();
}

/** Whether the last words before a row and a column are the same, or the same but for a slip. */
function meetingOf(
  wanted: readonly string[],
  words: readonly string[],
): (row: number, column: number, step: Step) => boolean {
  const wantedPairs = pairsOf(wanted);
  const wordPairs = pairsOf(words);
  return (row, column, step) => {
    const left = (step.wanted === 1 ? wanted[row - 1] : wantedPairs[row - 2]) ?? "";
    const right = (step.words === 1 ? words[column - 1] : wordPairs[column - 2]) ?? "";
    return left === right || (step.wanted === step.words && !isNegation(left) && isMisspelling(left, right));
  };
}

function pairsOf(words: readonly string[]): readonly string[] {
  return words.slice(0, -1).map((word, at) => word + (words[at + 1] ?? ""));
}
