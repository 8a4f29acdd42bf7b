import { visibleLine } from "../../core/sanitise.ts";

interface Columns {
  /** As the file names them. */
  readonly columns: readonly string[];
}

/** What may be wrong with a source, with what is needed to say it. No answer and no name of a candidate is in any of it. */
interface FaultFacts {
  "not-utf8": object;
  "nul-bytes": object;
  "no-header": object;
  "too-large": { readonly limit: string };
  "quote-unclosed": object;
  "ragged-row": { readonly cells: number; readonly expected: number };
  "not-a-record": { readonly reason: string };
  "column-missing": Columns & {
    readonly field: string;
    readonly wanted: string;
    readonly suggestion: string | undefined;
  };
  "column-repeated": { readonly column: string };
  "no-question-column": Columns;
  /** In place of the faults of all the rows of a table of which none was read; the first stands for them. */
  "no-row-read": Columns & { readonly rows: number; readonly first: SourceFault };
  "candidate-missing": object;
  "candidate-unknown": { readonly rows: number };
  "candidate-code-taken": { readonly taken: string };
  "question-unknown": { readonly question: string; readonly rows: number; readonly suggestion: string | undefined };
  "question-ambiguous": { readonly question: string; readonly rows: number; readonly count: number };
  "no-known-question": { readonly suggestion: string | undefined };
  "attempt-invalid": object;
  "mark-invalid": { readonly column: string };
  "answer-unreadable": { readonly reason: string };
  "answer-repeated": { readonly firstPath: string; readonly firstLine: number };
}

type FaultCode = keyof FaultFacts;

/** One thing that was not read, and where: 1-based line. What no fault names was read. */
export type SourceFault<Code extends FaultCode = FaultCode> = {
  [Each in Code]: { readonly code: Each; readonly path: string; readonly line: number } & FaultFacts[Each];
}[Code];

type Writers = { readonly [Code in FaultCode]: (fault: SourceFault<Code>) => string };

const WIDE_TABLE =
  "where each question has a column of answers, head it with the number (Q7), the id or the words of the question";

const WRITERS: Writers = {
  "not-utf8": () =>
    "this is not UTF-8; save the file as UTF-8, or as UTF-16 with its byte-order mark; nothing of it was read",
  "nul-bytes": () => "there are NUL bytes here, so this is no text file; nothing of it was read",
  "no-header": () => "there is no first row with the names of the columns",
  "too-large": ({ limit }) => `the file holds more than ${limit}; split it; nothing of it was read`,
  "quote-unclosed": () => "a quote is opened in this row and never closed; nothing from here on was read",
  "ragged-row": ({ cells, expected }) =>
    `this row has ${cells} cells where the first row has ${expected}; it was left out`,
  "not-a-record": ({ reason }) => `this line ${reason}; it was left out`,
  "column-missing": ({ field, wanted, suggestion, columns }) =>
    `there is no column ${quoted(wanted)} for ${field}${nearest(suggestion)}; nothing of the file was read; ${named(columns)}`,
  "column-repeated": ({ column }) => `the column ${quoted(column)} stands here more than once`,
  "no-question-column": ({ columns }) => `no column is a question of the bank; ${named(columns)}; ${WIDE_TABLE}`,
  "no-row-read": ({ rows, first, columns }) =>
    `${rows === 1 ? "the only row was not" : `none of ${rows} rows was`} read; the first: ${wordsOf(first)}; ${named(columns)}`,
  "candidate-missing": () => "it is not said whose answer this is; it was left out",
  "candidate-unknown": ({ rows }) => `no answers are known from this candidate (${leftOut(rows)})`,
  "candidate-code-taken": ({ taken }) =>
    `${taken} is written here as a candidate, and is the code of somebody else in these files; it was left out`,
  "question-unknown": ({ question, rows, suggestion }) =>
    `the bank has no question ${quoted(question)} (${leftOut(rows)})${nearest(suggestion)}`,
  "question-ambiguous": ({ question, rows, count }) =>
    `the bank has ${count} questions ${quoted(question)} (${leftOut(rows)}); use their ids`,
  "no-known-question": ({ suggestion }) =>
    `no question of the bank is in this file, and its name is none${nearest(suggestion)}`,
  "attempt-invalid": () => "the attempt is not a whole number from 1 up; the row was left out",
  "mark-invalid": ({ column }) => `the mark in column ${quoted(column)} is not a number; the mark was left out`,
  "answer-unreadable": ({ reason }) => `the answer ${reason}; it was left out`,
  "answer-repeated": ({ firstPath, firstLine }) =>
    `a different answer of the same attempt stands at ${visibleLine(firstPath)}:${firstLine}; this one was left out`,
};

/** A fault in words, on one line, without hidden characters: `answers.csv:12: …`. */
export function describeFault<Code extends FaultCode>(fault: SourceFault<Code>): string {
  return `${visibleLine(fault.path)}:${fault.line}: ${wordsOf(fault)}`;
}

function wordsOf<Code extends FaultCode>(fault: SourceFault<Code>): string {
  return WRITERS[fault.code](fault);
}

const MOST_COLUMNS = 8;
const LONGEST_COLUMN = 40;

/** What to do where columns are called otherwise. */
function named(columns: readonly string[]): string {
  const shown = columns.slice(0, MOST_COLUMNS).map((column) => quoted(column, LONGEST_COLUMN));
  const more = columns.length > MOST_COLUMNS ? ` and ${columns.length - MOST_COLUMNS} more` : "";
  return `its columns are ${shown.join(", ")}${more}: say which is what with --map candidate=…,question=…,answer=…`;
}

const LONGEST_NAME = 80;

function quoted(name: string, longest = LONGEST_NAME): string {
  const line = visibleLine(name.slice(0, 4 * longest));
  return `"${line.length > longest ? `${line.slice(0, longest)}…` : line}"`;
}

function nearest(suggestion: string | undefined): string {
  return suggestion === undefined ? "" : `; nearest: ${quoted(suggestion)}`;
}

function leftOut(rows: number): string {
  if (rows === 0) return "the column was left out";
  return rows === 1 ? "1 row was left out" : `${rows} rows were left out`;
}
