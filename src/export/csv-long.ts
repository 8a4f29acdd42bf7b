import { exact } from "../grade/rubric/points.ts";
import type { CriterionResult } from "../grade/records/record.ts";
import { indexBook, type IndexedGrade } from "./book-index.ts";
import { type CsvCell, type CsvTable, pointsCell } from "./csv-text.ts";
import type { GradeBook } from "./grade-book.ts";
import { fullPoints } from "./statistics.ts";

type Column = readonly [name: string, cell: (grade: IndexedGrade, result: CriterionResult | undefined) => CsvCell];

const COLUMNS: readonly Column[] = [
  ["candidate", ({ current }) => current.candidate],
  ["question", ({ current }) => current.question],
  ["number", ({ question }) => question.number],
  ["attempt", ({ current }) => current.attempt],
  ["criterion", (_grade, result) => result?.criterion],
  ["level", (_grade, result) => result?.level],
  ["points", (_grade, result) => result && pointsCell(exact(result.points))],
  ["counted", (_grade, result) => result && pointsCell(exact(result.counted))],
  ["max", ({ question }, result) => result && criterionMax(question.rubric.criteria, result.criterion)],
  ["state", ({ current }) => current.state],
  ["mark", ({ counted }) => pointsCell(counted)],
  ["provisional", ({ provisional }) => pointsCell(provisional)],
  ["calibrated", ({ calibrated }) => pointsCell(calibrated)],
  ["mark_max", ({ question }) => pointsCell(question.rubric.scale.max)],
  ["evidence", (_grade, result) => result && quotesOf(result)],
  ["findings", (_grade, result) => result?.findings],
  ["rules", ({ current }) => current.events.map(({ rule, subject }) => [rule, subject].join(" ").trim()).join("; ")],
  ["flags", ({ current }) => current.grade.flags.join(" ")],
  ["reason", ({ current }) => current.grade.reason],
  ["override_by", ({ current }) => current.override?.by],
  ["override_reason", ({ current }) => current.override?.reason],
  ["override_at", ({ current }) => current.override?.at],
  ["mark_before", ({ current }) => beforeOf(current.override?.before)],
  ["provider", ({ current }) => current.grade.run.provider],
  ["model", ({ current }) => current.grade.run.model_answered ?? current.grade.run.model],
  ["rubric", ({ current }) => current.grade.rubric.id],
  ["answer_hash", ({ current }) => current.grade.answer.hash],
];

/**
 * A row a criterion of every answer; an answer without a verdict has one row, so that none is missing. `mark` is filled only
 * where it counts, so a mean over the column is the mean of the report; what waits for a person is in `provisional`.
 */
export function longTable(book: GradeBook): CsvTable {
  const { candidates } = indexBook(book);
  return {
    columns: COLUMNS.map(([name]) => name),
    rows: candidates.flatMap(({ grades }) =>
      grades.flatMap((grade) => resultsOf(grade).map((result) => COLUMNS.map(([, cell]) => cell(grade, result)))),
    ),
  };
}

function resultsOf({ current }: IndexedGrade): readonly (CriterionResult | undefined)[] {
  return current.criteria.length === 0 ? [undefined] : current.criteria;
}

function criterionMax(criteria: IndexedGrade["question"]["rubric"]["criteria"], criterion: string): number | undefined {
  const found = criteria.find(({ id }) => id === criterion);
  return found && pointsCell(exact(fullPoints(found)));
}

function quotesOf({ evidence }: CriterionResult): string {
  return evidence.flatMap((each) => (each.status === "located" ? [each.text] : [])).join("\n");
}

function beforeOf(before: number | null | undefined): number | undefined {
  return before === null || before === undefined ? undefined : pointsCell(exact(before));
}
