import type { CompiledDialect } from "./compile-dialect.ts";
import { LINE } from "./line-kind.ts";
import type { LineMap } from "./line-map.ts";
import type { Question } from "./question.ts";

const SAYS_SO = /\b(?:auto-?generated|generated (?:by|from|file|automatically)|do not edit)\b/i;
const OPENING = /<!--.{0,60}\b(?:START|BEGIN)\b.{0,60}-->/;
const CLOSING = /<!--.{0,60}\b(?:END|STOP|FINISH)\b.{0,60}-->/;

export interface GeneratedMark {
  readonly line: number;
  readonly marker: string;
}

/**
 * What says that a program writes this file: a pattern of the dialect, a comment near the top, or questions between
 * the marks of a generator.
 */
export function findGeneratedMark(
  map: LineMap,
  dialects: readonly CompiledDialect[],
  questions: readonly Question[],
): GeneratedMark | undefined {
  const line =
    dialects.flatMap((dialect) => (dialect.generated === undefined ? [] : map.matching(dialect.generated)))[0] ??
    commentAtTop(map) ??
    regionAround(map, questions);
  return line === undefined ? undefined : { line, marker: map.lineAt(line).trim().slice(0, 80) };
}

function commentAtTop(map: LineMap): number | undefined {
  for (let line = 0; line < Math.min(10, map.lines.length); line++) {
    if (map.kinds[line] === LINE.comment && SAYS_SO.test(map.lineAt(line))) return line;
  }
  return undefined;
}

function regionAround(map: LineMap, questions: readonly Question[]): number | undefined {
  let opened: number | undefined;
  const starts = new Set(questions.map((question) => question.line - 1));
  for (let line = 0; line < map.lines.length; line++) {
    if (opened !== undefined && starts.has(line)) return opened;
    if (map.kinds[line] !== LINE.comment) continue;
    if (CLOSING.test(map.lineAt(line))) opened = undefined;
    else if (OPENING.test(map.lineAt(line)) && closesLater(map, line)) opened = line;
  }
  return undefined;
}

function closesLater(map: LineMap, from: number): boolean {
  for (let line = from + 1; line < map.lines.length; line++) {
    if (map.kinds[line] === LINE.comment && CLOSING.test(map.lineAt(line))) return true;
  }
  return false;
}
