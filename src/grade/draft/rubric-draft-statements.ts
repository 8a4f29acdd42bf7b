import { sentencesOf } from "../../core/sentences.ts";
import { wordsOf } from "../../core/terms.ts";
import { numberedIn, seriesIn, titleFrom } from "./rubric-draft-lists.ts";

/** Something a reference answer states. */
export interface Statement {
  /**
   * lead: the first sentence of the answer · item: one entry of a list, where the entry states something by itself · list: all
   * entries of a list together, where they are only names · row: one row of a table · sentence: any other sentence.
   */
  readonly kind: "lead" | "item" | "list" | "row" | "sentence";
  /** The bold word it begins with, the first cell of its row, what announces its list; "" where there is none. */
  readonly subject: string;
  /** Without list mark, emphasis and links. */
  readonly text: string;
  /** Of a list; empty for every other kind. */
  readonly items: readonly string[];
}

/** Shorter ones are labels and lead-ins. */
const LEAST_WORDS = 5;
const FEWEST_ITEMS = 2;

/** What an answer in markdown states, in order: code, headings and heads of tables left out. Linear in the answer. */
export function statementsOf(markdown: string): readonly Statement[] {
  const runs = runsOf(blocksOf(markdown).flatMap(takeApart));
  const statements = runs.flatMap((run, place) => readRun(run, announcedBy(runs[place - 1])));
  const telling = statements.filter((each) => each.kind === "list" || isTelling(each));
  return telling.map((each, place) => (place === 0 && each.kind === "sentence" ? { ...each, kind: "lead" } : each));
}

function isTelling(statement: Statement): boolean {
  return !isShort(statement) && !isAnnouncement(statement.text) && !FRAGMENT.test(statement.text);
}

function isShort({ text }: Statement): boolean {
  return wordsOf(text).length < LEAST_WORDS;
}

const ANNOUNCING =
  /(?:[:,]|\b(?:then|including|is|are))[\s.]{0,3}$|^here (?:is|are)\b|^there are (?:several|many|some|a few|various|different|multiple)\b[^,:;]*$|\b(?:as follows|(?:the|are|is) following|below (?:is|are)|(?:are|is|listed|given) below)\b/i;
/** The end of a sentence that a formula or a list parts from its beginning. */
const FRAGMENT = /^(?:where|which|that|who)\b/;

/** It only says that something is said elsewhere. */
function isAnnouncement(text: string): boolean {
  return ANNOUNCING.test(text);
}

