import type { DiffHunk, DiffPart, TextDiff } from "./diff.ts";

/** How removed and added text is set off. The default reads without colour; a terminal adds colour around it. */
export interface DiffMarks {
  removed(text: string): string;
  added(text: string): string;
}

export const PLAIN_MARKS: DiffMarks = {
  removed: (text) => `[-${text}-]`,
  added: (text) => `{+${text}+}`,
};

/**
 * A diff as text. Words are marked where they stand, lines of code by a line each. Blanks around a change stay outside
 * its marks, so that a mark never opens at the end of one line and closes on the next for nothing but a line break.
 */
export function formatDiff(diff: TextDiff, marks: DiffMarks = PLAIN_MARKS): string {
  return diff.hunks.map((hunk) => formatHunk(hunk, marks)).join("");
}

function formatHunk(hunk: DiffHunk, marks: DiffMarks): string {
  return hunk.parts
    .map((part) => (hunk.unit === "lines" ? formatLines(part, marks) : formatWords(part, marks)))
    .join("");
}

function formatWords({ kind, text }: DiffPart, marks: DiffMarks): string {
  if (kind === "same") return text;
  const core = text.trim();
  if (core === "") return kind === "added" ? text : "";
  const start = text.indexOf(core);
  return text.slice(0, start) + marks[kind](core) + text.slice(start + core.length);
}

function formatLines({ kind, text }: DiffPart, marks: DiffMarks): string {
  if (kind === "same") return text;
  return text.replace(/[^\r\n]+/g, (line) => marks[kind](line));
}
