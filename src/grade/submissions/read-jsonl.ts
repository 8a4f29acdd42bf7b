import type { SourceFault } from "./source-fault.ts";
import { headerName, type Table, TABLE_LIMITS, type TableRow, tooLarge } from "./table.ts";

/** Reads one JSON object a line as a row: its keys are columns, numbers become their text, null an empty cell. */
export function readJsonLines(path: string, text: string, limits = TABLE_LIMITS): Table {
  const columns = new Map<string, number>();
  const rows: TableRow[] = [];
  const faults: SourceFault[] = [];
  let cellCount = 0;
  for (const [at, source] of text.split("\n").entries()) {
    if (source.trim() === "") continue;
    const line = at + 1;
    const record = recordOf(source);
    if (typeof record === "string") faults.push({ code: "not-a-record", path, line, reason: record });
    else rows.push({ line, cells: cellsOf(record, columns) });
    cellCount += rows.at(-1)?.cells.length ?? 0;
    if (rows.length > limits.rows || cellCount > limits.cells) return tooLarge(path, limits);
  }
  if (columns.size === 0) return { header: [], rows: [], faults: [...faults, { code: "no-header", path, line: 1 }] };
  return { header: [...columns.keys()], rows, faults };
}

type Scalars = ReadonlyMap<string, string>;

/** The record of a line, or what is wrong with it in words that hold nothing of it. */
function recordOf(source: string): Scalars | string {
  const value = parsed(source);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "is not a JSON object";
  const scalars = new Map<string, string>();
  for (const [key, nested] of Object.entries(value)) {
    if (typeof nested === "object" && nested !== null) return "holds an object or a list where a text should be";
    scalars.set(headerName(key), nested === null ? "" : String(nested));
  }
  return scalars;
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

function cellsOf(record: Scalars, columns: Map<string, number>): readonly string[] {
  for (const key of record.keys()) if (!columns.has(key)) columns.set(key, columns.size);
  const cells = Array.from<string>({ length: columns.size }).fill("");
  for (const [key, value] of record) cells[columns.get(key) ?? 0] = value;
  return cells;
}
