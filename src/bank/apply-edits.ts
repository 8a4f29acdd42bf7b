import { byteOffset } from "./byte-offset.ts";
import { readSource, type SourceText } from "./source-text.ts";

/** Replaces the text between two offsets of {@link SourceText.text}. Equal offsets insert. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const ENCODER = new TextEncoder();

/**
 * Splices edits into the bytes of a file; every byte outside them stays as it is. No edits give equal bytes. Edits may
 * come in any order; two insertions at one place are an overlap, because their order would be a guess.
 * @throws RangeError if edits overlap or touch a line that is not UTF-8.
 */
export function applyEdits(source: SourceText, edits: readonly Edit[]): Uint8Array {
  const pieces: Uint8Array[] = [];
  let copied = 0;
  for (const edit of inOrder(edits)) {
    const start = byteOffset(source, edit.start);
    pieces.push(source.bytes.subarray(copied, start), ENCODER.encode(edit.text));
    copied = byteOffset(source, edit.end);
    if (edit.start !== edit.end) refuseInvalidBytes(source, start, copied);
  }
  pieces.push(source.bytes.subarray(copied));
  return concatenate(pieces);
}

/** The edits that turn the result of {@link applyEdits} back into `source`. */
export function invertEdits(source: SourceText, edits: readonly Edit[]): readonly Edit[] {
  let shift = 0;
  return inOrder(edits).map((edit) => {
    const start = edit.start + shift;
    shift += edit.text.length - (edit.end - edit.start);
    return { start, end: start + edit.text.length, text: source.text.slice(edit.start, edit.end) };
  });
}

function inOrder(edits: readonly Edit[]): readonly Edit[] {
  const sorted = edits.toSorted((left, right) => left.start - right.start || left.end - right.end);
  let end = -1;
  for (const edit of sorted) {
    if (edit.end < edit.start) throw new RangeError("edit ends before it starts");
    if (edit.start < end || (edit.start === end && edit.end === end)) throw new RangeError("edits overlap");
    end = edit.end;
  }
  return sorted;
}

/** Whole lines that are not UTF-8 have offsets at both ends, so they need a check of their own. */
function refuseInvalidBytes(source: SourceText, start: number, end: number): void {
  if (source.invalidLines.size === 0) return;
  if (readSource(source.bytes.subarray(start, end)).invalidLines.size > 0) {
    throw new RangeError("edit covers bytes that are not UTF-8");
  }
}

function concatenate(pieces: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(pieces.reduce((total, piece) => total + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    result.set(piece, offset);
    offset += piece.length;
  }
  return result;
}
