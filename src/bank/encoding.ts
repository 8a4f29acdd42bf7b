import type { SourceText } from "./source-text.ts";

/** Bytes that are looked at where no mark at the start says what they are. */
const SAMPLE = 4096;
const MARKS: readonly (readonly [readonly number[], string])[] = [
  [[0xff, 0xfe, 0, 0], "UTF-32"],
  [[0, 0, 0xfe, 0xff], "UTF-32"],
  [[0xff, 0xfe], "UTF-16"],
  [[0xfe, 0xff], "UTF-16"],
];

/** The encoding of bytes that are plainly not UTF-8, by their mark or by where their zeros lie; undefined for all others. */
export function wideEncoding(bytes: Uint8Array): string | undefined {
  const marked = MARKS.find(([mark]) => mark.every((byte, at) => bytes[at] === byte));
  if (marked !== undefined) return marked[1];
  const zeros = [0, 0, 0, 0];
  const sample = bytes.subarray(0, Math.min(SAMPLE, bytes.length - (bytes.length % 4)));
  for (const [at, byte] of sample.entries()) if (byte === 0) zeros[at % 4] = (zeros[at % 4] ?? 0) + 1;
  const most = sample.length / 4;
  const full = zeros.filter((count) => count > most * 0.75).length;
  if (most === 0 || full < 2) return undefined;
  return full === 3 ? "UTF-32" : "UTF-16";
}

/** True where carriage returns stand for line ends: such a file reads as one line, or nearly. */
export function endsInCarriageReturns({ text }: SourceText): boolean {
  const alone = text.match(/\r(?=[^\n])/g)?.length ?? 0;
  const feeds = text.match(/\n/g)?.length ?? 0;
  return alone > feeds;
}
