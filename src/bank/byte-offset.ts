import type { SourceText } from "./source-text.ts";

/** Pairs of offsets that mean the same place; ascending. A gap without anchors is measured from the anchor before it. */
interface Anchors {
  readonly text: readonly number[];
  readonly bytes: readonly number[];
  /** True where the anchor opens a line whose bytes are not UTF-8: nothing inside it can be measured. */
  readonly isOpaque: readonly boolean[];
}

const LONGEST_GAP = 4096;
const anchorsOf = new WeakMap<SourceText, Anchors>();

/**
 * The offset into `source.bytes` of an offset into `source.text`. Logarithmic after the first call on a file.
 * @throws RangeError if the offset is out of the text, inside a surrogate pair, or inside a line that is not UTF-8
 * (its start and its end are fine).
 */
export function byteOffset(source: SourceText, offset: number): number {
  if (!Number.isInteger(offset) || offset < 0 || offset > source.text.length)
    throw new RangeError("offset out of text");
  const bomLength = source.hasBom ? 3 : 0;
  if (source.bytes.length - bomLength === source.text.length) return offset + bomLength;
  const anchors = anchorsOf.get(source) ?? remember(source);
  const nearest = lastAtOrBefore(anchors.text, offset);
  const anchorText = anchors.text[nearest] ?? 0;
  const anchorByte = anchors.bytes[nearest] ?? 0;
  if (anchorText === offset) return anchorByte;
  if (anchors.isOpaque[nearest] === true) return endOfOpaqueLine(source, anchors, nearest, offset);
  return anchorByte + utf8Length(source.text, anchorText, offset);
}

function endOfOpaqueLine(source: SourceText, anchors: Anchors, nearest: number, offset: number): number {
  const lineEnd = anchors.text[nearest + 1] ?? source.text.length;
  const rest = source.text.slice(offset, lineEnd);
  if (rest !== "\n" && rest !== "\r\n" && rest !== "") throw new RangeError("offset in a line that is not UTF-8");
  return (anchors.bytes[nearest + 1] ?? source.bytes.length) - rest.length;
}

function remember(source: SourceText): Anchors {
  const anchors = buildAnchors(source);
  anchorsOf.set(source, anchors);
  return anchors;
}

function buildAnchors(source: SourceText): Anchors {
  const anchors = { text: Array<number>(), bytes: Array<number>(), isOpaque: Array<boolean>() };
  let start = 0;
  let byte = source.hasBom ? 3 : 0;
  for (let line = 0; start <= source.text.length; line++) {
    const feed = source.text.indexOf("\n", start);
    const end = feed === -1 ? source.text.length : feed + 1;
    const isOpaque = source.invalidLines.has(line);
    anchors.text.push(start);
    anchors.bytes.push(byte);
    anchors.isOpaque.push(isOpaque);
    byte = isOpaque ? endOfByteLine(source.bytes, byte) : byte + anchorLongLine(source.text, start, end, byte, anchors);
    start = feed === -1 ? Number.POSITIVE_INFINITY : end;
  }
  return anchors;
}

function anchorLongLine(
  text: string,
  start: number,
  end: number,
  byte: number,
  anchors: { text: number[]; bytes: number[]; isOpaque: boolean[] },
): number {
  let length = 0;
  let from = start;
  while (end - from > LONGEST_GAP) {
    const to = from + LONGEST_GAP - (splitsPair(text, from + LONGEST_GAP) ? 1 : 0);
    length += utf8Length(text, from, to);
    anchors.text.push(to);
    anchors.bytes.push(byte + length);
    anchors.isOpaque.push(false);
    from = to;
  }
  return length + utf8Length(text, from, end);
}

function endOfByteLine(bytes: Uint8Array, start: number): number {
  const feed = bytes.indexOf(0x0a, start);
  return feed === -1 ? bytes.length : feed + 1;
}

function utf8Length(text: string, start: number, end: number): number {
  if (splitsPair(text, end)) throw new RangeError("offset inside a surrogate pair");
  let length = 0;
  for (let index = start; index < end; index++) {
    const unit = text.charCodeAt(index);
    // Each half of a surrogate pair counts two of its four bytes.
    if (unit < 0x80) length += 1;
    else length += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
  }
  return length;
}

function splitsPair(text: string, offset: number): boolean {
  const before = text.charCodeAt(offset - 1);
  const after = text.charCodeAt(offset);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}

/** Index of the last value not above `limit` in an ascending list that starts at or below it. */
export function lastAtOrBefore(values: ArrayLike<number>, limit: number): number {
  let low = 0;
  let high = values.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) <= limit) low = middle;
    else high = middle;
  }
  return low;
}
