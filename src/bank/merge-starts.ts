import type { CompiledDialect } from "./compile-dialect.ts";
import { findStarts, isProven } from "./find-starts.ts";
import type { LineMap } from "./line-map.ts";
import type { QuestionStart } from "./question-start.ts";

/** Starts of all dialects in the order of lines; on one line, and inside another question's text, the first wins. */
export function mergeStarts(map: LineMap, dialects: readonly CompiledDialect[]): readonly QuestionStart[] {
  const starts = dialects.flatMap((dialect) => findStarts(map, dialect));
  let textLine = -1;
  const free = starts
    .toSorted((left, right) => left.line - right.line)
    .filter((start) => {
      const isFree = start.line > textLine;
      if (isFree) textLine = start.textLine;
      return isFree;
    });
  return dialects.length > 1 ? withOwnProof(map, free) : free;
}

/** From the end: an answer marker proves the start right above it, not a list item in the answer before that start. */
function withOwnProof(map: LineMap, starts: readonly QuestionStart[]): readonly QuestionStart[] {
  const proven: QuestionStart[] = [];
  let next = map.lines.length;
  for (const start of starts.toReversed()) {
    if (!isProven(map, start.dialect, start.line, next)) continue;
    proven.push(start);
    next = start.line;
  }
  return proven.toReversed();
}
