import type { Field } from "./column-map.ts";
import type { QuestionFinder } from "./find-question.ts";
import { missingField, type NamedColumns, nameColumns, type TableHead } from "./name-columns.ts";
import { findQuestionColumns, type QuestionColumn } from "./question-columns.ts";
import type { SourceFault } from "./source-fault.ts";

/** Which column is what: made from the first row alone, then applied to every other. Numbers are positions. */
export interface ColumnPlan extends Pick<NamedColumns, "fields" | "criteria"> {
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
  const named = nameColumns(head);
  const { fields, criteria } = named;
  if (named.faults.length > 0) return { plan: undefined, faults: named.faults };
  if (!fields.has("candidate") && !fields.has("email") && !fields.has("name")) {
    return { plan: undefined, faults: [missingField(head, "candidate")] };
  }
  if (fields.has("question") && (fields.has("answer") || purpose === "marks")) {
    return { plan: { fields, criteria, layout: { kind: "long" } }, faults: [] };
  }
  if (fields.has("answer")) return { plan: undefined, faults: [missingField(head, "question")] };
  const taken = new Set([...fields.values(), ...criteria.map(({ column }) => column)]);
  const { questions, faults } = findQuestionColumns(head, taken, finder);
  if (questions.length === 0) {
    const none: SourceFault = { code: "no-question-column", path: head.path, line: 1 };
    return { plan: undefined, faults: [...faults, none] };
  }
  const own = questions.length === 1 ? named : withoutMarks(named);
  return { plan: { fields: own.fields, criteria: own.criteria, layout: { kind: "wide", questions } }, faults };
}

const MARK_FIELDS: ReadonlySet<Field> = new Set(["human_score", "criterion", "level", "points"]);

/** A mark of a row that holds answers to several questions is a mark of none of them. */
function withoutMarks({ fields }: NamedColumns): Pick<ColumnPlan, "fields" | "criteria"> {
  return { fields: new Map([...fields].filter(([field]) => !MARK_FIELDS.has(field))), criteria: [] };
}

/** Columns that the plan reads nothing from, by position. */
export function ignoredColumns({ fields, criteria, layout }: ColumnPlan, header: readonly string[]): readonly number[] {
  const questions = layout.kind === "wide" ? layout.questions : [];
  const read = new Set([
    ...fields.values(),
    ...criteria.map(({ column }) => column),
    ...questions.flatMap(({ column, points }) => (points === undefined ? [column] : [column, points])),
  ]);
  return [...header.keys()].filter((column) => !read.has(column) && header[column] !== "");
}
