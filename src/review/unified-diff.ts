import { FILE_HEADERS_ONLY, formatPatch, type StructuredPatchHunk } from "diff";
import { linesOf } from "./diff-blocks.ts";
import { anchoredEdits, type Run } from "./sequence-diff.ts";

const CONTEXT = 3;
const NO_FILE = "/dev/null";

/**
 * A unified diff of one file that `git apply` and `patch` take, or "" where nothing changed. Works on bytes so that a
 * BOM, CR LF and a missing last line end are part of it. Bytes that are not UTF-8 show as U+FFFD.
 *
 * @param before empty for a file that is made, as `after` is for one that is removed.
 */
export function unifiedDiff(path: string, before: Uint8Array, after: Uint8Array): string {
  const beforeLines = decodedLines(before);
  const afterLines = decodedLines(after);
  const groups = groupNear(anchoredEdits(beforeLines, afterLines).filter(({ kind }) => kind !== "same"));
  if (groups.length === 0) return "";
  const hunks = groups.map((changes) => hunkOf(changes, beforeLines, afterLines));
  const names = {
    oldFileName: before.length === 0 ? NO_FILE : `a/${path}`,
    newFileName: after.length === 0 ? NO_FILE : `b/${path}`,
    oldHeader: undefined,
    newHeader: undefined,
  };
  return formatPatch({ ...names, hunks }, FILE_HEADERS_ONLY);
}

function decodedLines(bytes: Uint8Array): readonly string[] {
  return linesOf(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
}

/** Changes whose context lines would touch belong to one hunk. */
function groupNear(changes: readonly Run[]): readonly (readonly Run[])[] {
  const groups: Run[][] = [];
  let previousEnd = -Infinity;
  for (const change of changes) {
    if (change.before.start - previousEnd <= 2 * CONTEXT) groups.at(-1)?.push(change);
    else groups.push([change]);
    previousEnd = change.before.end;
  }
  return groups;
}

function hunkOf(changes: readonly Run[], before: readonly string[], after: readonly string[]): StructuredPatchHunk {
  const first = changes[0]?.before.start ?? 0;
  const start = Math.max(0, first - CONTEXT);
  const newStart = (changes[0]?.after.start ?? 0) - (first - start);
  const end = Math.min(before.length, (changes.at(-1)?.before.end ?? 0) + CONTEXT);
  const lines: string[] = [];
  let at = start;
  for (const change of changes) {
    lines.push(...marked(" ", before.slice(at, change.before.start)));
    lines.push(...marked("-", before.slice(change.before.start, change.before.end)));
    lines.push(...marked("+", after.slice(change.after.start, change.after.end)));
    at = change.before.end;
  }
  lines.push(...marked(" ", before.slice(at, end)));
  return {
    oldStart: start + 1,
    oldLines: end - start,
    newStart: newStart + 1,
    newLines: end - start + growth(changes),
    lines,
  };
}

function growth(changes: readonly Run[]): number {
  return changes.reduce((sum, { before, after }) => sum + after.end - after.start - (before.end - before.start), 0);
}

function marked(mark: " " | "-" | "+", lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) =>
    line.endsWith("\n") ? [mark + line.slice(0, -1)] : [mark + line, "\\ No newline at end of file"],
  );
}
