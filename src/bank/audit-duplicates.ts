import type { Diagnostic } from "../core/diagnostics.ts";
import type { Hash } from "../core/hash.ts";
import { askedHash, questionBody } from "./question-body.ts";
import type { Bank, Question } from "./question.ts";
import { isReference } from "./reference-answer.ts";

interface Place {
  readonly path: string;
  readonly question: Question;
  readonly asked: Hash;
}

/** Questions that ask the same as an earlier one, in any file; where another program stands below, it is another question. */
export function auditDuplicates(bank: Bank): Diagnostic[] {
  const firstAsked = new Map<Hash, Place>();
  const firstAnswered = new Map<Hash, Place>();
  return bank.files.flatMap(({ path, source, questions }) =>
    questions.flatMap((question) => {
      const place = { path, question, asked: askedHash(question, questionBody(source, question)) };
      return [...duplicateOf(firstAsked, place), ...conflictOf(firstAnswered, place)];
    }),
  );
}

function duplicateOf(firstAsked: Map<Hash, Place>, place: Place): Diagnostic[] {
  const first = firstOf(firstAsked, place);
  if (first === undefined) return [];
  return [{ code: "duplicate-question", severity: "warning", ...locate(place), arguments: argumentsOf(place, first) }];
}

function conflictOf(firstAnswered: Map<Hash, Place>, place: Place): Diagnostic[] {
  if (place.question.state !== "filled" || isReference(place.question.slot.answer)) return [];
  const first = firstOf(firstAnswered, place);
  if (first === undefined || isSameAnswer(first, place)) return [];
  return [{ code: "conflicting-answers", severity: "warning", ...locate(place), arguments: argumentsOf(place, first) }];
}

/** The first place that asks the same; remembers this one and returns undefined where there is none. */
function firstOf(places: Map<Hash, Place>, place: Place): Place | undefined {
  const first = places.get(place.asked);
  if (first === undefined) places.set(place.asked, place);
  return first;
}

function locate({ path, question }: Place): { path: string; line: number } {
  return { path, line: question.line };
}

function argumentsOf({ question }: Place, first: Place): { id: string; firstPath: string; firstLine: number } {
  return { id: question.id, firstPath: first.path, firstLine: first.question.line };
}

function isSameAnswer(left: Place, right: Place): boolean {
  return lettersOf(left.question.slot.answer) === lettersOf(right.question.slot.answer);
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, "");
}
