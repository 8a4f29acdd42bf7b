import { sampleCorrelation, sampleRankCorrelation } from "simple-statistics";

// The textbook formulas, written with tables and loops over all pairs, to hold the one-pass code against.

export type Table = readonly (readonly (number | undefined)[])[];
export type Difference = (left: number, right: number, counts: ReadonlyMap<number, number>) => number;

function countsOf(values: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Weighted kappa from observed and expected tables of disagreement; undefined where none is expected. */
export function weightedKappa(
  first: readonly number[],
  second: readonly number[],
  weight: (left: number, right: number) => number,
): number | undefined {
  const n = first.length;
  let observed = 0;
  for (const [at, left] of first.entries()) observed += weight(left, second[at] ?? Number.NaN) / n;
  let expected = 0;
  for (const [left, leftCount] of countsOf(first)) {
    for (const [right, rightCount] of countsOf(second)) {
      expected += weight(left, right) * (leftCount / n) * (rightCount / n);
    }
  }
  return expected === 0 ? undefined : 1 - observed / expected;
}

export const unequal = (left: number, right: number): number => (left === right ? 0 : 1);
export const squared = (left: number, right: number): number => (left - right) ** 2;

/** Ranks by counting: how many are less, and half of those that are equal. */
export function ranks(values: readonly number[]): readonly number[] {
  return values.map((value) => {
    const less = values.filter((other) => other < value).length;
    const same = values.filter((other) => other === value).length;
    return less + (same + 1) / 2;
  });
}

export function pearson(first: readonly number[], second: readonly number[]): number | undefined {
  if (new Set(first).size < 2 || new Set(second).size < 2) return undefined;
  return sampleCorrelation([...first], [...second]);
}

export function spearman(first: readonly number[], second: readonly number[]): number | undefined {
  return pearson(ranks(first), ranks(second));
}

/** The same from the library where there are no ties, which it does not share out. */
export function spearmanWithoutTies(first: readonly number[], second: readonly number[]): number {
  return sampleRankCorrelation([...first], [...second]);
}

/** Krippendorff's alpha by the table of coincidences. */
export function alpha(table: Table, difference: Difference): number | undefined {
  const coincidences = new Map<string, number>();
  for (const unit of table) {
    const values = unit.filter((value) => value !== undefined);
    for (const [i, left] of values.entries()) {
      for (const [j, right] of values.entries()) {
        if (i === j) continue;
        const cell = `${left} ${right}`;
        coincidences.set(cell, (coincidences.get(cell) ?? 0) + 1 / (values.length - 1));
      }
    }
  }
  const pairable = table.map((unit) => unit.filter((value) => value !== undefined)).filter((unit) => unit.length > 1);
  const counts = countsOf(pairable.flat());
  const all = pairable.flat().length;
  let observed = 0;
  for (const [cell, count] of coincidences) {
    const [left = Number.NaN, right = Number.NaN] = cell.split(" ").map(Number);
    observed += count * difference(left, right, counts);
  }
  let expected = 0;
  for (const [left, leftCount] of counts) {
    for (const [right, rightCount] of counts) expected += leftCount * rightCount * difference(left, right, counts);
  }
  return expected === 0 ? undefined : 1 - ((all - 1) * observed) / expected;
}

/** All values from one to the other, both ends counted half, squared. */
export const ordinal: Difference = (left, right, counts) => {
  const [low, high] = [Math.min(left, right), Math.max(left, right)];
  let between = 0;
  for (const [value, count] of counts) if (value >= low && value <= high) between += count;
  return (between - ((counts.get(left) ?? 0) + (counts.get(right) ?? 0)) / 2) ** 2;
};
