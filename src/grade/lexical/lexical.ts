import { compareWith, type LexicalFeatures, type LexicalTarget } from "./lexical-features.ts";

/**
 * What share of full marks an answer seems to earn by its words alone, 0 to 1: a second opinion that no model and no judge has
 * touched. It knows nothing of meaning, so it is a reason to look and never a mark.
 * @returns undefined where there is nothing to compare with. For many answers to one question take {@link compareWith} and
 * {@link shareOf}.
 */
export function lexicalShare(compared: LexicalTarget & { readonly answer: string }): number | undefined {
  const features = compareWith(compared)?.(compared.answer);
  return features === undefined ? undefined : shareOf(features);
}

/**
 * √coverage · (√letters + √length), at most 1: nothing without words of the target, and the first of them say more than the
 * last, as in the marks of people. The form was chosen on four public sets of short answers, without fitting a number; it
 * correlates with their human marks at 0.40 to 0.56.
 */
export function shareOf({ coverage, letters, length }: LexicalFeatures): number {
  return Math.min(1, Math.sqrt(coverage) * (Math.sqrt(letters) + Math.sqrt(length)));
}
