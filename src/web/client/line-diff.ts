import { linesOf } from "../../review/diff-blocks.ts";
import type { TextDiff } from "../../review/diff.ts";
import { anchoredEdits } from "../../review/sequence-diff.ts";

/** What changed between two files of code, by lines; prose is compared by words instead. */
export function lineDiff(before: string, after: string): TextDiff {
  const from = linesOf(before);
  const to = linesOf(after);
  const parts = anchoredEdits(from, to).map((run) => ({
    kind: run.kind,
    text: (run.kind === "removed"
      ? from.slice(run.before.start, run.before.end)
      : to.slice(run.after.start, run.after.end)
    ).join(""),
  }));
  return { hunks: [{ unit: "lines", parts, isWhitespaceOnly: false }], isWhitespaceOnly: false };
}
