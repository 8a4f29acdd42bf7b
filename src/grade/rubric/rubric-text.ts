/**
 * A text of a rubric without what depends on how a file was written: NFC, line feeds as line ends, no blanks around it.
 * Both what is read and what is hashed passes through here.
 */
export function plainText(text: string): string {
  return text.normalize("NFC").replace(/\r\n?/g, "\n").trim();
}
