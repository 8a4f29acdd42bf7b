import { hashOf } from "../../core/hash.ts";
import type { QuestionId } from "../../core/ids.ts";
import type { AnswerForm } from "./answer-form.ts";
import type { AnswerRow } from "./answer-row.ts";
import { checkAnswer } from "./check-answer.ts";
import type { Field } from "./column-map.ts";
import type { ColumnPlan } from "./column-plan.ts";
import type { QuestionFinder } from "./find-question.ts";
import { identityOf } from "./identity.ts";
import type { NameColumns } from "./name-headers.ts";
import { unmatchedQuestion } from "./question-columns.ts";
import { readRowMarks } from "./row-marks.ts";
import type { SourceFault } from "./source-fault.ts";
import type { Table, TableRow } from "./table.ts";

/** Rows of a source, and what of it could not be read. */
export interface ReadRows {
  readonly rows: readonly AnswerRow[];
  readonly faults: readonly SourceFault[];
}

export interface TableReading {
  readonly path: string;
  readonly table: Table;
  readonly plan: ColumnPlan;
  readonly finder: QuestionFinder;
  readonly form: AnswerForm;
}

/** Applies a plan to every row of a table. A question that is not in the bank is told once, with how many rows it has. */
export function readTableAnswers(reading: TableReading): ReadRows {
  const { path, table, plan, finder } = reading;
  const rows: AnswerRow[] = [];
  const faults: SourceFault[] = [];
  const unmatched = new Map<string, { readonly line: number; rows: number }>();
  for (const row of table.rows) {
    const facts = readFacts(path, row, plan);
    if (facts.status === "fault") {
      faults.push(facts.fault);
      continue;
    }
    for (const place of answerPlaces(row, plan, finder)) {
      if (place.status === "unmatched") {
        const known = unmatched.get(place.reference);
        if (known === undefined) unmatched.set(place.reference, { line: row.line, rows: 1 });
        else known.rows++;
        continue;
      }
      const read = readAnswer(reading, row, place);
      faults.push(...read.faults);
      if (read.answer !== undefined) rows.push({ ...facts.facts, ...read.answer });
    }
  }
  for (const [reference, place] of unmatched) {
    const match = finder.find(reference);
    if (match.status !== "found") faults.push(unmatchedQuestion(path, reference, match, place));
  }
  return { rows, faults };
}

/** What all answers of one row have in common. */
type Facts = Pick<AnswerRow, "identity" | "attempt" | "order" | "submitted" | "source">;

function readFacts(
  path: string,
  row: TableRow,
  plan: ColumnPlan,
): { readonly status: "read"; readonly facts: Facts } | { readonly status: "fault"; readonly fault: SourceFault } {
  const { line } = row;
  const cell = (field: Field): string => cellOf(row, plan.fields.get(field)).trim();
  const identity = identityOf({ label: cell("candidate"), email: cell("email"), ...namesIn(row, plan.named) });
  if (identity === undefined) return { status: "fault", fault: { code: "candidate-missing", path, line } };
  const attempt = cell("attempt");
  if (attempt !== "" && !ATTEMPT.test(attempt)) {
    return { status: "fault", fault: { code: "attempt-invalid", path, line } };
  }
  const order = cell("order");
  return {
    status: "read",
    facts: {
      identity,
      attempt: attempt === "" ? undefined : Number(attempt),
      order: /^\d{1,15}$/.test(order) ? Number(order) : undefined,
      submitted: cell("submitted") || undefined,
      source: { path, line },
    },
  };
}

// A spreadsheet may have made 1 a 1.0.
const ATTEMPT = /^[1-9]\d{0,5}(?:\.0+)?$/;

function cellOf(row: TableRow, column: number | undefined): string {
  return column === undefined ? "" : (row.cells[column] ?? "");
}

function namesIn(
  row: TableRow,
  { names, parts }: NameColumns,
): { readonly names: readonly string[]; readonly parts: readonly string[] } {
  return {
    names: names.map((columns) => columns.map((column) => cellOf(row, column)).join(" ")),
    parts: parts.map((column) => cellOf(row, column)),
  };
}

interface AnswerPlace {
  readonly question: QuestionId;
  readonly column: number | undefined;
  readonly points: number | undefined;
}

type FoundPlace =
  | ({ readonly status: "matched" } & AnswerPlace)
  | { readonly status: "unmatched"; readonly reference: string };

function answerPlaces(row: TableRow, { layout, fields }: ColumnPlan, finder: QuestionFinder): readonly FoundPlace[] {
  if (layout.kind === "wide") return layout.questions.map((place) => ({ status: "matched", ...place }));
  const reference = cellOf(row, fields.get("question")).trim();
  const match = finder.find(reference);
  if (match.status !== "found") return [{ status: "unmatched", reference }];
  return [{ status: "matched", question: match.id, column: fields.get("answer"), points: undefined }];
}

function readAnswer(
  { path, table, plan, form }: TableReading,
  row: TableRow,
  { question, column, points }: AnswerPlace,
): {
  readonly answer: Pick<AnswerRow, "question" | "answer" | "rawHash" | "marks"> | undefined;
  readonly faults: readonly SourceFault[];
} {
  const { line } = row;
  const { marks, unreadable } = readRowMarks(plan, (at) => cellOf(row, at), points);
  const faults = unreadable.map((at): SourceFault => {
    return { code: "mark-invalid", path, line, column: table.header[at] ?? "" };
  });
  const raw = cellOf(row, column);
  const checked = checkAnswer(raw, form);
  if (checked.status === "unreadable") {
    faults.push({ code: "answer-unreadable", path, line, reason: checked.reason });
    return { answer: undefined, faults };
  }
  return { answer: { question, answer: checked.answer, rawHash: hashOf(raw), marks }, faults };
}
