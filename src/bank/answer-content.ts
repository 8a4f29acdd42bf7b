import type { CompiledDialect } from "./compile-dialect.ts";
import { LINE } from "./line-kind.ts";
import { type LineMap, LONGEST_SEARCHED_LINE } from "./line-map.ts";

/** The mark of a quote, a callout or a list item, or the title of what folds, and nothing after it. */
const HOLLOW =
  /^\s*(?:(?:<details[^<>]{0,80}>\s*)?<summary[^<>]{0,80}>[^<]{0,80}<\/summary>(?:\s*<\/details>)?|(?:>\s?){1,6}(?:\[![\w-]{1,30}\][+-]?)?|[-*+]|\d{1,3}[.)])\s*$/;
/** What a footnote says, or where a link leads: below the last answer of a file it belongs to the file. */
const ASIDE = /^ {0,3}\[[^\]]{1,100}\]:\s+\S/;
const FENCE = /^[\s>]*(?:`{3,}|~{3,})/;

/** What the lines after an answer marker hold. */
export interface AnswerContent {
  /** Offset of the end of the last line with an answer or a placeholder; the start of the region where it has neither. */
  readonly end: number;
  /** Line of that end. */
  readonly endLine: number;
  readonly holds: "nothing" | "placeholder" | "answer" | "unfinished answer";
}

/** `hollow`: a quote, an item, a fence with nothing in it. */
type Content = "nothing" | "placeholder" | "heading" | "hollow" | "answer";

interface Part {
  /** Text of the first line. */
  readonly text: string;
  readonly line: number;
  readonly lastLine: number;
  readonly end: number;
}

/** Where an answer may stand: offsets, and the line of the first. */
export interface AnswerRegion {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

export function readAnswerContent(map: LineMap, dialect: CompiledDialect, region: AnswerRegion): AnswerContent {
  const parts = partsOf(map, region);
  const isAnswered = parts.some((part) => contentOf(map, dialect, part) === "answer");
  const contentAt = (part: Part): Content => beside(isAnswered, contentOf(map, dialect, part));
  // A heading with nothing under it opens a section of the file; it is no part of the answer before it.
  const last = parts.findLast((part) => !["nothing", "heading"].includes(contentAt(part)));
  if (last === undefined) return { end: region.start, endLine: region.line, holds: "nothing" };
  const first = parts.find((part) => contentAt(part) !== "nothing") ?? last;
  const opensEmpty = contentAt(first) === "placeholder";
  const isEmpty =
    opensEmpty && parts.every((part) => part.end > last.end || ["nothing", "placeholder"].includes(contentAt(part)));
  const isOpen = opensEmpty || contentAt(last) === "placeholder" || dialect.partial?.test(last.text) === true;
  const holds = isEmpty ? "placeholder" : isOpen ? "unfinished answer" : "answer";
  const closing = closingPart(map, parts, last);
  return { end: closing.end, endLine: closing.lastLine, holds };
}

/** What is hollow is part of an answer beside it; without one it waits for it. */
function beside(isAnswered: boolean, content: Content): Content {
  return content === "hollow" ? (isAnswered ? "answer" : "placeholder") : content;
}

/** The part that closes what the answer has folded: a closing tag alone is no content, but it belongs to its opening. */
function closingPart(map: LineMap, parts: readonly Part[], last: Part): Part {
  let open = 0;
  for (const part of parts) {
    if (map.kinds[part.line] === LINE.code) continue;
    if (part.line > last.line && open === 0) break;
    if (part.text.includes("<details")) open++;
    if (open > 0 && part.text.includes("</details>")) open--;
    if (part.line > last.line && open === 0) return part;
  }
  return last;
}

/** Lines of the region, code blocks in one piece. */
function partsOf(map: LineMap, region: AnswerRegion): readonly Part[] {
  const parts: Part[] = [];
  let line = region.line;
  let start = region.start;
  while (start < region.end) {
    const lastLine = map.kinds[line] === LINE.code ? endOfCode(map, line, region.end) : line;
    const end = Math.min(map.endOf(lastLine), region.end);
    const text = map.lineAt(line).slice(start - map.startOf(line), end - map.startOf(line));
    parts.push({ text, line, lastLine, end });
    line = lastLine + 1;
    start = map.startOf(line);
  }
  return parts;
}

function contentOf(map: LineMap, dialect: CompiledDialect, { text, line, lastLine }: Part): Content {
  if (map.kinds[line] === LINE.code) return contentOfCode(map, dialect, line, lastLine);
  if (text.trim() === "") return "nothing";
  if (text.length > LONGEST_SEARCHED_LINE) return "answer";
  if (dialect.placeholder?.test(text) === true) return "placeholder";
  if (HOLLOW.test(text)) return "hollow";
  if (map.kinds[line] === LINE.comment || isNoAnswer(dialect, text)) return "nothing";
  // What stands behind an answer marker in its heading, as in `### Answer: text`, is an answer.
  const isHeading = map.headingLevels[line] !== 0 && text.length === map.lineAt(line).length;
  return isHeading ? "heading" : "answer";
}

function isNoAnswer({ ignore }: CompiledDialect, text: string): boolean {
  return ignore?.test(text) === true || ASIDE.test(text);
}

function endOfCode(map: LineMap, from: number, end: number): number {
  let line = from;
  while (map.kinds[line + 1] === LINE.code && map.startOf(line + 1) < end) line++;
  return line;
}

/** A fence around nothing but a placeholder is a placeholder. */
function contentOfCode(map: LineMap, dialect: CompiledDialect, from: number, to: number): Content {
  const inside = map.lines.slice(from + 1, to).filter((line) => line.trim() !== "");
  if (inside.length === 0 && to > from && FENCE.test(map.lineAt(to))) return "hollow";
  const isPlaceholder =
    inside.length > 0 && inside.length < 4 && inside.every((line) => dialect.placeholder?.test(line) === true);
  return isPlaceholder ? "placeholder" : "answer";
}
