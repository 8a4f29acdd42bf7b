import { lettersAndDigits } from "../bank/question-hash.ts";
import { wordsOutsideFences } from "../bank/style-traits.ts";
import type { LintFinding } from "./lint-finding.ts";
import { flag, when } from "./lint-structure.ts";
import type { LintRule, LintView } from "./lint.ts";

// How the answer is worded and how long it is.

const PREAMBLE =
  /^\W{0,4}(?:sure\b|certainly\b|absolutely\b|of course\b|great question|good question|that'?s a (?:great|good)|here(?:'s| is| are)\b|let me\b|let'?s\b|i(?:'d| would) be happy|i(?:'ll| will)\b|as an ai\b|as a language model|in this answer|to answer (?:this|your|the) question|when it comes to\b|in today'?s\b)/i;
const CLOSING =
  /(?:\bi hope (?:this|that) helps|\blet me know if\b|\bfeel free to\b|\bin conclusion,|\bto sum(?:marize| up),|\boverall, )[^\n]{0,300}$/i;
/** Half as short or half as long again as the house range is for a reviewer; within that it is only noted. */
const TOLERANCE = 1.5;

export const wordingRules: readonly LintRule[] = [
  ({ answer }) => {
    const found = PREAMBLE.exec(answer)?.[0];
    return when(
      found !== undefined,
      flag("preamble", "the answer begins with talk; begin with the answer itself", found),
    );
  },
  ({ answer }) => {
    const found = CLOSING.exec(answer.slice(-400))?.[0];
    return when(found !== undefined, flag("preamble", "the answer ends with talk; end with the last point", found));
  },
  ({ answer, question, questionRestored }) => {
    const [first = ""] = answer.split("\n");
    const opening = lettersAndDigits(first);
    const asks = [question, questionRestored].map(lettersAndDigits).filter((text) => text.length > 12);
    const message = "the answer begins by repeating the question; begin with the answer itself";
    return when(
      asks.some((text) => opening.startsWith(text)),
      flag("repeats-question", message, first),
    );
  },
  ({ question, questionRestored }) =>
    when(
      question !== questionRestored && lettersAndDigits(question) !== lettersAndDigits(questionRestored),
      flag("restored-differs", "the question as understood has other letters than the question in the file"),
    ),
  lengthOf,
];

function lengthOf({ answer, style }: LintView): readonly LintFinding[] {
  const words = wordsOutsideFences(answer);
  if (words === 0 || (words >= style.words_low && words <= style.words_high)) return [];
  const isShort = words < style.words_low;
  const isFar = words * TOLERANCE < style.words_low || words > style.words_high * TOLERANCE;
  const wanted = `${style.words_low} to ${style.words_high} words`;
  const message = isShort
    ? `${words} words outside code, the bank has ${wanted}; add what is missing`
    : `${words} words outside code, the bank has ${wanted}; cut`;
  return [{ code: isShort ? "too-short" : "too-long", severity: isFar ? "flag" : "info", message, quote: "" }];
}
