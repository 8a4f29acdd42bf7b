import type { Span } from "../../bank/source-text.ts";

/** Another reading of a text, for search, and the way back: where what is found in it stands in the text itself. */
export interface TextView {
  readonly text: string;
  readonly spanOf: (span: Span) => Span;
}

/** A stretch of a text, and where its replacement begins and ends in the view. */
interface Edit extends Span {
  readonly from: number;
  readonly to: number;
}

/** The text with each match of a pattern written as another string. */
export function viewReplacing(text: string, pattern: RegExp, by: (found: string) => string): TextView {
  const pieces: string[] = [];
  const edits: Edit[] = [];
  let copied = 0;
  let length = 0;
  for (const { 0: found, index } of text.matchAll(pattern)) {
    const replacement = by(found);
    if (replacement === found) continue;
    const from = length + index - copied;
    pieces.push(text.slice(copied, index), replacement);
    copied = index + found.length;
    length = from + replacement.length;
    edits.push({ start: index, end: copied, from, to: length });
  }
  if (edits.length === 0) return { text, spanOf: (span) => span };
  pieces.push(text.slice(copied));
  const spanOf = ({ start, end }: Span): Span => ({
    start: offsetOf(edits, start, ({ start: whole }) => whole),
    end: offsetOf(edits, end - 1, ({ end: whole }) => whole - 1) + 1,
  });
  return { text: pieces.join(""), spanOf };
}

/** The offset in the text of one in the view; `within` says which it is inside a replacement. */
function offsetOf(edits: readonly Edit[], offset: number, within: (edit: Edit) => number): number {
  let [low, high] = [0, edits.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edits[middle]?.from ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const last = edits[low - 1];
  if (last === undefined) return offset;
  return offset < last.to ? within(last) : offset - last.to + last.end;
}

/** A view of a view. */
export function viewWithin(outer: TextView, view: (text: string) => TextView): TextView {
  const inner = view(outer.text);
  return { text: inner.text, spanOf: (span) => outer.spanOf(inner.spanOf(span)) };
}

const ONLY_PLAIN = /^[\t\n\x20-\x7e]*$/;
// All that a prompt leaves out, and whatever else is not shown: \p{DI} is what Unicode says to draw as nothing.
const NOT_SEEN = /[\p{DI}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u2800]|(?![\t\n])\p{Cc}/gu;
const MARKED = /[^\x00-\x7f]\p{M}*|[\x00-\x7f]\p{M}+/gu;
const UNSETTLED = /[\p{M}\u2010]/u;
const MOST_UNITS = 12;
// Small raised and lowered figures are no digits of a number: 10² is not 102.
const NOT_ITS_PLAIN_FORM = /^[\p{No}\u207a-\u208e]/u;
/** Marks set over, under or through a letter that make no letter of their own with it. */
const OVERLAID = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g;

/** A text as it is seen: nothing hidden, letters of other widths and styles plain, each accent one with its letter. */
export function seenText(text: string): TextView {
  if (ONLY_PLAIN.test(text)) return { text, spanOf: (span) => span };
  const shown = viewReplacing(text, NOT_SEEN, () => "");
  if (shown.text.normalize("NFKC") === shown.text && !UNSETTLED.test(shown.text)) return shown;
  return viewWithin(shown, (rest) => viewReplacing(rest, MARKED, plainForm));
}

function plainForm(cluster: string): string {
  const form = NOT_ITS_PLAIN_FORM.test(cluster) ? "NFC" : "NFKC";
  return cluster
    .slice(0, MOST_UNITS)
    .normalize(form)
    .replace(OVERLAID, "")
    .replace(/[\u2010\u2011]/g, "-");
}
