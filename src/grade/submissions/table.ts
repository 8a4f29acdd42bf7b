import type { SourceFault } from "./source-fault.ts";

/** Rows of text under named columns, whatever they were written as. Nothing in a cell is ever more than text. */
export interface Table {
  /** As written, blanks around and line breaks inside made single blanks. A name may stand more than once. */
  readonly header: readonly string[];
  readonly rows: readonly TableRow[];
  readonly faults: readonly SourceFault[];
}

export interface TableRow {
  /** 1-based line of the file that the row begins on. */
  readonly line: number;
  /** One for each column; those missing at the end are "". */
  readonly cells: readonly string[];
}

export interface TableLimits {
  readonly rows: number;
  readonly cells: number;
}

/** Beyond these a file is a mistake, and would take more memory than a machine may have. */
export const TABLE_LIMITS: TableLimits = { rows: 1_000_000, cells: 20_000_000 };

/** What is left of a table that is larger than that. */
export function tooLarge(path: string, { rows, cells }: TableLimits): Table {
  const limit = `${rows.toLocaleString("en")} rows or ${cells.toLocaleString("en")} cells`;
  return { header: [], rows: [], faults: [{ code: "too-large", path, line: 1, limit }] };
}

/** The name of a column, fit to be compared and shown. */
export function headerName(cell: string): string {
  return cell
    .replace(/\p{Cf}/gu, "")
    .replace(/\s+/g, " ")
    .trim();
}
