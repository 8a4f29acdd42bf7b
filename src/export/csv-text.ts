import { stringify } from "csv-stringify/sync";
import { visible } from "../core/sanitise.ts";
import { pointsOf, type Thousandths } from "../grade/rubric/points.ts";

/** A number is ours and stays one, `-2` included; text is from outside and is made harmless; undefined is an empty cell. */
export type CsvCell = string | number | undefined;

export interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly CsvCell[])[];
}

export interface CsvOptions {
  /** A byte-order mark first, without which Excel takes UTF-8 for another encoding. */
  readonly bom?: boolean | undefined;
}

/** RFC 4180: CRLF ends a record, quotes are doubled, and what needs quotes has them. */
export function csvText({ columns, rows }: CsvTable, { bom = false }: CsvOptions = {}): string {
  return stringify(
    [columns, ...rows].map((row) => row.map((cell) => (typeof cell === "string" ? inertCell(cell) : cell))),
    { bom, record_delimiter: "windows", quoted_match: /[\r\n]|^\s|\s$/ },
  );
}

/** Thousandths as a decimal number in a cell. */
export function pointsCell(value: Thousandths | undefined): number | undefined {
  return value === undefined ? undefined : pointsOf(value);
}

// A spreadsheet reads a formula where a cell, or a line that lands in a cell of its own, begins with one of these marks;
// blanks and quotes before it may be stripped on the way. Where a spreadsheet expects semicolons it takes them for the end of
// a cell, inside quotes too once a comma has gone before.
const FORMULA = /(^|;)(["'`´‘’‚“”„«»\s]*[=+\-@＝＋－＠])/gu;

/**
 * Text that no spreadsheet runs, whether it reads by commas, semicolons or tabs: hidden characters shown, tabs as blanks, an
 * apostrophe before whatever would begin like a formula.
 */
function inertCell(text: string): string {
  return visible(text)
    .split("\n")
    .map((line) => line.replaceAll("\t", " ").replace(FORMULA, "$1'$2"))
    .join("\n");
}
