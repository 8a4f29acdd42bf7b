import type { Bank, Question } from "../../bank/question.ts";
import { lettersAndDigits } from "../../bank/question-hash.ts";
import type { QuestionId } from "../../core/ids.ts";
import { htmlToText } from "./html-to-text.ts";
import { nearestText } from "./nearest-text.ts";

/** Which question of the bank a source means. */
export type QuestionMatch =
  | { readonly status: "found"; readonly id: QuestionId }
  | { readonly status: "ambiguous"; readonly count: number }
  | { readonly status: "unknown"; readonly suggestion: string | undefined };

export interface QuestionFinder {
  readonly bank: Bank;
  /** Finds a question by its id, its text (letters and digits, HTML and numbering aside), its number or its slug. */
  find(reference: string): QuestionMatch;
}

const NUMBER = /^(?:question|item|q|no|nr|#)?[\s._-]*(\d+(?:\.\d+)*)[\s.):_-]*$/i;
const NUMBERING = /^(?:question|item|q)?[\s._-]*\d+(?:\.\d+)*[\s.):_-]+(?=\S)/i;
const LONGEST_NUMBERING = 40;
const MAY_BE_HTML = /<\/?[a-z]|&#?\w{1,8};/i;

/** @param aliases names that the user gave to questions, such as ids of another system, with the bank's ids. */
export function questionFinder(bank: Bank, aliases: ReadonlyMap<string, string> = new Map()): QuestionFinder {
  const questions = bank.files.flatMap((file) => file.questions);
  const keys = indexQuestions(questions);
  const known = new Map<string, QuestionMatch>();
  let nearest: ((sought: string) => number | undefined) | undefined;
  const suggestion = (reference: string): string | undefined => {
    nearest ??= nearestText(questions.map(({ text }) => text));
    const question = questions[nearest(reference) ?? -1];
    return question === undefined ? undefined : `${question.id} ${question.text}`;
  };
  const search = (reference: string): QuestionMatch => {
    for (const key of keysOf(aliases.get(reference) ?? reference)) {
      const found = keys.get(key) ?? [];
      if (found[0] !== undefined && found.length === 1) return { status: "found", id: found[0].id };
      if (found.length > 1) return { status: "ambiguous", count: found.length };
    }
    return { status: "unknown", suggestion: suggestion(reference) };
  };
  return {
    bank,
    find(reference) {
      const match = known.get(reference) ?? search(reference);
      known.set(reference, match);
      return match;
    },
  };
}

/** Questions by all keys they answer to. The three kinds of keys cannot be mistaken for each other. */
function indexQuestions(questions: readonly Question[]): ReadonlyMap<string, readonly Question[]> {
  const keys = new Map<string, Question[]>();
  const add = (key: string, question: Question): void => {
    const known = keys.get(key);
    if (known === undefined) keys.set(key, [question]);
    else known.push(question);
  };
  for (const question of questions) {
    add(idKey(question.id), question);
    add(textKey(question.text), question);
    if (question.number !== undefined) add(numberKey(question.number), question);
  }
  return keys;
}

/** What a reference may mean, the surest first. */
function* keysOf(reference: string): Generator<string> {
  const name = reference.replace(/\p{Cf}/gu, "").trim();
  yield idKey(name);
  const readings = MAY_BE_HTML.test(name) ? [name, htmlToText(name).trim()] : [name];
  for (const reading of readings) if (hasLetters(reading)) yield textKey(reading);
  for (const reading of readings) {
    const rest = reading.slice(NUMBERING.exec(reading.slice(0, LONGEST_NUMBERING))?.[0].length ?? 0);
    if (rest.length < reading.length && hasLetters(rest)) yield textKey(rest);
  }
  const number = name.length > LONGEST_NUMBERING ? undefined : NUMBER.exec(name)?.[1];
  if (number !== undefined) yield numberKey(number);
}

function hasLetters(text: string): boolean {
  return /\p{L}/u.test(text);
}

function idKey(id: string): string {
  return `id ${id.toLowerCase()}`;
}

function textKey(text: string): string {
  return `text ${lettersAndDigits(text)}`;
}

function numberKey(number: string): string {
  return `number ${number.replace(/^0+(?=\d)/, "").replace(/[.)]+$/, "")}`;
}
