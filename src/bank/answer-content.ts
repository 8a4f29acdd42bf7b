import type { CompiledDialect } from "./compile-dialect.ts";
import { LINE } from "./line-kind.ts";
import { type LineMap, LONGEST_SEARCHED_LINE } from "./line-map.ts";

/** What the lines after an answer marker hold. */
export interface AnswerContent {
  /** Offset of the end of the last line with an answer or a placeholder; the start of the region where it has neither. */
  readonly end: number;
  /** Line of that end. */
  readonly endLine: number;
  readonly holds: "nothing" | "placeholder" | "answer" | "unfinished answer";
}

type Content = "nothing" | "placeholder" | "heading" | "answer";

interface Part {
  readonly content: Content;
  readonly text: string;
  readonly line: number;
  readonly end: number;
}

/** Where an answer may stand: offsets, and the line of the first. */
export interface AnswerRegion {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

export function readAnswerContent(map: LineMap, dialect: CompiledDialect, region: AnswerRegion): AnswerContent {
  const parts = partsOf(map, dialect, region).filter((part) => part.content !== "nothing");
  // A heading with nothing under it opens a section of the file; it is no part of the answer before it.
  while (parts.at(-1)?.content === "heading") parts.pop();
  const last = parts.at(-1);
  if (last === undefined) return { end: region.start, endLine: region.line, holds: "nothing" };
  const isPlaceholder = parts.every((part) => part.content === "placeholder");
  return { end: last.end, endLine: last.line, holds: isPlaceholder ? "placeholder" : finished(parts, dialect) };
}

function finished(parts: readonly Part[], dialect: CompiledDialect): "answer" | "unfinished answer" {
  const last = parts.at(-1);
  const isOpen =
    last?.content === "placeholder" ||
    parts[0]?.content === "placeholder" ||
    (last !== undefined && dialect.partial?.test(last.text) === true);
  return isOpen ? "unfinished answer" : "answer";
}

function partsOf(map: LineMap, dialect: CompiledDialect, region: AnswerRegion): Part[] {
  const parts: Part[] = [];
  let line = region.line;
  let start = region.start;
  while (start < region.end) {
    const last = map.kinds[line] === LINE.code ? endOfCode(map, line, region.end) : line;
    const end = Math.min(map.endOf(last), region.end);
    const text = map.lineAt(line).slice(start - map.startOf(line), end - map.startOf(line));
    const content =
      map.kinds[line] === LINE.code ? contentOfCode(map, dialect, line, last) : contentOf(map, dialect, line, text);
    parts.push({ content, text, line: last, end });
    line = last + 1;
    start = map.startOf(line);
  }
  return parts;
}

function contentOf(map: LineMap, dialect: CompiledDialect, line: number, text: string): Content {
  if (text.trim() === "") return "nothing";
  if (text.length > LONGEST_SEARCHED_LINE) return "answer";
  if (dialect.placeholder?.test(text) === true) return "placeholder";
  if (map.kinds[line] === LINE.comment || dialect.ignore?.test(text) === true) return "nothing";
  return map.headingLevels[line] === 0 ? "answer" : "heading";
}

function endOfCode(map: LineMap, from: number, end: number): number {
  let line = from;
  while (map.kinds[line + 1] === LINE.code && map.startOf(line + 1) < end) line++;
  return line;
}

/** A fence around nothing but a placeholder is a placeholder. */
function contentOfCode(map: LineMap, dialect: CompiledDialect, from: number, to: number): Content {
  const inside = map.lines.slice(from + 1, to).filter((line) => line.trim() !== "");
  const isPlaceholder =
    inside.length > 0 && inside.length < 4 && inside.every((line) => dialect.placeholder?.test(line) === true);
  return isPlaceholder ? "placeholder" : "answer";
}
