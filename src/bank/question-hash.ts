import { type Hash, hashOf } from "../core/hash.ts";

const ASCII = /^[\u0000-\u007F]*$/;

/** Letters and digits of a text, NFC, without case: what stays when a question is respaced or repunctuated. */
export function lettersAndDigits(text: string): string {
  // Most text, and a tenth of the time.
  if (ASCII.test(text)) return text.toLowerCase().replace(/[^a-z0-9]+/g, "");
  return text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

/** Hash of {@link lettersAndDigits}; of the bare text where it has neither. */
export function textHash(text: string): Hash {
  const folded = lettersAndDigits(text);
  return hashOf(folded === "" ? text.trim() : folded);
}
