import type { CheckContext } from "../checks/answer-checks.ts";
import { findAligned, isWithinReach } from "./evidence-align.ts";
import type { Wanted } from "./evidence-wanted.ts";
import { findPhrase, indexWords, type WordIndex } from "./evidence-words.ts";
import { shareAdded, shareWithin, shinglesOf } from "../checks/fold-shingles.ts";

/** The texts around an answer in which a judge, or a candidate, finds words that are not the candidate's. */
export type EvidenceTexts = Omit<CheckContext, "isCopied">;

interface Source {
  readonly index: WordIndex;
  readonly shingles: ReadonlySet<string>;
  /** From how many words on a stretch of it is a copy: never, where Infinity. */
  readonly shortestCopy: number;
}

/** The texts around the answers to one question, read once for all of them. */
export type SourceIndex = readonly Source[];

/** So many words in a row that are somebody else's are a sentence and no longer a term. */
const SENTENCE = 8;
const SHORTEST_QUESTION = 3;
const LEAST_SHARE = 0.8;
/** A copy adds next to nothing: "the base case of merge sort is one" repeats a question and answers it. */
const MOST_ADDED = 0.1;
const NOWHERE = { first: 0, end: 0 };

export function indexSources({ question, reference, rubricTexts }: EvidenceTexts): SourceIndex {
  const asked = indexWords(question);
  // A term of the question is the candidate's to use; the whole question again is not, however short it is.
  const shortestQuestion = Math.min(SENTENCE, Math.max(SHORTEST_QUESTION, Math.ceil(asked.words.length * LEAST_SHARE)));
  return [
    sourceOf(asked, shortestQuestion),
    sourceOf(indexWords(reference), Number.POSITIVE_INFINITY),
    ...rubricTexts.map((text) => sourceOf(indexWords(text), SENTENCE)),
  ];
}

function sourceOf(index: WordIndex, shortestCopy: number): Source {
  return { index, shingles: new Set(shinglesOf(index.words)), shortestCopy };
}

/** True where these words of an answer are the question's or the rubric's again. */
export function isCopiedFrom(sources: SourceIndex, words: readonly string[]): boolean {
  const runs = shinglesOf(words);
  return sources.some(
    ({ shingles, shortestCopy }) =>
      words.length >= shortestCopy &&
      shareWithin(runs, shingles) >= LEAST_SHARE &&
      shareAdded(words, shingles) <= MOST_ADDED,
  );
}

/** True where a quote that is not in the answer comes from one of the texts around it. */
export function standsIn(sources: SourceIndex, wanted: Wanted): boolean {
  return sources.some(
    ({ index }) =>
      isWithinReach(index, wanted) &&
      (findPhrase(index, wanted.words, NOWHERE) !== undefined || findAligned(index, wanted, NOWHERE) !== undefined),
  );
}
