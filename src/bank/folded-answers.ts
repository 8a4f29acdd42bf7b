import { boxAt } from "./answer-box.ts";
import { lastAtOrBefore } from "./byte-offset.ts";
import type { CompiledDialect } from "./compile-dialect.ts";
import type { LineMap } from "./line-map.ts";

const OPENS_DETAILS = /<details\b/i;
const CLOSES_DETAILS = /<\/details>/i;
const SUMMARY = /<summary\b/i;

/** Tells the lines that lie in a container titled as an answer, which is closed and holds no other answer marker. */
export function foldedAnswers(map: LineMap, dialect: CompiledDialect): (line: number) => boolean {
  const markers = dialect.answerStart === undefined ? [] : map.matching(dialect.answerStart);
  const folded = markers.flatMap((marker, index) => {
    const next = markers[index + 1] ?? map.lines.length;
    const end = SUMMARY.test(map.lineAt(marker)) ? endOfDetails(map, marker, next) : boxAt(map, marker, next)?.lineEnd;
    return end === undefined ? [] : [{ marker, end }];
  });
  const opened = folded.map(({ marker }) => marker);
  return (line) => {
    const last = folded[lastAtOrBefore(opened, line)];
    return last !== undefined && last.marker < line && line < last.end;
  };
}

function endOfDetails(map: LineMap, summary: number, to: number): number | undefined {
  let depth = CLOSES_DETAILS.test(map.lineAt(summary)) ? 0 : 1;
  for (let line = summary + 1; line < to && depth > 0; line++) {
    if (!map.isSearchable(line)) continue;
    if (OPENS_DETAILS.test(map.lineAt(line))) depth++;
    if (CLOSES_DETAILS.test(map.lineAt(line))) depth--;
    if (depth === 0) return line;
  }
  return undefined;
}
