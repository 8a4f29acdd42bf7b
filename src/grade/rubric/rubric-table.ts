import MarkdownIt from "markdown-it";
import { isSafeName } from "../../core/ids.ts";
import { formatPath, type LineOf, lineOfKnown } from "./rubric-lines.ts";
import { columnsOf, readCells, readSetting, type TablePart } from "./rubric-table-cells.ts";

/** What a table says, in the shape that YAML has. */
type Data = Record<string, unknown>;

interface Section {
  readonly heading: string;
  readonly line: number;
  readonly data: Data;
  /** Lines by paths within the section. */
  readonly lines: Map<string, number>;
  hasTable: boolean;
}

const markdown = new MarkdownIt({ html: true });
type Token = ReturnType<typeof markdown.parse>[number];

/** Headings that name a part of a rubric and no question. */
const PARTS = new Set(["criteria", "groups", "precedents"]);

/**
 * Reads the rubrics of a markdown file into the shape that a YAML file has, for the same reader: under a heading with the
 * question's id or text, lines such as `Scale: max 10, step 0.5`, and tables of criteria, groups and precedents with the keys
 * of the YAML as columns. Sections without a table are not looked at. Never throws.
 */
export function rubricTables(text: string): { readonly data: unknown; readonly lineOf: LineOf } {
  const sections = sectionsOf(text).filter(({ hasTable }) => hasTable);
  const [only, second] = sections;
  if (only !== undefined && second === undefined)
    return { data: rubricOf(only), lineOf: lineOfKnown(linesOf(only, "")) };
  const lines = sections.flatMap((section, place) => Array.from(linesOf(section, `[${place}]`)));
  return { data: sections.map(rubricOf), lineOf: lineOfKnown(new Map(lines)) };
}

function rubricOf({ heading, data }: Section): Data {
  if (heading === "" || "question" in data || "match" in data) return data;
  return { [isSafeName(heading) ? "question" : "match"]: heading, ...data };
}

function linesOf({ line, lines }: Section, prefix: string): ReadonlyMap<string, number> {
  const below = Array.from(lines, ([path, at]) => [prefix === "" ? path : `${prefix}.${path}`, at] as const);
  return new Map([[prefix, line], ...below]);
}

function sectionsOf(text: string): readonly Section[] {
  const sections = [emptySection("", 1)];
  const rows = text.split("\n");
  const tokens = markdown.parse(text, {});
  for (const [place, token] of tokens.entries()) {
    const current = sections.at(-1);
    const content = tokens[place + 1]?.content ?? "";
    const line = (token.map?.[0] ?? 0) + 1;
    if (token.type === "heading_open" && !PARTS.has(content.toLowerCase())) sections.push(emptySection(content, line));
    if (current === undefined) continue;
    if (token.type === "paragraph_open") addSettings(current, content, line);
    if (token.type === "table_open") addTable(current, tableOf(tokens, place), rows);
  }
  return sections;
}

function emptySection(heading: string, line: number): Section {
  return { heading, line, data: {}, lines: new Map(), hasTable: false };
}

function addSettings({ data, lines }: Section, paragraph: string, firstLine: number): void {
  let open: string | undefined;
  for (const [place, line] of paragraph.split("\n").entries()) {
    const setting = readSetting(line, open !== undefined);
    if (setting !== undefined) {
      const { key, value } = setting;
      open = key;
      data[key] = value;
      lines.set(key, firstLine + place);
    } else if (open !== undefined && typeof data[open] === "string") {
      data[open] = `${String(data[open])}\n${line}`;
    }
  }
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Rows of a table with their cells as they stand in the file, the header first. */
function tableOf(tokens: readonly Token[], start: number): readonly Row[] {
  const rows: { line: number; cells: string[] }[] = [];
  for (let place = start; tokens[place] !== undefined && tokens[place]?.type !== "table_close"; place++) {
    const token = tokens[place];
    if (token?.type === "tr_open") rows.push({ line: (token.map?.[0] ?? 0) + 1, cells: [] });
    if (token?.type === "inline") rows.at(-1)?.cells.push(token.content);
  }
  return rows;
}

function addTable(section: Section, [header, ...rows]: readonly Row[], lines: readonly string[]): void {
  if (header === undefined) return;
  const { part, columns } = columnsOf(header.cells);
  const { data } = section;
  const known = data[part];
  const list: unknown[] = Array.isArray(known) ? known : [];
  section.hasTable = true;
  for (const { line, cells } of rows) {
    section.lines.set(formatPath([part, list.length]), line);
    list.push({ ...readCells(part, columns, cells), ...surplus(part, columns.length, lines[line - 1] ?? "") });
  }
  data[part] = list;
}

/** More cells than any row can have by accident. */
const WIDE = 20;

/** A bar that should have been `\|` makes a cell too many, which a markdown table drops without a word. */
function surplus(part: TablePart, columns: number, line: string): Data {
  const wider = [`|${" x |".repeat(columns + WIDE)}`, `|${" - |".repeat(columns + WIDE)}`, line].join("\n");
  const extra = tableOf(markdown.parse(wider, {}), 0)
    .at(1)
    ?.cells.findIndex((cell, place) => place >= columns && cell !== "");
  return extra === undefined || extra === -1 ? {} : { [`column ${extra + 1} of ${part}`]: line };
}
