import { exact } from "../grade/rubric/points.ts";
import {
  indexBook,
  type IndexedCandidate,
  type IndexedGrade,
  type IndexedQuestion,
  SHOWN_STATES,
  tallyOf,
} from "./book-index.ts";
import type { StateTally } from "../grade/records/state-tally.ts";
import { type CsvCell, type CsvTable, pointsCell } from "./csv-text.ts";
import type { GradeBook } from "./grade-book.ts";
import { type Totals, totalsOf } from "./statistics.ts";

/** What the cells of one candidate are read from; the last attempt of each question, by the question's id. */
interface WideRow {
  readonly code: string;
  readonly last: ReadonlyMap<string, IndexedGrade>;
  readonly totals: Totals;
  readonly tally: StateTally;
}

type Column = readonly [name: string, cell: (row: WideRow) => CsvCell];

const TOTALS: readonly Column[] = [
  ["total", ({ totals }) => (totals.counted === 0 ? undefined : pointsCell(totals.total))],
  ["total_max", ({ totals }) => pointsCell(totals.max)],
  ["counted", ({ totals }) => totals.counted],
  ...SHOWN_STATES.map((state): Column => [state.replace("-", "_"), ({ tally }) => tally[state]]),
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
  const name = `${label} ${id}`;
  return [
    [name, ({ last }) => pointsCell(last.get(id)?.counted)],
    [`${name}:state`, ({ last }) => last.get(id)?.current.state],
    [`${name}:provisional`, ({ last }) => pointsCell(last.get(id)?.provisional)],
    ...rubric.criteria.map((criterion): Column => [
      `${name}.${criterion.id}`,
      ({ last }) => criterionPoints(last.get(id), criterion.id),
    ]),
  ];
}

function rowOf({ code, grades }: IndexedCandidate): WideRow {
  const last = grades.filter(({ isLast }) => isLast);
  return {
    code,
    last: new Map(last.map((grade) => [grade.current.question, grade])),
    totals: totalsOf(last),
    tally: tallyOf(last),
  };
}

function criterionPoints(grade: IndexedGrade | undefined, criterion: string): number | undefined {
  const found = grade?.current.criteria.find((result) => result.criterion === criterion);
  return found && pointsCell(exact(found.points));
}
