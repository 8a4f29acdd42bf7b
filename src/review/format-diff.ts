import type { DiffPart, TextDiff } from "./diff.ts";

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
  return diffSegments(diff)
    .map(({ kind, text }) => (kind === "same" ? text : marks[kind](text)))
    .join("");
}

/** What {@link formatDiff} marks, piece by piece: removed and added text without the blanks around it, and all the rest. */
export function diffSegments(diff: TextDiff): readonly DiffPart[] {
  return diff.hunks.flatMap(({ unit, parts }) => parts.flatMap(unit === "lines" ? lineSegments : wordSegments));
}

function wordSegments(part: DiffPart): readonly DiffPart[] {
  const { kind, text } = part;
  if (kind === "same") return [part];
  const core = text.trim();
  if (core === "") return kind === "added" ? [same(text)] : [];
  const start = text.indexOf(core);
  return [same(text.slice(0, start)), { kind, text: core }, same(text.slice(start + core.length))].filter(isThere);
}

function lineSegments(part: DiffPart): readonly DiffPart[] {
  const { kind, text } = part;
  if (kind === "same") return [part];
  return text
    .split(/([^\r\n]+)/)
    .flatMap((piece, at) => (at % 2 === 1 ? [{ kind, text: piece }] : [same(piece)]))
    .filter(isThere);
}

function same(text: string): DiffPart {
  return { kind: "same", text };
}

function isThere({ text }: DiffPart): boolean {
  return text !== "";
}
