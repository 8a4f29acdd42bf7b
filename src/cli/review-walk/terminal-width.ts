// Two columns in a terminal: East Asian wide and fullwidth characters (Unicode 16, UAX 11) and what is drawn as emoji.
const WIDE =
  /^(?![\u303F\uFF61-\uFFDC])(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\p{Script=Tangut}\p{Script=Nushu}\p{Script=Khitan_Small_Script}\p{Emoji_Presentation}\u2329\u232A\u2630-\u2637\u268A-\u268F\u2FF0-\u31FF\u3200-\u4DFF\uFE10-\uFE19\uFE30-\uFE6B\uFF01-\uFF60\uFFE0-\uFFE6\u{1D300}-\u{1D376}\u{1F200}-\u{1F265}\u{20000}-\u{3FFFD}]|\p{Emoji}\uFE0F)/u;
const PLAIN = /^[\u0020-\u007E]*$/;
const SEGMENTER = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Letters as a reader counts them, marks with the letter below them. */
export function graphemes(text: string): readonly string[] {
  return PLAIN.test(text) ? Array.from(text) : Array.from(SEGMENTER.segment(text), ({ segment }) => segment);
}

/** Columns of a text that has been made visible, without line feeds and tabs; rather one too many than one too few. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  return graphemes(text).reduce((sum, letter) => sum + (isWide(letter) ? 2 : 1), 0);
}

export function isWide(letter: string): boolean {
  return WIDE.test(letter);
}
