/** A stretch of a text by UTF-16 offsets, end excluded. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const BLANK = " ";
const NO_BREAK_SPACE = "\u00A0";
const IDEOGRAPHIC_SPACE = "\u3000";

/**
 * The text with blanks instead of these stretches. Each blank takes as many UTF-16 units and as many bytes in UTF-8 as what
 * it stands for, and line ends stay, so that offsets and segments of the masked text are those of the text itself.
 */
export function maskStretches(text: string, stretches: readonly Stretch[]): string {
  const inOrder = stretches.toSorted((left, right) => left.start - right.start);
  let masked = "";
  let done = 0;
  for (const { start, end } of inOrder) {
    if (end <= done) continue;
    const from = Math.max(start, done);
    masked += text.slice(done, from) + text.slice(from, end).replace(/[^\n\r]/gu, blankFor);
    done = end;
  }
  return masked + text.slice(done);
}

function blankFor(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  // Four bytes and two units, as two no-break spaces have.
  if (codePoint > 0xffff) return NO_BREAK_SPACE + NO_BREAK_SPACE;
  if (codePoint > 0x7ff) return IDEOGRAPHIC_SPACE;
  return codePoint > 0x7f ? NO_BREAK_SPACE : BLANK;
}
