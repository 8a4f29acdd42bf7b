import { termOf, wordsOf } from "../../core/terms.ts";

/** How much a term counts: 1 for a rare one, less for a common one. */
export type Rarity = (term: string) => number;

/** A term that the question holds says little: whoever repeats the question would earn it. */
const ASKED_WEIGHT = 0.15;

/**
 * Inverse document frequency (Spärck Jones 1972) over the statements at hand, there being no corpus: log(1 + N / n) / log(1 + N) for
 * a term that n of N statements hold, and 1 for a term that none holds. A term of the question counts next to nothing.
 */
export function rarityFrom(statements: readonly string[], question: string): Rarity {
  const held = new Map<string, number>();
  for (const statement of statements) {
    for (const term of new Set(contentTermsOf(statement))) held.set(term, (held.get(term) ?? 0) + 1);
  }
  const asked = new Set(contentTermsOf(question));
  const count = Math.max(1, statements.length);
  return (term) => {
    const rare = Math.log(1 + count / (held.get(term) ?? 1)) / Math.log(1 + count);
    return asked.has(term) ? rare * ASKED_WEIGHT : rare;
  };
}

/** The terms of a text in reading order, single letters left out: they are variables or noise. */
export function contentTermsOf(text: string): readonly string[] {
  return wordsOf(text).flatMap((word) => contentTermOf(word) ?? []);
}

/** The term of one lower-case word; undefined where it carries none. */
export function contentTermOf(word: string): string | undefined {
  const term = termOf(word);
  return term === undefined || (term.length === 1 && !/\p{N}/u.test(term)) ? undefined : term;
}
