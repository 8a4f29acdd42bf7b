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

/** Beyond these a file is a mistake, and would take more memory than a machine may have. */
export const MOST_ROWS = 1_000_000;
export const MOST_CELLS = 20_000_000;
export const TOO_LARGE = "a million rows or twenty million cells";

/** The name of a column, fit to be compared and shown. */
export function headerName(cell: string): string {
  return cell
    .replace(/\p{Cf}/gu, "")
    .replace(/\s+/g, " ")
    .trim();
}
