/** Which list of a rubric a table holds. */
export type TablePart = "criteria" | "groups" | "precedents";

const SETTINGS = new Set(["rubric", "id", "question", "match", "scale", "guidelines", "reference"]);
const SETTING = /^(?:\*\*|__)?([A-Za-z][A-Za-z _-]{0,30})(?:\*\*|__)?:(?:\*\*|__)?[ \t]*(.*)$/;
const LINE_BREAK = /<br ?\/?>/i;
const LEVEL = /^(?:([a-z0-9][a-z0-9._-]{0,63}) ?= ?)?([+-]?\d{1,7}(?:\.\d{1,3})?) ?(?:: ?(.*))?$/su;

/**
 * A line such as `Scale: max 10, step 0.5` or `**Guidelines:** accept any notation`. Within another setting only the keys of a
 * rubric begin a new one; elsewhere any single word before a colon does, so that a mistyped key is told and not passed over.
 */
export function readSetting(
  line: string,
  isWithin: boolean,
): { readonly key: string; readonly value: unknown } | undefined {
  const [, name = "", value = ""] = SETTING.exec(line) ?? [];
  const key = keyOf(name);
  if (key === "" || !(SETTINGS.has(key) || (!isWithin && !key.includes("_")))) return undefined;
  return { key, value: key === "scale" ? readScale(value) : value };
}

/** `max 10, step 0.5, penalty limit -2` */
function readScale(text: string): unknown {
  const entries = text.split(/[,;]/).map((item) => {
    const words = item.replace(/[:=]/g, " ").trim().split(/\s+/);
    return [keyOf(words.slice(0, -1).join(" ")), words.at(-1) ?? ""] as const;
  });
  return Object.fromEntries(entries.filter(([key, value]) => key !== "" || value !== ""));
}

/** What a table is about, and the key of each column. */
export function columnsOf(header: readonly string[]): {
  readonly part: TablePart;
  readonly columns: readonly string[];
} {
  const keys = header.map(keyOf);
  const has = (key: string): boolean => keys.includes(key);
  if (has("answer")) return { part: "precedents", columns: keys };
  const part = has("kind") && !has("text") && !has("points") ? "groups" : "criteria";
  const name = part === "groups" ? "group" : "criterion";
  return { part, columns: keys.map((key) => (key === name ? "id" : key)) };
}

/** One row as data; empty cells are left out. */
export function readCells(
  part: TablePart,
  columns: readonly string[],
  cells: readonly string[],
): Record<string, unknown> {
  const entries = columns.flatMap((key, place) => {
    const cell = cells[place]?.trim() ?? "";
    return cell === "" ? [] : [[key, part === "criteria" ? readCell(key, cell) : plainCell(cell)] as const];
  });
  return Object.fromEntries(entries);
}

function readCell(key: string, cell: string): unknown {
  switch (key) {
    case "levels":
      return itemsOf(cell).map(readLevel);
    case "accepts":
    case "rejects":
      return itemsOf(cell);
    case "required":
      return /^\d/.test(cell) ? { cap: cell } : cell.toLowerCase();
    default:
      return plainCell(cell);
  }
}

function plainCell(cell: string): string {
  return cell.split(LINE_BREAK).join("\n");
}

/** Items between `<br>`, or between semicolons where there is none. */
function itemsOf(cell: string): readonly string[] {
  const parts = LINE_BREAK.test(cell) ? cell.split(LINE_BREAK) : cell.split(";");
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

/** `3: exact`, or with an id `full = 3: exact`. */
function readLevel(item: string): unknown {
  const [, id, points, text = ""] = LEVEL.exec(item) ?? [];
  if (points === undefined) return { text: item };
  return { ...(id === undefined ? {} : { id }), points, text };
}

function keyOf(name: string): string {
  return name.trim().toLowerCase().replace(/[ -]+/g, "_");
}
