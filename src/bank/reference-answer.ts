const REFERENCE =
  /^See (?:\[[^\n]{1,2000}\]\([^()\s]{1,2000}\)|"[^\n]{1,2000}" in this file)(?:, number [^\s]{1,20})?\.$/;

/** True for an answer that is nothing but a link to the answer of the same question elsewhere. */
export function isReference(answer: string): boolean {
  return answer.startsWith("See ") && REFERENCE.test(answer);
}
