import { compareText, type AgreementRow } from "../agreement/agreement-row.ts";
import { groupBy } from "../../core/group-by.ts";
import { below, seededRandom } from "../agreement/random.ts";
import { fitIsotonic, interpolate, type Observation } from "./isotonic.ts";

/** An answer that the judge and people marked: x is the judge's mark, y the mean of people's, in shares of the scale. */
export interface Label extends Observation {
  readonly row: AgreementRow;
}

/** What the map would say of each label if it had been fitted without it. */
export interface CrossValidated {
  readonly folds: number;
  /** In the order of the labels. */
  readonly values: readonly number[];
}

const MOST_FOLDS = 10;

/** Fitted anew without each tenth of the candidates in turn. Answers of one candidate are never on both sides. */
export function crossValidate(labels: readonly Label[], seed: number): CrossValidated {
  const foldOf = dealCandidates(labels, seed);
  const folds = groupBy([...labels.entries()], ([, { row }]) => String(foldOf.get(row.candidate)));
  const values = labels.map(() => 0);
  for (const held of folds.values()) {
    const places = new Set(held.map(([place]) => place));
    const knots = fitIsotonic(labels.filter((_, place) => !places.has(place)));
    for (const [place, { x }] of held) values[place] = knots.length === 0 ? x : interpolate(knots, x);
  }
  return { folds: folds.size, values };
}

/** Candidates in a drawn order (Fisher and Yates 1938), dealt into folds like cards. */
function dealCandidates(labels: readonly Label[], seed: number): ReadonlyMap<string, number> {
  const random = seededRandom(seed);
  const waiting = [...new Set(labels.map(({ row }) => row.candidate))].toSorted(compareText);
  const foldOf = new Map<string, number>();
  while (waiting.length > 0) {
    const [candidate] = waiting.splice(below(random, waiting.length), 1);
    if (candidate !== undefined) foldOf.set(candidate, foldOf.size % MOST_FOLDS);
  }
  return foldOf;
}
