import { type Hash, hashOf } from "../core/hash.ts";
import { derivedId } from "./proposal.ts";
import type { BankFile, Question } from "./question.ts";
import type { Span } from "./source-text.ts";
import { stretchSlot } from "./stretch-slot.ts";
import { type Letters, withoutBlanks, withoutMarks } from "./wording-letters.ts";

/**
 * A bank file in which the slots of the questions are their wordings, as the file writes them: to the review, putting lost
 * blanks back is filling such a slot. Questions and their order are those of the file; one whose wording is not in it as it
 * reads (its name is the question) has an empty slot and takes no proposal.
 */
export function wordingView(file: BankFile): BankFile {
  return { ...file, questions: file.questions.map((question) => asWording(file, question)) };
}

/** Never the hash of a question's text: a proposal for a wording cannot be taken for one of an answer. */
export function wordingHash(textHash: Hash): Hash {
  return hashOf(`wording of ${textHash}`);
}

function asWording({ source }: BankFile, question: Question): Question {
  const { id, explicitId, textHash, span } = question;
  const stretch = wordingSpan(source.text, question) ?? { start: span.start, end: span.start };
  return {
    ...question,
    id: derivedId(id, "wording") ?? id,
    explicitId: explicitId === undefined ? undefined : derivedId(explicitId, "wording"),
    textHash: wordingHash(textHash),
    state: stretch.start === stretch.end ? "empty" : "filled",
    slot: stretchSlot(source, stretch),
  };
}

/** From the first to the last character of the question's text. */
function wordingSpan(source: string, question: Question): Span | undefined {
  const region = { start: question.span.start, end: Math.max(question.span.start, question.slot.span.start) };
  const found = letterPlaces(source.slice(region.start, region.end), question.text);
  const first = found?.places[0];
  const last = found?.places.at(-1);
  return first === undefined || last === undefined
    ? undefined
    : { start: region.start + first, end: region.start + last + 1 };
}

interface LetterPlaces {
  readonly read: (text: string) => Letters;
  /** Where in the raw text each letter of the question stands. */
  readonly places: readonly number[];
}

/** The question was cleaned when it was read; emphasis and tags inside it were taken out where they made it hard to read. */
function letterPlaces(raw: string, text: string): LetterPlaces | undefined {
  for (const read of [withoutBlanks, withoutMarks]) {
    const sought = read(text).text;
    const { text: letters, at } = read(raw);
    const start = sought === "" ? -1 : letters.indexOf(sought);
    if (start !== -1) return { read, places: at.slice(start, start + sought.length) };
  }
  return undefined;
}

/**
 * A question's wording with the blanks that its text lacks beside another text with the same letters. Undefined where it
 * lacks none, and where a mark stands in a gap, so that it takes a person to say on which side of it the blank belongs.
 *
 * @param raw the wording as the file writes it.
 */
export function respaced(raw: string, text: string, other: string): string | undefined {
  const found = letterPlaces(raw, text);
  if (found === undefined) return undefined;
  const { read, places } = found;
  const [ours, theirs] = [read(text), read(other)];
  if (ours.text !== theirs.text) return undefined;
  const gaps = places.flatMap((_place, letter) =>
    letter > 0 && hasBlankBefore(other, theirs, letter) && !hasBlankBefore(text, ours, letter) ? [letter] : [],
  );
  const isMarked = gaps.some((letter) => (places[letter] ?? 0) - (places[letter - 1] ?? 0) !== 1);
  if (gaps.length === 0 || isMarked) return undefined;
  const cuts = gaps.map((letter) => places[letter] ?? 0);
  return [0, ...cuts].map((from, index) => raw.slice(from, cuts[index])).join(" ");
}

function hasBlankBefore(text: string, { at }: Letters, letter: number): boolean {
  return /\s/.test(text.slice((at[letter - 1] ?? 0) + 1, at[letter]));
}
