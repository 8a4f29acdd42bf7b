import type { Bank, BankFile, Question } from "../bank/question.ts";
import { pairQuestions, type Pairing } from "./bank-pairing.ts";
import type { Place } from "./question-index.ts";

/** A place in one of two states of a bank. */
export interface Spot {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly id: string;
  readonly text: string;
}

/**
 * What became of a question between two states of a bank.
 *
 * lost: nothing asks it any more; `after` is where it would stand now, in its file or the one that took its questions ·
 * answer-lost: it had an answer and has none · reworded · answer-altered · copy-dropped: one of several that ask the same ·
 * moved: to another file · respaced: the same letters, with other blanks or marks.
 */
export const CHANGE_KINDS = [
  "lost",
  "answer-lost",
  "reworded",
  "answer-altered",
  "copy-dropped",
  "moved",
  "respaced",
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export interface QuestionChange {
  readonly kind: ChangeKind;
  readonly before: Spot;
  /** Undefined where nothing of the file is left. */
  readonly after: Spot | { readonly path: string; readonly line: number } | undefined;
}

/** A file with fewer questions than before. */
export interface ShrunkFile {
  readonly path: string;
  readonly before: number;
  /** 0 where the file is gone, or holds no questions any more. */
  readonly after: number;
  readonly isGone: boolean;
}

export interface BankChanges {
  /** In the order of the state before. */
  readonly changes: readonly QuestionChange[];
  readonly shrunk: readonly ShrunkFile[];
  readonly questions: { readonly before: number; readonly after: number; readonly added: number };
  /** Questions that had no answer and have one. */
  readonly answered: number;
}

/** Compares two states of a bank, question by question, whatever became of files, numbers and order. Linear but for what is gone. */
export function compareBanks(before: Bank, after: Bank): BankChanges {
  const pairing = pairQuestions(before, after);
  const changes = before.files.flatMap((file) => changesIn(file, pairing));
  const answered = [...pairing.pairs].filter(([old, now]) => !hasAnswer(old) && hasAnswer(now.question)).length;
  return {
    changes,
    shrunk: shrunkFiles(before, after),
    questions: { before: countOf(before), after: countOf(after), added: countOf(after) - pairing.pairs.size },
    answered,
  };
}

function changesIn(file: BankFile, pairing: Pairing): readonly QuestionChange[] {
  let survivor: Place | undefined;
  return file.questions.flatMap((question): readonly QuestionChange[] => {
    const now = pairing.pairs.get(question);
    if (now !== undefined) {
      survivor = now;
      return changesOf({ file, question }, now);
    }
    const before = spotOf({ file, question });
    const copy = pairing.copyOf({ file, question });
    if (copy !== undefined) return [{ kind: copyKind(question, copy), before, after: spotOf(copy) }];
    return [{ kind: "lost", before, after: lineIn(survivor) ?? lineIn(pairing.firstIn(file.path)) }];
  });
}

function changesOf(old: Place, now: Place): readonly QuestionChange[] {
  const kinds: ChangeKind[] = [];
  const [before, after] = [old.question, now.question];
  if (before.textHash !== after.textHash) kinds.push("reworded");
  else if (before.text !== after.text) kinds.push("respaced");
  if (hasAnswer(before) && !hasAnswer(after)) kinds.push("answer-lost");
  else if (hasAnswer(before) && before.slot.answer !== after.slot.answer) kinds.push("answer-altered");
  if (old.file.path !== now.file.path) kinds.push("moved");
  return kinds.map((kind) => ({ kind, before: spotOf(old), after: spotOf(now) }));
}

/** What a dropped copy said goes with it where the one that stays says nothing, or something else. */
function copyKind(dropped: Question, { question: kept }: Place): ChangeKind {
  if (!hasAnswer(dropped) || dropped.slot.answer === kept.slot.answer) return "copy-dropped";
  return hasAnswer(kept) ? "answer-altered" : "answer-lost";
}

function hasAnswer({ state }: Question): boolean {
  return state === "filled" || state === "partial";
}

function spotOf({ file, question: { line, id, text } }: Place): Spot {
  return { path: file.path, line, id, text };
}

function lineIn(place: Place | undefined): { readonly path: string; readonly line: number } | undefined {
  return place === undefined ? undefined : { path: place.file.path, line: place.question.line };
}

function shrunkFiles(before: Bank, after: Bank): readonly ShrunkFile[] {
  const now = new Map(after.files.map((file) => [file.path, file.questions.length]));
  return before.files.flatMap(({ path, questions }): readonly ShrunkFile[] => {
    const left = now.get(path);
    const isShrunk = (left ?? 0) < questions.length;
    return isShrunk ? [{ path, before: questions.length, after: left ?? 0, isGone: left === undefined }] : [];
  });
}

function countOf({ files }: Bank): number {
  return files.reduce((sum, { questions }) => sum + questions.length, 0);
}
