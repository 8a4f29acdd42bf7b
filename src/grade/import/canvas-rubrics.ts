import { CsvError, parse } from "csv-parse/sync";
import { groupBy } from "../../core/group-by.ts";
import { CSV_OPTIONS } from "../submissions/csv-options.ts";
import { headerName } from "../submissions/table.ts";
import type { ImportedCriterion, ImportedLevel, ImportedRubric, ImportFault, RubricImport } from "./imported-rubric.ts";

// Canvas's rubric template: four columns, then a name, a description and points for each rating, as often as the widest
// criterion needs them (shorter rows may end early); later exports number the three. A row without a rubric's name goes on
// with the one above.
const RUBRIC = "rubric name";
const CRITERION = "criteria name";
const DESCRIPTION = "criteria description";
const RANGE = "criteria enable range";
const RATING = /^rating (name|description|points)\b/;

/** A row of the file: a criterion, or why it is none. */
interface Row {
  readonly line: number;
  readonly rubric: string;
  readonly criterion: ImportedCriterion;
  readonly isRange: boolean;
  readonly reason: string | undefined;
}

/** Reads the rubrics of a CSV file as Canvas exports and imports it. A rubric with a row that cannot be read is none. */
export function readCanvasRubrics(text: string): RubricImport {
  const table = cellsOf(text);
  if ("reason" in table) return { rubrics: [], faults: [table] };
  const [header, ...records] = table.records;
  const names = header?.cells.map((name) => headerName(name).toLowerCase()) ?? [];
  const missing = [RUBRIC, CRITERION].find((name) => !names.includes(name));
  if (missing !== undefined) {
    return { rubrics: [], faults: [{ line: 1, reason: `there is no column "${missing}"` }] };
  }
  const byRubric = groupBy(rowsOf(records, names), ({ rubric }) => rubric);
  const groups = Array.from(byRubric, ([name, rows]) => ({ name, rows }));
  return {
    rubrics: groups.filter(({ rows }) => rows.every(({ reason }) => reason === undefined)).map(rubricOf),
    faults: groups.flatMap(({ name, rows }) =>
      rows.flatMap(({ line, reason }) => (reason === undefined ? [] : [{ line, reason: `"${name}": ${reason}` }])),
    ),
  };
}

interface CsvRecord {
  /** Of its end. */
  readonly line: number;
  readonly cells: readonly string[];
}

function cellsOf(text: string): { readonly records: readonly CsvRecord[] } | ImportFault {
  const records: CsvRecord[] = [];
  const keep = (cells: readonly string[], info: { readonly lines: number }): null => {
    if (cells.some((cell) => cell.trim() !== "")) records.push({ line: info.lines, cells });
    return null;
  };
  try {
    parse(text, { ...CSV_OPTIONS, bom: true, on_record: keep });
    return { records };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { line: (records.at(-1)?.line ?? 0) + 1, reason: "a quote is never closed" };
  }
}

function rubricOf({ name, rows }: { readonly name: string; readonly rows: readonly Row[] }): ImportedRubric {
  const ranges = rows.filter(({ isRange }) => isRange).map(({ criterion }) => criterion.name);
  return {
    name,
    asks: [name],
    guidelines: "",
    criteria: rows.map(({ criterion }) => criterion),
    notCarried: ranges.map((criterion) => `${criterion}: points between two ratings; each rating counts as its top`),
  };
}

function rowsOf(records: readonly CsvRecord[], names: readonly string[]): readonly Row[] {
  let rubric = "";
  return records.map(({ line, cells }): Row => {
    const cell = (name: string): string => wordsOf(cells[names.indexOf(name)]);
    rubric = cell(RUBRIC) || rubric;
    const criterion = { name: cell(CRITERION), text: cell(DESCRIPTION), levels: levelsOf(cells, names) };
    return { line, rubric, criterion, isRange: cell(RANGE).toLowerCase() === "true", reason: reasonOf(criterion) };
  });
}

function reasonOf({ name, levels }: ImportedCriterion): string | undefined {
  if (name === "") return "a criterion has no name";
  if (levels.length === 0) return `${name} has no rating`;
  const bad = levels.find(({ points }) => !Number.isFinite(points));
  return bad === undefined ? undefined : `the points of ${name}, ${bad.name} are no number`;
}

/** Ratings one after the other; a blank one ends nothing. */
function levelsOf(cells: readonly string[], names: readonly string[]): readonly ImportedLevel[] {
  const parts = names.flatMap((name, place) => {
    const part = RATING.exec(name)?.[1];
    return part === undefined ? [] : [{ part, cell: wordsOf(cells[place]) }];
  });
  const starts = parts.flatMap(({ part }, place) => (part === "name" ? [place] : []));
  return starts.flatMap((start, place) => {
    const own = new Map(parts.slice(start, starts[place + 1]).map(({ part, cell }) => [part, cell]));
    const [name = "", text = "", points = ""] = ["name", "description", "points"].map((part) => own.get(part));
    return [name, text, points].every((part) => part === "") ? [] : [{ name, text, points: pointsOf(points) }];
  });
}

/** A cell as it was meant: the apostrophe that keeps a spreadsheet from running it is no part of it. */
function wordsOf(cell = ""): string {
  return cell.trim().replace(/^'(?=[=+\-@])/, "");
}

function pointsOf(text: string): number {
  return /^[+-]?\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
}
