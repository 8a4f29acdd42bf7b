import type { ColumnPlan } from "./column-plan.ts";
import type { RowMark } from "./answer-row.ts";
import type { Field } from "./column-map.ts";

/** The marks in one row, and the columns whose marks could not be read. */
export interface RowMarks {
  readonly marks: readonly RowMark[];
  readonly unreadable: readonly number[];
}

const RATER = "human";
const POINTS = /^([+-]?\d{1,7}(?:[.,]\d{1,3})?)(?:\s*\/\s*\d{1,7}(?:[.,]\d{1,3})?)?$/;

/** `3`, `2.5`, `2,5` and `4 / 5` are points; undefined for anything else. */
export function readPoints(cell: string): number | undefined {
  const found = POINTS.exec(cell.trim());
  return found?.[1] === undefined ? undefined : Number(found[1].replace(",", "."));
}

/** @param pointsColumn the column beside the answer, in a table with a column for each question. */
export function readRowMarks(
  plan: ColumnPlan,
  cellAt: (column: number | undefined) => string,
  pointsColumn: number | undefined,
): RowMarks {
  const at = (field: Field): number | undefined => plan.fields.get(field);
  const rater = cellAt(at("grader")).trim() || RATER;
  const criterion = cellAt(at("criterion")).trim();
  const marks: RowMark[] = [];
  const unreadable: number[] = [];
  const add = (column: number | undefined, markOf: (cell: string) => RowMark["mark"] | undefined): void => {
    const cell = cellAt(column).trim();
    if (column === undefined || cell === "") return;
    const mark = markOf(cell);
    if (mark === undefined) unreadable.push(column);
    else marks.push({ rater, mark });
  };
  for (const column of [at("human_score"), pointsColumn]) add(column, total);
  const hasLevel = criterion !== "" && cellAt(at("level")).trim() !== "";
  // A row is one mark: beside a level, its points are what the rubric makes of it.
  if (hasLevel) add(at("level"), (level) => ({ kind: "level", criterion, level }));
  else add(at("points"), criterion === "" ? total : (cell) => points(criterion, cell));
  for (const own of plan.criteria) add(own.column, (cell) => pointsOrLevel(own.criterion, cell));
  return { marks, unreadable };
}

function total(cell: string): RowMark["mark"] | undefined {
  const read = readPoints(cell);
  return read === undefined ? undefined : { kind: "total", points: read };
}

function points(criterion: string, cell: string): RowMark["mark"] | undefined {
  const read = readPoints(cell);
  return read === undefined ? undefined : { kind: "criterion", criterion, points: read };
}

function pointsOrLevel(criterion: string, cell: string): RowMark["mark"] {
  return points(criterion, cell) ?? { kind: "level", criterion, level: cell };
}
