import { hasUnspacedScript } from "./words.ts";

const TOKENS = /[\p{L}\p{M}\p{N}_]+|\s+|[^\p{L}\p{M}\p{N}_\s]/gu;
/** Above this many characters a text without blanks is compared letter by letter; finding its words takes too long. */
const LONGEST_SEGMENTED = 20_000;

/**
 * Words and marks, each with the blanks after it; the sum of the tokens is the text. The usual tokeniser of `diff`
 * takes letters beyond Latin one by one, hence our own.
 */
export function diffTokens(text: string): readonly string[] {
  const parts = hasUnspacedScript(text) ? segments(text) : (text.match(TOKENS) ?? []);
  const tokens: string[] = [];
  for (const part of parts) {
    const last = tokens.at(-1);
    if (last !== undefined && part.trim() === "") tokens[tokens.length - 1] = last + part;
    else tokens.push(part);
  }
  return tokens;
}

function segments(text: string): readonly string[] {
  if (text.length > LONGEST_SEGMENTED) return Array.from(text);
  const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
