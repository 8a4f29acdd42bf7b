import { sentencesOf } from "../core/sentences.ts";
import { wordsOf } from "../core/terms.ts";

/** Something a reference answer states. */
export interface Statement {
  /** lead: the first sentence · item: of a list · row: of a table · sentence: any other. */
  readonly kind: "lead" | "item" | "row" | "sentence";
  /** The bold word it begins with, or the first cell of its row; "" where there is none. */
  readonly subject: string;
  /** Without list mark, emphasis and links. */
  readonly text: string;
}

/** Shorter ones are labels and lead-ins. */
const LEAST_WORDS = 5;

/** What an answer in markdown states, in order: code, headings and heads of tables left out. Linear in the answer. */
export function statementsOf(markdown: string): readonly Statement[] {
  const statements = blocksOf(markdown).flatMap(readBlock);
  const telling = statements.filter(({ text }) => wordsOf(text).length >= LEAST_WORDS && !text.endsWith(":"));
  return telling.map((each, place) => (place === 0 && each.kind === "sentence" ? { ...each, kind: "lead" } : each));
}

const FENCE = /^\s{0,12}(?:`{3,}|~{3,})/;
const HEADING = /^\s{0,3}#{1,6}\s/;
const ITEM = /^\s{0,12}(?:[-*+]|\d{1,9}[.)])\s+/;
const ROW = /^\s{0,12}\|(.*)\|\s*$/;

/** Lines that belong together; a list item is a block of its own. */
interface Block {
  readonly kind: "prose" | "item" | "table";
  readonly lines: string[];
}

function blocksOf(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  for (const line of textLines(markdown)) {
    const kind = kindOf(line);
    if (kind === undefined) open = undefined;
    else if (open !== undefined && goesOn(open.kind, kind)) open.lines.push(line);
    else blocks.push((open = { kind, lines: [line] }));
  }
  return blocks;
}

/** All lines; those of code and fences as empty ones. */
function textLines(markdown: string): readonly string[] {
  let isCode = false;
  return markdown.split(/\r\n|\r|\n/).map((line) => {
    const isFence = FENCE.test(line);
    if (isFence) isCode = !isCode;
    return isFence || isCode ? "" : line;
  });
}

/** undefined for what parts blocks: a heading or an empty line. */
function kindOf(line: string): Block["kind"] | undefined {
  if (HEADING.test(line) || line.trim() === "") return undefined;
  if (ROW.test(line)) return "table";
  return ITEM.test(line) ? "item" : "prose";
}

function goesOn(open: Block["kind"], next: Block["kind"]): boolean {
  return open === "table" ? next === "table" : next === "prose";
}

function readBlock({ kind, lines }: Block): readonly Statement[] {
  if (kind === "table") return rowsOf(lines);
  const text = lines.map((line) => line.trim()).join(" ");
  if (kind === "item") return [statementOf("item", text.replace(ITEM, ""))];
  return sentencesOf(text).map((sentence) => statementOf("sentence", sentence));
}

const RULE = /^[\s|:-]*$/;

/** "Tests: unit, end to end; software tests plus metric gates", with the head's words before the cells where there is a head. */
function rowsOf(lines: readonly string[]): readonly Statement[] {
  const rule = lines.findIndex((line) => RULE.test(line));
  const [, ...head] = cellsOf(rule > 0 ? (lines[rule - 1] ?? "") : "");
  return lines.slice(rule + 1).map((line) => {
    const [subject = "", ...cells] = cellsOf(line);
    const named = cells.map((cell, column) => [head[column], cell].filter((each) => each !== undefined).join(": "));
    return { kind: "row", subject, text: named.join("; ") };
  });
}

function cellsOf(line: string): readonly string[] {
  const [, cells] = ROW.exec(line) ?? [];
  return cells === undefined ? [] : cells.split("|").map(plain);
}

const SUBJECT = /^\*\*([^*]{1,80})\*\*\s*[:.–—-]?\s*/u;

function statementOf(kind: "item" | "sentence", markdown: string): Statement {
  const [bold = "", subject = ""] = SUBJECT.exec(markdown) ?? [];
  return { kind, subject: plain(subject).replace(/[:.]$/, ""), text: plain(markdown.slice(bold.length)) };
}

/** Without emphasis and code marks; links keep their words. */
function plain(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]{0,200})\]\([^)]{0,400}\)/g, "$1")
    .replace(/\*\*|__|`/g, "")
    .replace(/\s+/g, " ")
    .trim();
}
