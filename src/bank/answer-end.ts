import type { AnswerHead } from "./answer-head.ts";
import { linesBetween } from "./find-starts.ts";
import type { LineMap } from "./line-map.ts";
import type { QuestionBlock } from "./question-block.ts";

/** Where an answer has to have ended: at an end mark of the dialect, else with the block. */
export interface AnswerEnd {
  readonly offset: number;
  /** First line after the question. */
  readonly lineEnd: number;
}

const OPENS_DETAILS = /<details\b/i;
const CLOSES_DETAILS = /<\/details>/i;
const CLOSING_TAG = /<\/(?:b|p|div|strong|em|i)>$/i;

/** Finds the end mark; `<details>` that are opened and closed inside the answer are passed over. */
export function findAnswerEnd(map: LineMap, block: QuestionBlock, head: AnswerHead): AnswerEnd {
  const { start, lineEnd } = block;
  const { end } = start.dialect;
  const blockEnd = { offset: map.startOf(lineEnd), lineEnd };
  if (end === undefined) return blockEnd;
  const column = start.textEnd - map.startOf(start.textLine);
  const onTextLine = end.exec(map.lineAt(start.textLine))?.index ?? -1;
  if (onTextLine >= column) return endAt(map, start.textLine, onTextLine, column);
  return findMark(map, end, head.line + 1, lineEnd) ?? blockEnd;
}

function findMark(map: LineMap, end: RegExp, from: number, to: number): AnswerEnd | undefined {
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

function endAt(map: LineMap, line: number, index: number, column: number): AnswerEnd {
  const offset = map.startOf(line) + Math.max(column, lengthBefore(map.lineAt(line), index));
  return { offset, lineEnd: line + 1 };
}

/** Length of a line before an end mark, without blanks and closing tags that belong to the mark. */
function lengthBefore(line: string, index: number): number {
  const text = line.slice(0, index).trimEnd();
  const tag = CLOSING_TAG.exec(text.slice(-9))?.[0].length ?? 0;
  return tag === 0 ? text.length : lengthBefore(text, text.length - tag);
}
