import type { JSX } from "preact";
import { visible } from "../../core/sanitise.ts";
import { type HighlightedPiece, highlightedPieces } from "../../grade/evidence/highlight.ts";
import type { GradeItem } from "../api.ts";

const COLOURS = 8;

/** Criteria go by letters, as in the report: A, B, … Z, A2, … */
export function criterionLetter(place: number): string {
  const round = Math.floor(place / 26);
  return String.fromCharCode(65 + (place % 26)) + (round === 0 ? "" : String(round + 1));
}

export function criterionColour(place: number): string {
  return `k${place % COLOURS}`;
}

/** What the candidate wrote, with what each criterion's credit rests on; nothing is marked while the reviewer is blind. */
export function AnswerText({ item }: { readonly item: GradeItem }): JSX.Element {
  if (item.answer.trim() === "") return <p class="answer empty-answer">Nothing was handed in.</p>;
  const results = item.judge?.criteria ?? [];
  const spans = results.flatMap(({ criterion, evidence }) => {
    const place = item.criteria.findIndex(({ id }) => id === criterion);
    return evidence.flatMap((each) =>
      each.status === "located" && place !== -1
        ? [{ start: each.span.start, end: each.span.end, criterion: place }]
        : [],
    );
  });
  return (
    <div class="answer" role="region" aria-label="What was handed in" tabIndex={0}>
      {highlightedPieces(item.answer, spans).map((piece, at) => (
        <Piece key={at} piece={piece} />
      ))}
    </div>
  );
}

function Piece({ piece: { text, criteria, begins } }: { readonly piece: HighlightedPiece }): JSX.Element {
  const [first] = criteria;
  if (first === undefined) return <>{visible(text)}</>;
  return (
    <mark class={`${criterionColour(first)} ${criteria.length > 1 ? "several" : ""}`}>
      {begins.length === 0 ? null : (
        <sup>
          <span class="heard">evidence for </span>
          {begins.map(criterionLetter).join(" ")}
        </sup>
      )}
      {visible(text)}
    </mark>
  );
}
