/** A stretch of an answer that shows something of one criterion. UTF-16 offsets, end excluded. */
export interface Highlight {
  readonly start: number;
  readonly end: number;
  /** Place of the criterion in its rubric. */
  readonly criterion: number;
}

/** A piece of the answer and the criteria it is evidence for. The pieces in order are the whole answer. */
export interface HighlightedPiece {
  readonly text: string;
  /** Ascending; empty where the piece shows nothing. */
  readonly criteria: readonly number[];
  /** Those of them whose evidence begins here. */
  readonly begins: readonly number[];
}

/** Cuts an answer wherever evidence begins or ends. Spans may overlap; what lies outside the answer is left out. */
export function highlightedPieces(answer: string, highlights: readonly Highlight[]): readonly HighlightedPiece[] {
  const spans = highlights
    .map((each) => ({ ...each, start: boundary(answer, each.start), end: boundary(answer, each.end) }))
    .filter(({ start, end }) => start < end);
  const cuts = [...new Set([0, answer.length, ...spans.flatMap(({ start, end }) => [start, end])])].toSorted(
    (left, right) => left - right,
  );
  return cuts.slice(0, -1).map((from, at) => {
    const covering = spans.filter(({ start, end }) => start <= from && from < end);
    return {
      text: answer.slice(from, cuts[at + 1]),
      criteria: distinct(covering),
      begins: distinct(covering.filter(({ start }) => start === from)),
    };
  });
}

function distinct(spans: readonly Highlight[]): readonly number[] {
  return [...new Set(spans.map(({ criterion }) => criterion))].toSorted((left, right) => left - right);
}

/** An offset within the text that does not cut a surrogate pair. */
function boundary(text: string, offset: number): number {
  const inside = Math.min(Math.max(0, Math.trunc(offset)), text.length);
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(inside - 1, inside + 1)) ? inside - 1 : inside;
}
