/** A half-open range of UTF-16 offsets into {@link SourceText.text}. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type EndOfLine = "\n" | "\r\n";

/**
 * A file as read. `bytes` is the truth and is what edits are spliced into; `text` is its decoding for parsing, without
 * the BOM. Bytes that are not UTF-8 show as U+FFFD in `text` and may lie outside edits only. Lines of `text` and of
 * `bytes` correspond one to one.
 */
export interface SourceText {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly hasBom: boolean;
  /** The file's majority line end; LF where it has none. */
  readonly eol: EndOfLine;
  /** 0-based numbers of the lines that hold invalid UTF-8. */
  readonly invalidLines: ReadonlySet<number>;
}

const LINE_FEED = 0x0a;
const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const LENIENT = new TextDecoder("utf-8", { ignoreBOM: true });

export function readSource(bytes: Uint8Array): SourceText {
  const hasBom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = hasBom ? bytes.subarray(3) : bytes;
  const text = decodeStrictly(body);
  const decoded = text === undefined ? decodeLines(body) : { text, invalidLines: new Set<number>() };
  return { bytes, hasBom, eol: majorityEndOfLine(decoded.text), ...decoded };
}

function decodeStrictly(bytes: Uint8Array): string | undefined {
  try {
    return STRICT.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Line by line, so that one bad byte cannot shift the lines after it. */
function decodeLines(body: Uint8Array): { text: string; invalidLines: ReadonlySet<number> } {
  const lines: string[] = [];
  const invalidLines = new Set<number>();
  for (const { start, end } of byteLines(body)) {
    const line = body.subarray(start, end);
    const text = decodeStrictly(line);
    if (text === undefined) invalidLines.add(lines.length);
    lines.push(text ?? LENIENT.decode(line));
  }
  return { text: lines.join(""), invalidLines };
}

/** Lines with their line feed; the last one has none. */
function* byteLines(body: Uint8Array): Generator<Span> {
  let start = 0;
  for (let feed = body.indexOf(LINE_FEED); feed !== -1; feed = body.indexOf(LINE_FEED, start)) {
    yield { start, end: feed + 1 };
    start = feed + 1;
  }
  yield { start, end: body.length };
}

function majorityEndOfLine(text: string): EndOfLine {
  let balance = 0;
  for (let feed = text.indexOf("\n"); feed !== -1; feed = text.indexOf("\n", feed + 1)) {
    balance += text[feed - 1] === "\r" ? 1 : -1;
  }
  return balance > 0 ? "\r\n" : "\n";
}
