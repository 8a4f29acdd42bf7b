/** A half-open range of UTF-16 offsets into {@link SourceText.text}. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type EndOfLine = "\n" | "\r\n";

/**
 * A file as read. `bytes` is the truth and is what edits are spliced into; `text` is its decoding for parsing, without
 * the BOM. Bytes that are not UTF-8 show as U+FFFD in `text` and may lie outside edits only.
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
