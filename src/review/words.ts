const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const LETTERS_AND_DIGITS = /[\p{L}\p{M}\p{N}]+/gu;

/** True where the text has letters of a script that puts no blanks between words. */
export function hasUnspacedScript(text: string): boolean {
  return UNSPACED.test(text);
}

/** The distinct words of a text, case-folded, for comparing texts; letters, where a script has no blanks between words. */
export function distinctWords(text: string): ReadonlySet<string> {
  const words = text.normalize("NFC").toLowerCase().match(LETTERS_AND_DIGITS) ?? [];
  return new Set(words.flatMap((word) => (hasUnspacedScript(word) ? Array.from(word) : [word])));
}
