import { hashOf } from "../core/hash.ts";
import type { Slot } from "./question.ts";
import type { SourceText, Span } from "./source-text.ts";

/**
 * A stretch of a file as a slot, so that proposals for it go the way that answers go. What is put there stands exactly where
 * the stretch begins.
 */
export function stretchSlot({ text, eol }: SourceText, span: Span): Slot {
  const stretch = text.slice(span.start, span.end);
  return {
    span,
    text: stretch,
    hash: hashOf(stretch),
    answer: stretch.replaceAll("\r\n", "\n").trim(),
    hasMarker: false,
    indent: "",
    insertMarker: "",
    // Where nothing stands yet, what stood behind the place begins a line of its own.
    tail: span.start === span.end ? eol : "",
    spacing: "none",
  };
}