const FENCE = /^\s{0,12}(?:`{3,}|~{3,})/;
const HEADING = /^\s{0,3}#{1,6}\s/;
const ITEM = /^\s{0,12}(?:[-*+]|\d{1,9}[.)])\s+/;
const ROW = /^\s{0,12}\|(.*)\|\s*$/;

/** Lines that belong together; a list item is a block of its own. */
interface Block {
  readonly kind: "prose" | "item" | "table" | "heading";
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

/** undefined for an empty line, which parts blocks. */
function kindOf(line: string): Block["kind"] | undefined {
  if (line.trim() === "") return undefined;
  if (HEADING.test(line)) return "heading";
  if (ROW.test(line)) return "table";
  return ITEM.test(line) ? "item" : "prose";
}

function goesOn(open: Block["kind"], next: Block["kind"]): boolean {
  if (open === "heading") return false;
  return open === "table" ? next === "table" : next === "prose";
}

/** Items that stand within one block become blocks. */
function takeApart(block: Block): readonly Block[] {
  const found = block.kind === "prose" || block.kind === "item" ? numberedIn(textOf(block)) : undefined;
  if (found === undefined) return [block];
  const items = found.items.map((item): Block => ({ kind: "item", lines: [item] }));
  return [...proseOf(found.before), ...items, ...proseOf(found.after)];
}

function proseOf(text: string): readonly Block[] {
  return text === "" ? [] : [{ kind: "prose", lines: [text] }];
}

function textOf({ lines }: Block): string {
  return lines.map((line) => line.trim()).join(" ");
}

/** One block, or all items of a list. */
type Run = readonly [Block, ...Block[]];

function runsOf(blocks: readonly Block[]): readonly Run[] {
  const runs: [Block, ...Block[]][] = [];
  for (const block of blocks) {
    const open = runs.at(-1);
    if (open?.[0].kind === "item" && block.kind === "item") open.push(block);
    else runs.push([block]);
  }
  return runs;
}

/** What a heading, or the last sentence before a list, says of the list. */
function announcedBy(run: Run | undefined): string {
  const [block] = run ?? [];
  if (block?.kind === "heading") return plain(textOf(block).replace(/^#+\s/, ""));
  const last = plain(block?.kind === "prose" ? (sentencesOf(textOf(block)).at(-1) ?? "") : "");
  return isAnnouncement(last) ? titleFrom(last) : "";
}

function readRun(run: Run, announced: string): readonly Statement[] {
  const [block] = run;
  if (block.kind === "heading") return [];
  if (block.kind === "table") return rowsOf(block.lines);
  return block.kind === "prose" ? sentencesOf(textOf(block)).map(readSentence) : readItems(run, announced);
}

function readSentence(sentence: string): Statement {
  const series = seriesIn(plain(sentence));
  return series === undefined ? statementOf("sentence", sentence) : listOf(titleFrom(series.title), series.items);
}

/** Items that state something, each by itself, then the others together. */
function readItems(blocks: readonly Block[], announced: string): readonly Statement[] {
  const items = blocks.map((block) => statementOf("item", textOf(block).replace(ITEM, "")));
  const isNames = items.filter(isShort).length >= items.length / 2;
  const isName = (item: Statement): boolean => isShort(item) || (isNames && wordsOf(item.text).length <= LONGEST_NAME);
  const names = items.filter(isName).flatMap(({ subject, text }) => nameIn(subject === "" ? text : subject));
  const long = items.filter((item) => !isName(item));
  return names.length < FEWEST_ITEMS ? items : [...long, listOf(announced, names)];
}

/** In words, among shorter ones. */
const LONGEST_NAME = 8;

function nameIn(text: string): readonly string[] {
  const name = text.replace(/[.,;:]$/, "");
  return /[\p{L}\p{N}]/u.test(name) ? [name] : [];
}

function listOf(title: string, items: readonly string[]): Statement {
  return { kind: "list", subject: title, text: items.join(", "), items };
}

const RULE = /^[\s|:-]*$/;

/** "Tests: unit, end to end, software tests plus metric gates", with the head's words before the cells where there is a head. */
function rowsOf(lines: readonly string[]): readonly Statement[] {
  const rule = lines.findIndex((line) => RULE.test(line));
  const [, ...head] = cellsOf(rule > 0 ? (lines[rule - 1] ?? "") : "");
  return lines.slice(rule + 1).map((line) => {
    const [subject = "", ...cells] = cellsOf(line);
    const named = cells.map((cell, column) => [head[column], cell].filter((each) => each !== undefined).join(": "));
    return { kind: "row", subject, text: named.join(", "), items: [] };
  });
}

function cellsOf(line: string): readonly string[] {
  const [, cells] = ROW.exec(line) ?? [];
  return cells === undefined ? [] : cells.split("|").map(plain);
}

const SUBJECT = /^\*\*([^*]{1,80})\*\*\s*([:.–—-]?)\s*/u;

/** "**Bias**: an error" has a subject before what is said of it; in "**Bias** is an error" it is a part of that. */
function statementOf(kind: "item" | "sentence", markdown: string): Statement {
  const [bold = "", name = "", mark = ""] = SUBJECT.exec(markdown) ?? [];
  const isApart = mark !== "" || /[:.]\s*$/.test(name);
  const text = plain(isApart ? markdown.slice(bold.length) : markdown);
  return { kind, subject: plain(name).replace(/[:.]$/, ""), text, items: [] };
}

const BREAK = /<\/?(?:br|hr|p|div|li|td)\b[^<>]{0,400}>/gi;
const TAG = /<\/?(?:img|b|i|em|strong|a|span|sub|sup|code|pre|details|summary|center|font)\b[^<>]{0,400}>/gi;
/** Low lines within a word are letters of a name. */
const BOLD_OR_CODE = /\*\*|`|(?<![\p{L}\p{N}_])__|__(?![\p{L}\p{N}_])/gu;
const ITALIC = /(^|[\s(-])([*_])([^\s*_][^*_]{0,80})\2(?=[\s.,;:!?)-]|$)/g;

/** Without emphasis, code marks and tags; links keep their words. */
function plain(markdown: string): string {
  return markdown
    .replace(/!\[[^\]]{0,200}\]\([^)]{0,400}\)/g, "")
    .replace(/\[([^\]]{0,200})\]\([^)]{0,400}\)/g, "$1")
    .replace(BREAK, " ")
    .replace(TAG, " ")
    .replace(BOLD_OR_CODE, "")
    .replace(ITALIC, "$1$3")
    .replace(/\s+/g, " ")
    .trim();
}
