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

export interface ReadDocument extends ReadRows {
  readonly readAs: "bank-copy" | "answer-file" | "nothing";
}

/**
 * Reads the words of one candidate: a copy of a bank file with answers in it, or else one answer, in a file that is named
 * after its question. What is in the file decides first, so that a copy named `1.md` is no answer to question 1.
 */
export function readDocument(reading: DocumentReading): ReadDocument {
  const { source, text, finder, readCopy } = reading;
  const found = readCopy(source.path, text);
  if (found !== undefined) return { readAs: "bank-copy", ...readBankCopy(source, found, finder) };
  const match = finder.find(stemOf(source.path));
  if (match.status === "found") return { readAs: "answer-file", ...readAnswerFile(source, text, match.id) };
  return { readAs: "nothing", rows: [], faults: [unknownFile(source, match)] };
}

function unknownFile(
  { path, folders }: SubmissionSource,
  match: Exclude<QuestionMatch, { status: "found" }>,
): SourceFault {
  if (match.status === "ambiguous") return unmatchedQuestion(path, stemOf(path), match, { line: 1, rows: 1 });
  return { code: "no-known-question", path, line: 1, suggestion: folders.length > 0 ? match.suggestion : undefined };
}

function readAnswerFile(source: SubmissionSource, text: string, question: QuestionId): ReadRows {
  const label = source.folders[0] ?? folderOf(source.path);
  return rowsOf(source, label, [{ question, line: 1, answer: text, rawHash: hashOf(source.bytes) }]);
}

function readBankCopy(source: SubmissionSource, { copy, original }: BankCopy, finder: QuestionFinder): ReadRows {
  const { path } = source;
  const placeOf = originalPlaces(original);
  const answers: DocumentAnswer[] = [];
  const faults: SourceFault[] = [];
  for (const question of copy.questions) {
    const place = placeOf(question);
    const match: QuestionMatch = place === undefined ? finder.find(question.text) : { status: "found", id: place };
    if (match.status === "found") answers.push(slotAnswer(copy.source.text, question, match.id));
    else faults.push(unmatchedQuestion(path, question.text, match, { line: question.line, rows: 1 }));
  }
  // A copy that kept the name of its original is told apart by its folder.
  const own = fileNameOf(path) === fileNameOf(original.path) ? folderOf(path) : stemOf(path);
  const read = rowsOf(source, source.folders[0] ?? own, answers);
  return { rows: read.rows, faults: [...faults, ...read.faults] };
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

type DocumentAnswer = Pick<AnswerRow, "question" | "answer" | "rawHash"> & { readonly line: number };

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
function rowsOf({ path }: SubmissionSource, label: string | undefined, answers: readonly DocumentAnswer[]): ReadRows {
  const identity = identityOf({ label: label ?? "" });
  if (identity === undefined) return { rows: [], faults: [{ code: "candidate-missing", path, line: 1 }] };
  const common = { identity, attempt: 1, order: undefined, submitted: undefined, marks: [] };
  const rows: AnswerRow[] = [];
  const faults: SourceFault[] = [];
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
