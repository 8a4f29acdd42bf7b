import { widestFor } from "./evidence-align.ts";
import type { AnswerIndex } from "./evidence-index.ts";
import { addsNegation } from "./evidence-wanted.ts";
import { findPhrase, type WordIndex, type WordRange } from "./evidence-words.ts";
import { fold, isNegation } from "../checks/fold.ts";

const OMISSION = /\[(?:\.{3}|…)\]|\.{3,}|…/u;

/**
 * Where a quote stands that says itself that it leaves something out: from its first part to its last, if all stand there word for
 * word and in order, in one segment or close together in two, and nothing between them turns round what they say.
 */
export function findParts(answer: AnswerIndex, quote: string, near: WordRange): WordRange | undefined {
  const parts = quote.split(OMISSION);
  if (parts.length < 2) return undefined;
  const wanted = parts.map((part) => fold(part).words).filter((words) => words.length > 0);
  for (const from of new Set([near.first, 0])) {
    const range = inOrder(answer.words, wanted, from);
    if (range !== undefined && isTogether(answer, range, wanted.flat())) return range;
  }
  return undefined;
}

function inOrder(index: WordIndex, parts: readonly (readonly string[])[], from: number): WordRange | undefined {
  let first: number | undefined;
  let end = from;
  for (const words of parts) {
    const range = findPhrase(index, words, { first: end, end: Number.POSITIVE_INFINITY });
    if (range === undefined || range.first < end) return undefined;
    first ??= range.first;
    ({ end } = range);
  }
  return first === undefined ? undefined : { first, end };
}

function isTogether(answer: AnswerIndex, range: WordRange, wanted: readonly string[]): boolean {
  const start = answer.words.starts[range.first] ?? 0;
  const last = answer.words.starts[range.end - 1] ?? start;
  const begun = Array.from(answer.segments.values()).filter((segment) => segment.end > start && segment.start <= last);
  const isClose = begun.length === 2 && range.end - range.first <= widestFor(wanted);
  return (begun.length === 1 || isClose) && !addsNegation(answer.words, range, wanted.filter(isNegation).length);
}
