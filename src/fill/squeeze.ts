/** The letters and digits of a text, folded: equal for texts that differ in blanks, punctuation, marks or case only. */
export function squeeze(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}
