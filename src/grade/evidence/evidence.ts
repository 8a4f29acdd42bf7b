import { saysSomething } from "../checks/check-content.ts";
import { findAligned } from "./evidence-align.ts";
import { type AnswerIndex, wordsBetween } from "./evidence-index.ts";
import { findParts } from "./evidence-parts.ts";
import { isCopiedFrom, type SourceIndex, standsIn } from "./evidence-sources.ts";
import { type Wanted, wantedOf } from "./evidence-wanted.ts";
import { findPhrase, nearestHit, type WordRange } from "./evidence-words.ts";
import { fold, isDenial, isNegation } from "../checks/fold.ts";
import type { Evidence, EvidenceFault, EvidenceTier } from "../judge/verdict.ts";

/** What a judge gives as evidence: a quote, and the id of the segment it claims to have it from ("" for none). */
export interface Quote {
  readonly segment: string;
  readonly quote: string;
}

/**
 * Looks for a quote in an answer: in the segment it names if it stands there, else anywhere; letter by letter, then by its words,
 * then by most of its words. What comes back is the answer's own words and their place. A quote that says nothing, that is too
 * short to mean anything, that is not there, or that only repeats question or rubric, is no evidence.
 */
export function locateEvidence({ segment, quote }: Quote, answer: AnswerIndex, sources: SourceIndex): Evidence {
  const wanted = wantedOf(fold(quote).words);
  const isWordless = wanted.words.length === 0;
  if (isWordless && !saysSomething(quote)) return invalid("empty");
  const found = find(quote.trim(), wanted, answer, segment);
  if (found === undefined) return invalid(!isWordless && standsIn(sources, wanted) ? "elsewhere" : "not-found");
  if (isTooShort(answer, found)) return invalid("too-short");
  const { tier, start, end } = found;
  const range = wordsBetween(answer.words, start, end);
  if (isCopiedFrom(sources, answer.words.words.slice(range.first, range.end))) return invalid("elsewhere");
  return {
    status: "located",
    tier,
    text: answer.text.slice(start, end),
    span: { start, end, byteStart: answer.byteOffsets[start] ?? 0, byteEnd: answer.byteOffsets[end] ?? 0 },
    negated: isNegated(answer, found, range),
  };
}

function invalid(fault: EvidenceFault): Evidence {
  return { status: "invalid", fault };
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

interface Found extends Stretch {
  readonly tier: EvidenceTier;
  readonly wanted: Wanted;
}

function find(quote: string, wanted: Wanted, answer: AnswerIndex, segment: string): Found | undefined {
  const named = answer.segments.get(segment) ?? { start: 0, end: 0 };
  const exact = exactly(answer.text, quote, named);
  if (exact !== undefined) return { tier: "exact", start: exact, end: exact + quote.length, wanted };
  if (wanted.words.length === 0) return undefined;
  const near = wordsBetween(answer.words, named.start, named.end);
  const folded = findPhrase(answer.words, wanted.words, near);
  if (folded !== undefined) return { tier: "folded", ...withMarks(answer, folded, quote), wanted };
  const aligned = findAligned(answer.words, wanted, near);
  if (aligned !== undefined) return { tier: "aligned", ...withMarks(answer, aligned, quote), wanted };
  const joined = findParts(answer, quote, near);
  return joined && { tier: "aligned", ...withMarks(answer, joined, quote), wanted };
}

function exactly(text: string, quote: string, near: Stretch): number | undefined {
  const hit = nearestHit(text, quote, near);
  return hit === undefined || splitsPair(text, hit) || splitsPair(text, hit + quote.length) ? undefined : hit;
}

function splitsPair(text: string, at: number): boolean {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(Math.max(0, at - 1), at + 1));
}

const MARKS_BEFORE = /^[^\p{L}\p{N}\s]{1,3}/u;
const MARKS_AFTER = /[^\p{L}\p{N}\s]{1,3}$/u;

/** From the first word to the last, and the marks around them that the quote has too, such as a closing bracket. */
function withMarks({ text, words }: AnswerIndex, range: WordRange, quote: string): Stretch {
  const start = words.starts[range.first] ?? 0;
  const end = words.ends[range.end - 1] ?? start;
  const [before = ""] = MARKS_BEFORE.exec(quote) ?? [];
  const [after = ""] = MARKS_AFTER.exec(quote) ?? [];
  return {
    start: text.endsWith(before, start) ? start - before.length : start,
    end: text.startsWith(after, end) ? end + after.length : end,
  };
}

const SHORTEST = 8;
const FEWEST_WORDS = 2;

/** A few letters prove nothing, unless they are a term of two words or all that the answer, or a sentence of it, says. */
function isTooShort(answer: AnswerIndex, { start, end, wanted }: Found): boolean {
  const text = answer.text.slice(start, end);
  if (!saysSomething(text)) return true;
  const content = new Set(wanted.words.filter((_, place) => wanted.isContent[place]));
  if (content.size > 0 && (text.length >= SHORTEST || content.size >= FEWEST_WORDS)) return false;
  const isWhole = (whole: Stretch): boolean => isSame(answer, { start, end }, whole);
  return !isWhole({ start: 0, end: answer.text.length }) && !Array.from(answer.segments.values()).some(isWhole);
}

function isSame({ words, text }: AnswerIndex, part: Stretch, whole: Stretch): boolean {
  if (part.start < whole.start || part.end > whole.end) return false;
  const ours = wordsBetween(words, part.start, part.end);
  const theirs = wordsBetween(words, whole.start, whole.end);
  if (theirs.first === theirs.end)
    return text.slice(whole.start, whole.end).trim() === text.slice(part.start, part.end).trim();
  return ours.first === theirs.first && ours.end === theirs.end;
}

/** How many words of its sentence on either side of a stretch may turn it round: "never …", "I doubt very much that …", "… is a myth". */
const REACH = {
  negation: { before: 3, after: 1 },
  denial: { before: 6, after: 4 },
} as const;
const SENTENCE_END = /[.!?;。！？](?:\s|$)|\n\s*\n/u;

/**
 * True where the words right beside the stretch turn it round, or those about it in its sentence deny it, or where it begins inside a
 * word, which may have lost an "un-" or "im-".
 */
function isNegated({ text, words }: AnswerIndex, { start }: Found, range: WordRange): boolean {
  const isApart = (word: number): boolean => SENTENCE_END.test(text.slice(words.ends[word - 1], words.starts[word]));
  const isCut = start > (words.starts[range.first] ?? start);
  const isBeside = (
    { before, after }: { before: number; after: number },
    turns: (word: string) => boolean,
  ): boolean => {
    let { first, end } = range;
    while (first > 0 && range.first - first < before && !isApart(first)) first -= 1;
    while (end < words.words.length && end - range.end < after && !isApart(end)) end += 1;
    return words.words.slice(first, range.first).some(turns) || words.words.slice(range.end, end).some(turns);
  };
  return isCut || isBeside(REACH.negation, isNegation) || isBeside(REACH.denial, isDenial);
}
