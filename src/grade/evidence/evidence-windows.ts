import type { WordIndex, WordRange } from "./evidence-words.ts";

const MOST_WINDOWS = 8;
const GRAM = 3;

/**
 * Where a misspelt or mended copy of these words may stand: the stretches of `length` words whose letters look most like theirs,
 * rare words before frequent ones, best first, few at most. One pass over the text, however long it is.
 */
export function likelyWindows(index: WordIndex, wanted: readonly string[], length: number): readonly WordRange[] {
  const sums = [0];
  const likeness = likenessTo(wanted);
  for (const word of index.words) sums.push((sums.at(-1) ?? 0) + likeness(word) / (index.counts.get(word) ?? 1));
  const weightFrom = (first: number): number =>
    (sums[Math.min(first + length, index.words.length)] ?? 0) - (sums[first] ?? 0);
  return bestOfEachBlock(index.words.length, length, weightFrom)
    .toSorted((left, right) => right.weight - left.weight)
    .slice(0, MOST_WINDOWS)
    .map(({ first }) => ({ first, end: Math.min(first + length, index.words.length) }));
}

/** How much of a word's letters, three by three, stands in these words: 0 to 1. */
function likenessTo(wanted: readonly string[]): (word: string) => number {
  const known = new Set(wanted.flatMap(gramsOf));
  const remembered = new Map<string, number>();
  return (word) => {
    const before = remembered.get(word);
    if (before !== undefined) return before;
    const grams = gramsOf(word);
    const share = grams.filter((gram) => known.has(gram)).length / grams.length;
    remembered.set(word, share);
    return share;
  };
}

function gramsOf(word: string): readonly string[] {
  const framed = `^${word}$`;
  return Array.from({ length: framed.length - GRAM + 1 }, (_, at) => framed.slice(at, at + GRAM));
}

interface Start {
  readonly first: number;
  readonly weight: number;
}

// One start for each stretch of `length` words, so that the best place and its neighbours do not take all the room.
function bestOfEachBlock(count: number, length: number, weightFrom: (first: number) => number): readonly Start[] {
  const starts: Start[] = [];
  for (let block = 0; block < count; block += length) {
    let best: Start = { first: block, weight: 0 };
    for (let first = block; first < Math.min(block + length, count); first++) {
      const weight = weightFrom(first);
      if (weight > best.weight) best = { first, weight };
    }
    if (best.weight > 0) starts.push(best);
  }
  return starts;
}
