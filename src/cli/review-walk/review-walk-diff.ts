import { wordDiff, type DiffPart, type TextDiff } from "../../review/diff.ts";
import { diffSegments } from "../../review/format-diff.ts";
import type { ReviewItem } from "../../review/states.ts";
import { draftSpans, presentAnswer, segmentSpan } from "../review/review-card.ts";
import type { DiffView } from "./review-walk-state.ts";
import { padLine, span, wrapText, type Line, type Span } from "./terminal-text.ts";

/** Columns that one side needs to be readable. */
const LEAST_SIDE = 24;
const BETWEEN = " │ ";

/** The draft against what is there, in lines. Where nothing is there, and where sides would be too narrow, other than asked. */
export function draftLines(item: ReviewItem, diff: DiffView, columns: number): readonly Line[] {
  const now = presentAnswer(item);
  const side = Math.floor((columns - BETWEEN.length) / 2);
  if (diff === "raw") return wrapText([span(item.proposal.body)], columns);
  if (diff === "side-by-side" && now !== undefined && side >= LEAST_SIDE && Number.isFinite(side)) {
    return sideBySide(wordDiff(now, item.proposal.body), side);
  }
  return wrapText(remembered(item), columns);
}

/** What was compared once is not compared again while somebody scrolls. */
const KNOWN = new WeakMap<ReviewItem, readonly Span[]>();

function remembered(item: ReviewItem): readonly Span[] {
  const spans = KNOWN.get(item) ?? draftSpans(item);
  KNOWN.set(item, spans);
  return spans;
}

/** Two columns, what belongs together beside each other. */
function sideBySide(diff: TextDiff, side: number): readonly Line[] {
  const head = row([span("now in the bank", "bold")], [span("draft", "bold")], side);
  const rows = diff.hunks.flatMap((hunk) => {
    const segments = diffSegments({ hunks: [hunk], isWhitespaceOnly: false });
    const [left, right] = [sideLines(segments, "removed", side), sideLines(segments, "added", side)];
    const height = Math.max(left.length, right.length);
    return Array.from({ length: height }, (_, at) => row(left[at] ?? [], right[at] ?? [], side));
  });
  return [head, ...rows];
}

function sideLines(segments: readonly DiffPart[], own: "removed" | "added", side: number): readonly Line[] {
  const shown = segments.filter(({ kind }) => kind === "same" || kind === own);
  const lines = wrapText(shown.map(segmentSpan), side);
  // The text of a hunk ends its last line; what comes after that is the next hunk's.
  return lines.at(-1)?.length === 0 ? lines.slice(0, -1) : lines;
}

function row(left: Line, right: Line, side: number): Line {
  return [...padLine(left, side), span(BETWEEN, "dim"), ...right];
}
