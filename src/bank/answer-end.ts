import { boxAt } from "./answer-box.ts";
import type { AnswerHead } from "./answer-head.ts";
import { linesBetween } from "./find-starts.ts";
import { LINE } from "./line-kind.ts";
import type { LineMap } from "./line-map.ts";
import type { QuestionBlock } from "./question-block.ts";

/** Where an answer has to have ended: with the container it is in, at an end mark of the dialect, else with the block. */
export interface AnswerEnd {
  readonly offset: number;
  /** First line after the question. */
  readonly lineEnd: number;
  /** What the lines of the answer begin with, because of its container. */
  readonly prefix: string;
}

type Place = Omit<AnswerEnd, "prefix">;

const OPENS_DETAILS = /<details\b/i;
const CLOSES_DETAILS = /<\/details>/i;
const CLOSING_TAG = /<\/(?:b|p|div|strong|em|i)>$/i;

export function findAnswerEnd(map: LineMap, block: QuestionBlock, head: AnswerHead): AnswerEnd {
  return { prefix: "", ...(endOfBox(map, block, head) ?? endByMark(map, block, head)) };
}

/**
 * A container that the marker opens, or the question where no marker stands. What follows an empty container of a question
 * is its answer, written beside and not into it.
 */
function endOfBox(map: LineMap, { start, lineEnd }: QuestionBlock, head: AnswerHead): AnswerEnd | undefined {
  const opening = head.marker?.line ?? start.line;
  const box = boxAt(map, opening, lineEnd);
  if (box === undefined) return undefined;
  const isUnused = box.lineEnd <= head.line + 1 && hasContent(map, box.lineEnd, lineEnd);
  if (head.marker === undefined && isUnused) return undefined;
  return { offset: map.startOf(box.lineEnd), lineEnd: box.prefix === "" ? lineEnd : box.lineEnd, prefix: box.prefix };
}

function hasContent(map: LineMap, from: number, to: number): boolean {
  return map.kinds.slice(from, to).some((kind) => kind === LINE.text || kind === LINE.code);
}

/** Finds the end mark; `<details>` that are opened and closed inside the answer are passed over. */
function endByMark(map: LineMap, block: QuestionBlock, head: AnswerHead): Place {
  const { start, lineEnd } = block;
  const { end } = start.dialect;
  const blockEnd = { offset: map.startOf(lineEnd), lineEnd };
  if (end === undefined) return blockEnd;
  const column = start.textEnd - map.startOf(start.textLine);
  const onTextLine = end.exec(map.lineAt(start.textLine))?.index ?? -1;
  if (onTextLine >= column) return endAt(map, start.textLine, onTextLine, column);
  return findMark(map, end, head.line + 1, lineEnd) ?? blockEnd;
}

function findMark(map: LineMap, end: RegExp, from: number, to: number): Place | undefined {
  const opening = end.test("</details>") ? linesBetween(map.matching(OPENS_DETAILS), from, to) : [];
  let depth = 0;
  for (const line of ascending(opening, linesBetween(map.matching(end), from, to))) {
    if (opening.length > 0 && OPENS_DETAILS.test(map.lineAt(line))) depth++;
    const mark = end.exec(map.lineAt(line));
    if (mark !== null && depth === 0) return endAt(map, line, mark.index, 0);
    if (mark !== null && CLOSES_DETAILS.test(mark[0])) depth--;
  }
  return undefined;
}

function ascending(left: readonly number[], right: readonly number[]): readonly number[] {
  if (left.length === 0) return right;
  return [...new Set([...left, ...right])].toSorted((one, other) => one - other);
}

function endAt(map: LineMap, line: number, index: number, column: number): Place {
  const offset = map.startOf(line) + Math.max(column, lengthBefore(map.lineAt(line), index));
  return { offset, lineEnd: line + 1 };
}

/** Length of a line before an end mark, without blanks and closing tags that belong to the mark. */
function lengthBefore(line: string, index: number): number {
  const text = line.slice(0, index).trimEnd();
  const tag = CLOSING_TAG.exec(text.slice(-9))?.[0].length ?? 0;
  return tag === 0 ? text.length : lengthBefore(text, text.length - tag);
}
