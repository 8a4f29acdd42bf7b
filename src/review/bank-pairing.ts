import { askedHash, questionBody } from "../bank/question-body.ts";
import type { Bank, Question } from "../bank/question.ts";
import { hashOf, type Hash } from "../core/hash.ts";
import { groupBy } from "../core/group-by.ts";
import { termsOf } from "../core/terms.ts";
import { nearestFinder } from "./nearest.ts";
import { indexQuestions, type Place } from "./question-index.ts";

/** Which question of one state of a bank is which of another. */
export interface Pairing {
  /** From the questions before to their places after; no place is taken twice. */
  readonly pairs: ReadonlyMap<Question, Place>;
  /** A question that still asks the same, for one that is left over because there are fewer copies now. */
  readonly copyOf: (old: Place) => Place | undefined;
  /** The first question in what a file has become, under its own name or the one that took most of its questions. */
  readonly firstIn: (path: string) => Place | undefined;
}

/** What tells one of several equal questions from another, surest first: those with the same key are the same one. */
const SAME: readonly ((place: Place) => string)[] = [
  ({ file, question }) => `${file.path} ${question.ordinal} ${hashOf(question.slot.answer)}`,
  ({ file, question }) => `${file.path} ${hashOf(question.slot.answer)}`,
  ({ file, question }) => `${file.path} ${question.ordinal}`,
  ({ file }) => file.path,
  ({ question }) => hashOf(question.slot.answer),
  () => "",
];
/** Shorter answers may be the same by chance. */
const TELLING_ANSWER = 60;
/** Of the terms of a question and of what it may have become, Dice's coefficient. */
const LEAST_SHARED = 0.5;

/** By the file's own ids, then by what is asked, then by text alone; what is left by an answer that stands under other words, then by likeness of words. */
export function pairQuestions(before: Bank, after: Bank): Pairing {
  const pairs = new Map<Question, Place>();
  const taken = new Set<Question>();
  const join = (old: Place, now: Place): void => {
    pairs.set(old.question, now);
    taken.add(now.question);
  };
  const olds = placesOf(before);
  const index = indexQuestions(after);
  for (const old of olds) {
    const named = old.question.explicitId === undefined ? undefined : index.byExplicitId.get(old.question.explicitId);
    if (named !== undefined && !taken.has(named.question)) join(old, named);
  }
  const left = (): readonly Place[] => olds.filter(({ question }) => !pairs.has(question));
  const byAsked = groupBy(placesOf(after), askedAt);
  for (const [keyOf, nows] of [[askedAt, byAsked] as const, [textAt, index.byTextHash] as const]) {
    for (const [hash, group] of groupBy(left(), keyOf)) {
      const free = nows.get(hash)?.filter(({ question }) => !taken.has(question)) ?? [];
      pairEquals(group, free, join);
    }
  }
  const heirs = heirsOf(before, after, pairs);
  const gone = left().filter(({ question }) => !index.byTextHash.has(question.textHash));
  pairByAnswer(
    gone,
    placesOf(after).filter(({ question }) => !taken.has(question)),
    join,
  );
  const reworded = gone.filter(({ question }) => !pairs.has(question));
  pairByWords(reworded, { before, after, heirs, taken, join });
  return {
    pairs,
    copyOf: (old) => byAsked.get(askedAt(old))?.[0],
    firstIn: (path) => {
      const file = index.files.get(heirs.get(path) ?? path);
      const question = file?.questions[0];
      return file === undefined || question === undefined ? undefined : { file, question };
    },
  };
}

/** With the program below it: of several that read "What does this print?", each is another question. */
function askedAt({ file, question }: Place): Hash {
  return askedHash(question, questionBody(file.source, question));
}

function textAt({ question }: Place): Hash {
  return question.textHash;
}

type Join = (old: Place, now: Place) => void;

