import { type Hash, hashOf } from "../core/hash.ts";

/** Letters and digits of a text, NFC, without case: what stays when a question is respaced or repunctuated. */
export function lettersAndDigits(text: string): string {
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
