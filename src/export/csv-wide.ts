import { addPoints, exact, type Thousandths } from "../grade/points.ts";
import {
  indexBook,
  type IndexedCandidate,
  type IndexedGrade,
  type IndexedQuestion,
  SHOWN_STATES,
  tallyOf,
} from "./book-index.ts";
import { type CsvCell, type CsvTable, pointsCell } from "./csv-text.ts";
import type { GradeBook } from "./grade-book.ts";

/** Cells of one candidate; the last attempt of each question, by the question's id. */
interface WideRow {
  readonly code: string;
  readonly last: ReadonlyMap<string, IndexedGrade>;
  readonly counted: readonly (IndexedGrade & { readonly counted: Thousandths })[];
}

type Column = readonly [name: string, cell: (row: WideRow) => CsvCell];

const TOTALS: readonly Column[] = [
  [
    "total",
    ({ counted }) => pointsCell(counted.length === 0 ? undefined : addPoints(counted.map((each) => each.counted))),
  ],
  ["total_max", ({ counted }) => pointsCell(addPoints(counted.map(({ question }) => question.rubric.scale.max)))],
  ["counted", ({ counted }) => counted.length],
  ...SHOWN_STATES.map((state): Column => [state.replace("-", "_"), ({ last }) => tallyOf([...last.values()])[state]]),
];

/**
 * A row a candidate. A question has its mark (only where it counts), its state and a column a criterion; the totals are over
 * what counts, with how many that are, since an answer without a mark is not an answer with zero.
 */
export function wideTable(book: GradeBook): CsvTable {
  const { questions, candidates } = indexBook(book);
  const columns: readonly Column[] = [["candidate", ({ code }) => code], ...questions.flatMap(columnsOf), ...TOTALS];
  return {
    columns: columns.map(([name]) => name),
    rows: candidates.map((candidate) => {
      const row = rowOf(candidate);
      return columns.map(([, cell]) => cell(row));
    }),
  };
}

function columnsOf({ id, label, rubric }: IndexedQuestion): readonly Column[] {
  return [
    [label, ({ last }) => pointsCell(last.get(id)?.counted)],
    [`${label}:state`, ({ last }) => last.get(id)?.current.state],
    [`${label}:provisional`, ({ last }) => pointsCell(last.get(id)?.provisional)],
    ...rubric.criteria.map((criterion): Column => [
      `${label}.${criterion.id}`,
      ({ last }) => criterionPoints(last.get(id), criterion.id),
    ]),
  ];
}

function rowOf({ code, grades }: IndexedCandidate): WideRow {
  const last = new Map(grades.filter(({ isLast }) => isLast).map((grade) => [grade.current.question, grade]));
  const counted = [...last.values()].flatMap((grade) =>
    grade.counted === undefined ? [] : [{ ...grade, counted: grade.counted }],
  );
  return { code, last, counted };
}

function criterionPoints(grade: IndexedGrade | undefined, criterion: string): number | undefined {
  const found = grade?.current.criteria.find((result) => result.criterion === criterion);
  return found && pointsCell(exact(found.points));
}