function pairEquals(olds: readonly Place[], nows: readonly Place[], join: Join): void {
  let waiting = olds;
  let free = nows;
  for (const keyOf of SAME) {
    if (waiting.length === 0 || free.length === 0) return;
    const met = pairByKey(waiting, free, keyOf, join);
    waiting = waiting.filter((old) => !met.has(old));
    free = free.filter((now) => !met.has(now));
  }
}

/** Those with equal keys, in order. @returns all that found another. */
function pairByKey(
  olds: readonly Place[],
  nows: readonly Place[],
  keyOf: (place: Place) => string,
  join: Join,
): ReadonlySet<Place> {
  const met = new Set<Place>();
  const free = groupBy(nows, keyOf);
  for (const [key, waiting] of groupBy(olds, keyOf)) {
    const found = free.get(key) ?? [];
    for (const [at, old] of waiting.slice(0, found.length).entries()) {
      const now = found[at];
      if (now === undefined) continue;
      join(old, now);
      met.add(old).add(now);
    }
  }
  return met;
}

function pairByAnswer(olds: readonly Place[], nows: readonly Place[], join: Join): void {
  pairByKey(olds.filter(isTelling), nows.filter(isTelling), ({ question }) => hashOf(question.slot.answer), join);
}

function isTelling({ question: { state, slot } }: Place): boolean {
  return (state === "filled" || state === "partial") && slot.answer.length >= TELLING_ANSWER;
}

interface Leftover {
  readonly before: Bank;
  readonly after: Bank;
  readonly heirs: ReadonlyMap<string, string>;
  readonly taken: ReadonlySet<Question>;
  readonly join: Join;
}

/** Of two that come near one question, the nearer has it. */
function pairByWords(olds: readonly Place[], { before, after, heirs, taken, join }: Leftover): void {
  const known = new Set<string>(placesOf(before).map(({ question }) => question.textHash));
  const findNearest = nearestFinder(indexQuestions(after), known);
  const claims = olds.flatMap((old) => {
    const { id, text, textHash, ordinal, headings, number } = old.question;
    const path = heirs.get(old.file.path) ?? old.file.path;
    const origin = {
      path,
      headings: [...headings],
      number,
      ordinal,
      question_hash: textHash,
      base_file_hash: textHash,
    };
    const nearest = findNearest({ id, text, origin });
    const isMeant = nearest !== undefined && !taken.has(nearest.question) && isSameSubject(text, nearest.question.text);
    return isMeant ? [{ old, nearest }] : [];
  });
  for (const { old, nearest } of claims.toSorted((left, right) => right.nearest.similarity - left.nearest.similarity)) {
    if (!taken.has(nearest.question)) join(old, { file: nearest.file, question: nearest.question });
  }
}

/** Questions are asked in the same few words: what counts is whether they are about the same. */
function isSameSubject(before: string, after: string): boolean {
  const [old, now] = [new Set(termsOf(before)), new Set(termsOf(after))];
  const shared = [...old].filter((term) => now.has(term)).length;
  return 2 * shared >= LEAST_SHARED * (old.size + now.size);
}

/** For files that are gone: the file that took most of their questions. */
function heirsOf(before: Bank, after: Bank, pairs: ReadonlyMap<Question, Place>): ReadonlyMap<string, string> {
  const present = new Set(after.files.map(({ path }) => path));
  const heirs = new Map<string, string>();
  for (const { path, questions } of before.files) {
    if (present.has(path)) continue;
    const counts = new Map<string, number>();
    for (const question of questions) {
      const heir = pairs.get(question)?.file.path;
      if (heir !== undefined) counts.set(heir, (counts.get(heir) ?? 0) + 1);
    }
    const [most] = [...counts].toSorted((left, right) => right[1] - left[1]);
    if (most !== undefined) heirs.set(path, most[0]);
  }
  return heirs;
}

function placesOf({ files }: Bank): readonly Place[] {
  return files.flatMap((file) => file.questions.map((question) => ({ file, question })));
}
