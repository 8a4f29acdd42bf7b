import { termOf, wordsOf } from "../core/terms.ts";

/** Terms with how much each counts. A term's weight is positive. */
export type WeightedTerms = ReadonlyMap<string, number>;

/** A term that the question holds says little: whoever repeats the question would earn it. */
const ASKED_WEIGHT = 0.15;

/**
 * Weighs the terms of a text: a term that few of the `statements` around it hold counts more (inverse document frequency, Spärck
 * Jones 1972, as log2(1 + N / n), scaled so that a term of one statement in four counts 1), a term of the question next to nothing.
 */
export function weighTerms(text: string, rarity: Rarity): WeightedTerms {
  const weights = new Map<string, number>();
  for (const term of contentTermsOf(text)) weights.set(term, rarity(term));
  return weights;
}

/** How much a term counts. */
export type Rarity = (term: string) => number;

/** From the texts at hand alone: there is no corpus. A term that none of them holds counts as one that a single text holds. */
export function rarityFrom(statements: readonly string[], question: string): Rarity {
  const held = new Map<string, number>();
  for (const statement of statements) {
    for (const term of new Set(contentTermsOf(statement))) held.set(term, (held.get(term) ?? 0) + 1);
  }
  const asked = new Set(contentTermsOf(question));
  const scale = Math.log2(1 + statements.length);
  return (term) => {
    const rare = statements.length < 2 ? 1 : Math.log2(1 + statements.length / (held.get(term) ?? 1)) / scale;
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

export function weightOf(terms: WeightedTerms): number {
  let sum = 0;
  for (const weight of terms.values()) sum += weight;
  return sum;
}
