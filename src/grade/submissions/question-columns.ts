import type { QuestionId } from "../../core/ids.ts";
import type { QuestionFinder, QuestionMatch } from "./find-question.ts";
import type { TableHead } from "./name-columns.ts";
import { foldHeader } from "./presets.ts";
import type { SourceFault } from "./source-fault.ts";

/** A column that holds the answers to one question. */
export interface QuestionColumn {
  readonly column: number;
  readonly question: QuestionId;
  /** Where points of these answers stand; undefined where they do not. */
  readonly points: number | undefined;
}

export interface QuestionColumns {
  readonly questions: readonly QuestionColumn[];
  readonly faults: readonly SourceFault[];
}

/** Finds the columns of a table that are questions of the bank, past those that are `taken` for something else. */
export function findQuestionColumns(
  { path, header, preset }: TableHead,
  taken: ReadonlySet<number>,
  finder: QuestionFinder,
): QuestionColumns {
  const others = new Set(preset.others);
  const questions = new Map<QuestionId, QuestionColumn>();
  const faults: SourceFault[] = [];
  for (const [column, name] of header.entries()) {
    if (taken.has(column) || others.has(foldHeader(name)) || isBesideQuestion(header, column)) continue;
    const match = finder.find(name);
    if (match.status !== "found") {
      if (preset.isClosed || mayBeQuestion(match)) faults.push(unmatchedQuestion(path, name, match));
    } else if (questions.has(match.id)) faults.push({ code: "column-repeated", path, line: 1, column: name });
    else questions.set(match.id, { column, question: match.id, points: pointsBeside(header, column) });
  }
  return { questions: [...questions.values()], faults };
}

/** `1234: the question's text`, followed by a column that is named by the points to be had. */
const NUMBERED_QUESTION = /^\d+: /;
const POINTS_POSSIBLE = /^\d+(?:\.\d+)?$/;
const NAMED_AFTER_QUESTION = /\[(?:score|feedback)\]$/i;

function isBesideQuestion(header: readonly string[], column: number): boolean {
  const name = header[column] ?? "";
  return name === "" || NAMED_AFTER_QUESTION.test(name) || isPointsPossible(header, column);
}

function isPointsPossible(header: readonly string[], column: number): boolean {
  return POINTS_POSSIBLE.test(header[column] ?? "") && NUMBERED_QUESTION.test(header[column - 1] ?? "");
}

function pointsBeside(header: readonly string[], column: number): number | undefined {
  if (isPointsPossible(header, column + 1)) return column + 1;
  const named = header.indexOf(`${header[column] ?? ""} [Score]`);
  return named === -1 ? undefined : named;
}

function mayBeQuestion(match: QuestionMatch): boolean {
  return match.status === "ambiguous" || (match.status === "unknown" && match.suggestion !== undefined);
}

/** A question of a source that the bank has not, or has more than once. */
export function unmatchedQuestion(
  path: string,
  question: string,
  match: Exclude<QuestionMatch, { readonly status: "found" }>,
  place: { readonly line: number; readonly rows: number } = { line: 1, rows: 0 },
): SourceFault {
  return match.status === "ambiguous"
    ? { code: "question-ambiguous", path, question, ...place, count: match.count }
    : { code: "question-unknown", path, question, ...place, suggestion: match.suggestion };
}
