import { CsvError, parse } from "csv-parse/sync";
import { CSV_OPTIONS } from "./csv-options.ts";
import { detectDelimiter } from "./detect-delimiter.ts";
import type { SourceFault } from "./source-fault.ts";
import { headerName, type Table, TABLE_LIMITS, type TableLimits, type TableRow, tooLarge } from "./table.ts";

/** Reads comma, semicolon, tab or bar separated text. A damaged row is a fault, and the rest is read. */
export function readCsv(path: string, text: string, limits = TABLE_LIMITS): Table {
  const { rows, isTooLarge, unclosed } = parseRows(text, limits);
  if (isTooLarge) return tooLarge(path, limits);
  const faults: readonly SourceFault[] =
    unclosed === undefined ? [] : [{ code: "quote-unclosed", path, line: unclosed }];
  const at = rows.findIndex(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  const first = rows[at];
  if (first === undefined) return { header: [], rows: [], faults: [...faults, { code: "no-header", path, line: 1 }] };
  if (first.cells.some((cell) => cell.includes("\0"))) {
    return { header: [], rows: [], faults: [{ code: "nul-bytes", path, line: first.line }] };
  }
  const header = first.cells.map(headerName);
  return { header, ...alignRows(path, header.length, rows.slice(at + 1), faults) };
}

interface Parsed {
  readonly rows: readonly TableRow[];
  readonly isTooLarge: boolean;
  /** Line of the row with the quote that is never closed. */
  readonly unclosed: number | undefined;
}

function parseRows(text: string, limits: TableLimits): Parsed {
  const { delimiter, start } = detectDelimiter(text);
  const bytes = new TextEncoder().encode(text.slice(start));
  const lines = lineCounter(bytes, start === 0 ? 1 : 2);
  const rows: TableRow[] = [];
  let cellCount = 0;
  let end = 0;
  // One more, for the first row holds the names.
  const isWithin = (): boolean => rows.length <= limits.rows + 1 && cellCount <= limits.cells;
  const keep = (cells: readonly string[], info: { readonly bytes: number }): null => {
    const line = lines.lineAt(end);
    end = info.bytes;
    cellCount += cells.length;
    if (isWithin()) rows.push({ line, cells });
    return null;
  };
  const options = { ...CSV_OPTIONS, delimiter, to: limits.rows + 2, on_record: keep };
  const isUnclosed = isQuoteUnclosed(() => parse(bytes, options));
  return { rows, isTooLarge: !isWithin(), unclosed: isUnclosed ? lines.lineAt(end) : undefined };
}

function isQuoteUnclosed(read: () => void): boolean {
  try {
    read();
    return false;
  } catch (error) {
    if (error instanceof CsvError && error.code === "CSV_QUOTE_NOT_CLOSED") return true;
    throw error;
  }
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Line numbers of ascending offsets; what the parser counts itself is wrong where a cell holds line breaks. */
function lineCounter(bytes: Uint8Array, first: number): { lineAt(offset: number): number } {
  let line = first;
  let counted = 0;
  return {
    lineAt(offset) {
      for (; counted < offset; counted++) {
        const byte = bytes[counted];
        if (byte === LINE_FEED || (byte === CARRIAGE_RETURN && bytes[counted + 1] !== LINE_FEED)) line++;
      }
      return line;
    },
  };
}

/** Rows as wide as the header. Empty cells too many are what spreadsheets leave; other differences shift the cells. */
function alignRows(
  path: string,
  width: number,
  rows: readonly TableRow[],
  earlier: readonly SourceFault[],
): Omit<Table, "header"> {
  const aligned: TableRow[] = [];
  const faults: SourceFault[] = [];
  for (const { line, cells } of rows) {
    if (cells.every((cell) => cell.trim() === "")) continue;
    if (cells.length >= width && cells.slice(width).every((cell) => cell.trim() === "")) {
      aligned.push({ line, cells: cells.length === width ? cells : cells.slice(0, width) });
    } else {
      faults.push({ code: "ragged-row", path, line, cells: cells.length, expected: width });
    }
  }
  return { rows: aligned, faults: [...faults, ...earlier] };
}
