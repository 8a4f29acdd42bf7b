import type { Question } from "../../bank/question.ts";
import { hashOf } from "../../core/hash.ts";
import type { QuestionId } from "../../core/ids.ts";
import type { AnswerRow } from "./answer-row.ts";
import { answerIn, type BankCopy } from "./bank-copy.ts";
import { checkAnswer } from "./check-answer.ts";
import type { QuestionFinder, QuestionMatch } from "./find-question.ts";
import { identityOf } from "./identity.ts";
import { unmatchedQuestion } from "./question-columns.ts";
import { fileNameOf, folderOf, stemOf, type SubmissionSource } from "./source.ts";
import type { SourceFault } from "./source-fault.ts";
import type { ReadRows } from "./table-answers.ts";

export interface DocumentReading {
  readonly source: SubmissionSource;
  readonly text: string;
  readonly finder: QuestionFinder;
  readonly readCopy: (path: string, text: string) => BankCopy | undefined;
}

/** What stands in a document, before it is known whose it is. */
export interface ReadDocument {
  readonly path: string;
  readonly readAs: "bank-copy" | "answer-file" | "nothing";
  readonly answers: readonly DocumentAnswer[];
  readonly faults: readonly SourceFault[];
  /** What may be the name of its candidate: the folders between what the user named and the file, then the file. */
  readonly labels: readonly string[];
  /** Path of the first of these folders, of the file itself where there is none. */
  readonly group: string;
}

export type DocumentAnswer = Pick<AnswerRow, "question" | "answer" | "rawHash"> & { readonly line: number };

/**
 * Reads the words of one candidate: a copy of a bank file with answers in it, or else one answer, in a file that is named
 * after its question. What is in the file decides first, so that a copy named `1.md` is no answer to question 1.
 */
export function readDocument(reading: DocumentReading): ReadDocument {
  const { source, text, finder, readCopy } = reading;
  const found = readCopy(source.path, text);
  const place = { path: source.path, group: groupOf(source) };
  if (found !== undefined) {
    return {
      ...place,
      readAs: "bank-copy",
      ...readBankCopy(source, found, finder),
      labels: labelsOfCopy(source, found),
    };
  }
  const match = finder.find(stemOf(source.path));
  if (match.status !== "found") {
    return { ...place, readAs: "nothing", answers: [], faults: [unknownFile(source, match)], labels: [] };
  }
  const answer = { question: match.id, line: 1, answer: text, rawHash: hashOf(source.bytes) };
  return { ...place, readAs: "answer-file", answers: [answer], faults: [], labels: foldersAbove(source) };
}

function groupOf({ path, folders }: SubmissionSource): string {
  if (folders.length === 0) return path;
  return path.split("/").slice(0, -folders.length).join("/");
}

function foldersAbove({ path, folders }: SubmissionSource): readonly string[] {
  if (folders.length > 0) return folders;
  const folder = folderOf(path);
  return folder === undefined ? [] : [folder];
}

function labelsOfCopy(source: SubmissionSource, { original }: BankCopy): readonly string[] {
  // A copy that kept the name of its original is told apart by its folder.
  if (fileNameOf(source.path) === fileNameOf(original.path)) return foldersAbove(source);
  return [...source.folders, stemOf(source.path)];
}

function unknownFile(
  { path, folders }: SubmissionSource,
  match: Exclude<QuestionMatch, { status: "found" }>,
): SourceFault {
  if (match.status === "ambiguous") return unmatchedQuestion(path, stemOf(path), match, { line: 1, rows: 1 });
  return { code: "no-known-question", path, line: 1, suggestion: folders.length > 0 ? match.suggestion : undefined };
}

function readBankCopy(
  { path }: SubmissionSource,
  { copy, original }: BankCopy,
  finder: QuestionFinder,
): Pick<ReadDocument, "answers" | "faults"> {
  const placeOf = originalPlaces(original);
  const answers: DocumentAnswer[] = [];
  const faults: SourceFault[] = [];
  for (const question of copy.questions) {
    const place = placeOf(question);
    const match: QuestionMatch = place === undefined ? finder.find(question.text) : { status: "found", id: place };
    if (match.status === "found") answers.push(slotAnswer(copy.source.text, question, match.id));
    else faults.push(unmatchedQuestion(path, question.text, match, { line: question.line, rows: 1 }));
  }
  return { answers, faults };
}

/** Questions of a copy are those of its original by explicit id, else by text and place among equals. */
function originalPlaces(original: {
  readonly questions: readonly Question[];
}): (question: Question) => QuestionId | undefined {
  const explicit = new Map(original.questions.map(({ explicitId, id }) => [explicitId, id]));
  const byText = new Map(original.questions.map(({ textHash, ordinal, id }) => [`${textHash} ${ordinal}`, id]));
  return ({ explicitId, textHash, ordinal }) =>
    (explicitId === undefined ? undefined : explicit.get(explicitId)) ?? byText.get(`${textHash} ${ordinal}`);
}

function slotAnswer(text: string, question: Question, id: QuestionId): DocumentAnswer {
  const { span, hash } = question.slot;
  const before = text.slice(question.span.start, span.start + leadingBlanks(question.slot.text));
  return {
    question: id,
    answer: answerIn(question),
    rawHash: hash,
    line: question.line + before.split("\n").length - 1,
  };
}

function leadingBlanks(text: string): number {
  return text.length - text.trimStart().length;
}

/** A document has no attempts, so a second answer to a question is a second first one: somebody has to look. */
export function documentRows({ path, answers, faults: told }: ReadDocument, label: string | undefined): ReadRows {
  if (answers.length === 0) return { rows: [], faults: told };
  const identity = identityOf({ label: label ?? "" });
  if (identity === undefined) return { rows: [], faults: [...told, { code: "candidate-missing", path, line: 1 }] };
  const common = { identity, attempt: 1, order: undefined, submitted: undefined, marks: [] };
  const rows: AnswerRow[] = [];
  const faults = [...told];
  for (const { line, ...given } of answers) {
    const checked = checkAnswer(given.answer, "text");
    if (checked.status === "unreadable") {
      faults.push({ code: "answer-unreadable", path, line, reason: checked.reason });
    } else {
      rows.push({ ...common, ...given, answer: checked.answer, source: { path, line } });
    }
  }
  return { rows, faults };
}
