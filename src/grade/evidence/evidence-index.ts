import { firstAtOrAfter, indexWords, type WordIndex, type WordRange } from "./evidence-words.ts";
import { type Segment, segmentsOf } from "./segments.ts";

/** An answer made ready for looking up many quotes. */
export interface AnswerIndex {
  readonly text: string;
  readonly words: WordIndex;
  readonly segments: ReadonlyMap<string, Segment>;
  /** For each UTF-16 offset, the offset into the answer's UTF-8 bytes. */
  readonly byteOffsets: Uint32Array;
}

/** Linear in the answer. `segments` are those the judge was shown. */
export function indexAnswer(answer: string, segments: readonly Segment[] = segmentsOf(answer)): AnswerIndex {
  return {
    text: answer,
    words: indexWords(answer),
    segments: new Map(segments.map((segment) => [segment.id, segment])),
    byteOffsets: byteOffsetsOf(answer),
  };
}

/** The words that stand, if only in part, between two offsets. */
export function wordsBetween({ starts, ends }: WordIndex, start: number, end: number): WordRange {
  const first = firstAtOrAfter(ends, start + 1);
  return { first, end: Math.max(first, firstAtOrAfter(starts, end)) };
}

// As an encoder writes it: a surrogate without its partner becomes U+FFFD, which has three bytes.
function byteOffsetsOf(text: string): Uint32Array {
  const offsets = new Uint32Array(text.length + 1);
  let bytes = 0;
  for (let at = 0; at < text.length;) {
    const codePoint = text.codePointAt(at) ?? 0;
    offsets[at] = bytes;
    if (codePoint > 0xffff) {
      // No offset stands inside a pair; should one, it means the pair's end.
      offsets[at + 1] = bytes + 4;
      bytes += 4;
      at += 2;
    } else {
      bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : 3;
      at += 1;
    }
  }
  offsets[text.length] = bytes;
  return offsets;
}
