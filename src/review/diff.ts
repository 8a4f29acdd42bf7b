import { linesOf } from "./diff-blocks.ts";
import { pairTexts, type TextPair } from "./diff-pairs.ts";
import { diffTokens } from "./diff-words.ts";
import { anchoredEdits, shortestEdits, type Run } from "./sequence-diff.ts";

export interface DiffPart {
  readonly kind: Run["kind"];
  readonly text: string;
}

/**
 * A stretch of the two texts. `unit` says what was compared: words of prose, lines of code, or nothing, because the
 * texts are too different or too long to be read as one with changes. Parts that are the same show the text after.
 */
export interface DiffHunk {
  readonly unit: "words" | "lines" | "block";
  readonly parts: readonly DiffPart[];
  /** True where the texts differ in blanks and line breaks only. */
  readonly isWhitespaceOnly: boolean;
}

export interface TextDiff {
  readonly hunks: readonly DiffHunk[];
  /** True where nothing but blanks and line breaks changed; a viewer says so, since there is nothing to mark. */
  readonly isWhitespaceOnly: boolean;
}

/** Work for all word comparisons of one diff, in squared edits: about 0.2 s on a slow machine. The same everywhere. */
const TOTAL_EFFORT = 1_000_000;
/** Characters of both texts above which they are not compared at all; no answer is as long. */
const LONGEST_COMPARED = 400_000;
/** Below this share of kept letters a word diff is confetti: nobody can read either text in it. */
const LEAST_KEPT = 0.25;

/** What changed between two texts, as data: unchanged blocks first set aside, then words within changed prose. */
export function wordDiff(before: string, after: string): TextDiff {
  const isTooLong = before.length + after.length > LONGEST_COMPARED;
  const hunks = isTooLong ? [wholeHunk({ kind: "prose", before, after })] : comparedHunks(before, after);
  const isSame = hunks.every(({ parts }) => parts.every(({ kind }) => kind === "same"));
  return { hunks, isWhitespaceOnly: isSame && before !== after };
}

function comparedHunks(before: string, after: string): readonly DiffHunk[] {
  const effort = { left: TOTAL_EFFORT };
  return pairTexts(before, after).map((pair) => {
    if (pair.before === pair.after || pair.before === "" || pair.after === "") return wholeHunk(pair);
    return pair.kind === "code" ? lineHunk(pair) : (wordHunk(pair, effort) ?? wholeHunk(pair));
  });
}

function lineHunk(pair: TextPair): DiffHunk {
  const before = linesOf(pair.before);
  const after = linesOf(pair.after);
  return hunk(pair, "lines", partsOf(anchoredEdits(before, after), before, after));
}

/** Undefined where the texts are too different, or the effort is spent. */
function wordHunk(pair: TextPair, effort: { left: number }): DiffHunk | undefined {
  const before = diffTokens(pair.before);
  const after = diffTokens(pair.after);
  const mostEdits = Math.floor(Math.sqrt(effort.left));
  const runs = shortestEdits(before.map(trimmed), after.map(trimmed), mostEdits);
  const edits = runs === undefined ? mostEdits : countEdits(runs);
  effort.left = Math.max(0, effort.left - edits * edits);
  if (runs === undefined) return undefined;
  const parts = partsOf(runs, before, after);
  return isReadable(parts, pair) ? hunk(pair, "words", parts) : undefined;
}

function countEdits(runs: readonly Run[]): number {
  const sizes = runs.map(({ kind, before, after }) =>
    kind === "same" ? 0 : before.end - before.start + after.end - after.start,
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

function isReadable(parts: readonly DiffPart[], pair: TextPair): boolean {
  const kept = parts.reduce((sum, { kind, text }) => sum + (kind === "same" ? text.length : 0), 0);
  return kept >= LEAST_KEPT * Math.max(pair.before.length, pair.after.length);
}

function partsOf(runs: readonly Run[], before: readonly string[], after: readonly string[]): readonly DiffPart[] {
  return runs.map((run) => {
    const tokens =
      run.kind === "removed"
        ? before.slice(run.before.start, run.before.end)
        : after.slice(run.after.start, run.after.end);
    return part(run.kind, tokens.join(""));
  });
}

function wholeHunk(pair: TextPair): DiffHunk {
  if (pair.before === pair.after) return hunk(pair, "block", [part("same", pair.after)]);
  const parts = [part("removed", pair.before), part("added", pair.after)];
  return hunk(
    pair,
    "block",
    parts.filter(({ text }) => text !== ""),
  );
}

function hunk(pair: TextPair, unit: DiffHunk["unit"], parts: readonly DiffPart[]): DiffHunk {
  const isSame = parts.every(({ kind }) => kind === "same");
  return { unit, parts, isWhitespaceOnly: isSame && pair.before !== pair.after };
}

function part(kind: DiffPart["kind"], text: string): DiffPart {
  return { kind, text };
}

function trimmed(token: string): string {
  return token.trim();
}
