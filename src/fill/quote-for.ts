import { sentencesOf } from "../core/sentences.ts";
import { termsOf } from "../core/terms.ts";

const LONGEST_QUOTE = 300;
const LEAST_SHARED = 3;

/** The sentence of a passage that an answer leans on most, by shared terms; undefined where it shares too little. */
export function quoteFor(answer: string, passage: string): string | undefined {
  const terms = new Set(termsOf(answer));
  let best = { shared: LEAST_SHARED - 1, share: 0, sentence: "" };
  for (const sentence of passage.split("\n").flatMap((line) => sentencesOf(line.replace(/^[ \t]*[-*+][ \t]+/, "")))) {
    if (sentence.length > LONGEST_QUOTE || sentence.startsWith("|")) continue;
    const own = new Set(termsOf(sentence));
    const shared = [...own].filter((term) => terms.has(term)).length;
    const share = shared / Math.max(1, own.size);
    if (shared >= LEAST_SHARED && share > best.share) best = { shared, share, sentence };
  }
  return best.sentence === "" ? undefined : best.sentence;
}
