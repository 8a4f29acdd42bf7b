/** White space, controls such as U+0085, and marks without width: what a reader sees nothing of. */
const SHOWN = /[^\p{White_Space}\p{Cc}\p{Default_Ignorable_Code_Point}]/u;

/** True for a text of which nothing would be seen, which is more than `trim` takes away. */
export function isBlankText(text: string): boolean {
  return !SHOWN.test(text);
}
