import { sentencesOf } from "../../core/sentences.ts";
import { wordsOf } from "../../core/terms.ts";
import { isMisspelling } from "./lexical-spelling.ts";
import { contentTermOf, contentTermsOf, rarityFrom, type Rarity } from "./lexical-terms.ts";

/** What an answer is compared with. */
export interface LexicalTarget {
  readonly question: string;
  /** "" where there is none. */
  readonly reference: string;
  /** Criteria, descriptors, anchors and accepted wordings: they stand in for a reference where there is none. */
  readonly rubricTexts: readonly string[];
}

/** How an answer's words relate to the target's, each from 0 to 1. Words of the question count next to nothing everywhere. */
export interface LexicalFeatures {
  /** Share of the target's terms that the answer holds, misspelt ones too, by weight. */
  readonly coverage: number;
  /** Dice coefficient of the letter triples of the two, which sees through inflection and misspelling. */
  readonly letters: number;
  /** The answer's words against the target's, w / (w + t): one half where they are equally long. */
  readonly length: number;
}

/** Compares answers to one question; what belongs to the question is worked out once. */
export type LexicalComparer = (answer: string) => LexicalFeatures;

/** @returns undefined where there is nothing to compare with. */
export function compareWith(target: LexicalTarget): LexicalComparer | undefined {
  const text = target.reference.trim() === "" ? target.rubricTexts.join("\n") : target.reference;
  const known = knownTarget(text, target.question);
  if (known.weights.length === 0) return undefined;
  const lookUp = remembering((word) => describeWord(word, known));
  return (answer) => measure(wordsOf(answer), lookUp, known);
}

/** The target, prepared: its terms have numbers, and so have their letter triples. */
interface Known {
  readonly words: number;
  readonly asked: ReadonlySet<string>;
  readonly terms: ReadonlyMap<string, number>;
  readonly weights: readonly number[];
  readonly total: number;
  readonly triples: ReadonlyMap<string, number>;
}

function knownTarget(text: string, question: string): Known {
  const rarity: Rarity = rarityFrom(sentencesOf(text), question);
  const terms = [...new Set(contentTermsOf(text))];
  const asked = new Set(contentTermsOf(question));
  const weights = terms.map(rarity);
  return {
    words: wordsOf(text).length,
    asked,
    terms: numbered(terms),
    weights,
    total: weights.reduce((sum, weight) => sum + weight, 0),
    triples: numbered(new Set(terms.filter((term) => !asked.has(term)).flatMap(triplesOf))),
  };
}

function numbered(values: Iterable<string>): ReadonlyMap<string, number> {
  return new Map([...values].map((value, index) => [value, index]));
}

function triplesOf(term: string): readonly string[] {
  const padded = ` ${term} `;
  return Array.from({ length: padded.length - 2 }, (_, start) => padded.slice(start, start + 3));
}

/** A word of an answer, seen from the target. */
interface AnswerWord {
  /** Number of the target's term that it is, or is a misspelling of; -1 for none. */
  readonly term: number;
  /** Numbers of its letter triples that the target holds, and how many it has at all. */
  readonly triples: readonly number[];
  readonly tripleCount: number;
}

function describeWord(word: string, known: Known): AnswerWord {
  const term = contentTermOf(word);
  if (term === undefined) return { term: -1, triples: [], tripleCount: 0 };
  if (known.asked.has(term)) return { term: known.terms.get(term) ?? -1, triples: [], tripleCount: 0 };
  const triples = triplesOf(term);
  return {
    term: known.terms.get(term) ?? misspelt(term, known),
    triples: triples.flatMap((triple) => known.triples.get(triple) ?? []),
    tripleCount: triples.length,
  };
}

function misspelt(term: string, { terms }: Known): number {
  for (const [each, index] of terms) if (isMisspelling(term, each)) return index;
  return -1;
}

function measure(words: readonly string[], lookUp: (word: string) => AnswerWord, known: Known): LexicalFeatures {
  const terms = new Set<number>();
  const triples = new Set<number>();
  let tripleCount = 0;
  for (const word of new Set(words)) {
    const found = lookUp(word);
    if (found.term >= 0) terms.add(found.term);
    for (const triple of found.triples) triples.add(triple);
    tripleCount += found.tripleCount;
  }
  let held = 0;
  for (const term of terms) held += known.weights[term] ?? 0;
  return {
    coverage: Math.min(1, held / known.total),
    letters: Math.min(1, (2 * triples.size) / Math.max(1, tripleCount + known.triples.size)),
    length: words.length / Math.max(1, words.length + known.words),
  };
}

const MOST_REMEMBERED = 20_000;

/** Answers to one question share most of their words. What is kept is bounded, whatever answers hold. */
function remembering<Result>(compute: (word: string) => Result): (word: string) => Result {
  const known = new Map<string, Result>();
  return (word) => {
    const found = known.get(word);
    if (found !== undefined) return found;
    if (known.size >= MOST_REMEMBERED) known.clear();
    const result = compute(word);
    known.set(word, result);
    return result;
  };
}
