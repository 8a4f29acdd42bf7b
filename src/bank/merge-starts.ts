import type { CompiledDialect } from "./compile-dialect.ts";
import { findStarts } from "./find-starts.ts";
import type { LineMap } from "./line-map.ts";
import type { QuestionStart } from "./question-start.ts";

/** Starts of all dialects in the order of lines; on one line, and inside another question's text, the first wins. */
export function mergeStarts(map: LineMap, dialects: readonly CompiledDialect[]): readonly QuestionStart[] {
  const starts = dialects.flatMap((dialect) => findStarts(map, dialect));
  let textLine = -1;
  return starts
    .toSorted((left, right) => left.line - right.line)
    .filter((start) => {
      const isFree = start.line > textLine;
      if (isFree) textLine = start.textLine;
      return isFree;
    });
}
