import type { CompiledDialect } from "./compile-dialect.ts";
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
  return map.comments.find((line) => line < 10 && SAYS_SO.test(map.lineAt(line)));
}

function regionAround(map: LineMap, questions: readonly Question[]): number | undefined {
  let next = 0;
  let opened: number | undefined;
  for (const line of map.comments) {
    while ((questions[next]?.line ?? Infinity) <= line) next++;
    const isClosing = CLOSING.test(map.lineAt(line));
    const isAround = opened !== undefined && (questions[next - 1]?.line ?? 0) > opened;
    if (isClosing && isAround) return opened;
    if (isClosing) opened = undefined;
    else if (OPENING.test(map.lineAt(line))) opened = line;
  }
  return undefined;
}
