import type { Diagnostic } from "../core/diagnostics.ts";
import type { Bank, BankFile, Question } from "./question.ts";
import { isReference } from "./reference-answer.ts";

interface Place {
  readonly path: string;
  readonly question: Question;
  /** Letters and digits of what belongs to the question beside its text, such as a program to read. */
  readonly body: string;
}

/** What an answer marker leaves when only letters are kept. */
const MARKER = /(?:answers?|solutions?)$/;

/**
 * Questions that ask the same as an earlier one, in any file. Where what stands below the question differs (a program, a
 * list of choices), the text alone is the same and the finding is for information only.
 */
export function auditDuplicates(bank: Bank): Diagnostic[] {
  const firstByText = new Map<string, Place>();
  const firstAnswered = new Map<string, Place>();
  return bank.files.flatMap((file) =>
    file.questions.flatMap((question) => {
      const place = { path: file.path, question, body: bodyOf(file, question) };
      return [...duplicateOf(firstByText, place), ...conflictOf(firstAnswered, place)];
    }),
  );
}

function duplicateOf(firstByText: Map<string, Place>, place: Place): Diagnostic[] {
  const first = firstOf(firstByText, place.question.textHash, place);
  if (first === undefined) return [];
  const severity = first.body === place.body ? "warning" : "info";
  return [{ code: "duplicate-question", severity, ...locate(place), arguments: argumentsOf(place, first) }];
}

function conflictOf(firstAnswered: Map<string, Place>, place: Place): Diagnostic[] {
  if (place.question.state !== "filled" || isReference(place.question.slot.answer)) return [];
  const first = firstOf(firstAnswered, `${place.question.textHash} ${place.body}`, place);
  if (first === undefined || isSameAnswer(first, place)) return [];
  return [{ code: "conflicting-answers", severity: "warning", ...locate(place), arguments: argumentsOf(place, first) }];
}

/** The place remembered under the key; remembers this one and returns undefined where there is none. */
function firstOf(places: Map<string, Place>, key: string, place: Place): Place | undefined {
  const first = places.get(key);
  if (first === undefined) places.set(key, place);
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

function bodyOf({ source }: BankFile, { span, slot, text, tags }: Question): string {
  const before = lettersOf(source.text.slice(span.start, Math.max(span.start, slot.span.start)));
  const letters = lettersOf(text);
  const [, ...pieces] = before.split(letters);
  const behind = letters === "" ? before : pieces.join(letters);
  return tags.reduce((rest, tag) => rest.replace(lettersOf(tag), ""), behind).replace(MARKER, "");
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, "");
}
