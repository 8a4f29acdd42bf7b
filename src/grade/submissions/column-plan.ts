import type { Field } from "./column-map.ts";
import type { QuestionFinder } from "./find-question.ts";
import { missingField, type NamedColumns, nameColumns, type TableHead } from "./name-columns.ts";
import { findQuestionColumns, type QuestionColumn } from "./question-columns.ts";
import type { SourceFault } from "./source-fault.ts";

/** Which column is what: made from the first row alone, then applied to every other. Numbers are positions. */
export interface ColumnPlan extends Pick<NamedColumns, "fields" | "criteria" | "named"> {
  /** long: the row says which question it answers · wide: each of these columns is a question. */
  readonly layout: { readonly kind: "long" } | { readonly kind: "wide"; readonly questions: readonly QuestionColumn[] };
}

/** A plan, or none where the table cannot be used at all; faults in either case. */
export interface Planned {
  readonly plan: ColumnPlan | undefined;
  readonly faults: readonly SourceFault[];
}

/** What rows are read for: marks need no answer beside them. */
export type Purpose = "answers" | "marks";

export function planColumns(head: TableHead, finder: QuestionFinder, purpose: Purpose): Planned {
  const columns = nameColumns(head);
  const { fields, named } = columns;
  if (columns.faults.length > 0) return { plan: undefined, faults: columns.faults };
  if (!fields.has("candidate") && !fields.has("email") && named.names.length === 0) {
    return { plan: undefined, faults: [missingField(head, "candidate")] };
  }
  if (fields.has("question") && (fields.has("answer") || purpose === "marks")) {
    return { plan: { ...columns, layout: { kind: "long" } }, faults: [] };
  }
  if (fields.has("answer")) return { plan: undefined, faults: [missingField(head, "question")] };
  const taken = new Set(columnsOf(columns));
  const { questions, faults } = findQuestionColumns(head, taken, finder);
  if (questions.length === 0) {
    const none: SourceFault = { code: "no-question-column", path: head.path, line: 1, columns: head.header };
    return { plan: undefined, faults: [...faults, none] };
  }
  const own = questions.length === 1 ? columns : withoutMarks(columns);
  return { plan: { ...own, layout: { kind: "wide", questions } }, faults };
}

const MARK_FIELDS: ReadonlySet<Field> = new Set(["human_score", "criterion", "level", "points"]);

/** A mark of a row that holds answers to several questions is a mark of none of them. */
function withoutMarks(columns: NamedColumns): NamedColumns {
  return {
    ...columns,
    fields: new Map([...columns.fields].filter(([field]) => !MARK_FIELDS.has(field))),
    criteria: [],
  };
}

function columnsOf({ fields, criteria, named }: Pick<ColumnPlan, "fields" | "criteria" | "named">): readonly number[] {
  return [...fields.values(), ...criteria.map(({ column }) => column), ...named.names.flat(), ...named.parts];
}

/** Columns that the plan reads nothing from, by position. */
export function ignoredColumns(plan: ColumnPlan, header: readonly string[]): readonly number[] {
  const questions = plan.layout.kind === "wide" ? plan.layout.questions : [];
  const read = new Set([
    ...columnsOf(plan),
    ...questions.flatMap(({ column, points }) => (points === undefined ? [column] : [column, points])),
  ]);
  return [...header.keys()].filter((column) => !read.has(column) && header[column] !== "");
}
