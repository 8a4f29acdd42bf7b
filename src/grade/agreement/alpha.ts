import { known, unknown } from "./estimate.ts";
import type { Panel, Unit } from "./panel.ts";
import { hasSpread, midRanks, ranking, type Statistic, type Weights } from "./statistic.ts";

// Krippendorff's alpha: 1 less the observed disagreement within answers over the one expected by chance, for any number of
// raters and with marks missing (Krippendorff 2011, Computing Krippendorff's Alpha-Reliability). Answers with fewer than two
// marks say nothing of agreement and are left out. The squared difference of all pairs of m values is 2m times their sum of
// squares about the mean; ordinal difference is the interval difference of the mid-ranks of all values.

/** Marks by their values: the interval metric, on the marks as they are. */
export const alphaInterval: Statistic = (panel) => {
  const groups = groupsOf(panel, ({ opinions }) => opinions.map(({ share }) => share));
  return (weights) => alphaOf(groups, weights, (value) => value);
};

/** Marks by their order: the ordinal metric, on the steps of the scale. */
export const alphaOrdinal: Statistic = (panel) => {
  const { groups, categories } = categoryGroups(panel);
  const counts = new Float64Array(categories);
  return (weights) => {
    count(groups, weights, counts);
    const ranks = midRanks(counts);
    // Ranks grow with the number of marks; as a share of it they keep to the size of the other metrics.
    const all = counts.reduce((sum, each) => sum + each, 0);
    return alphaOf(groups, weights, (place) => (ranks[place] ?? 0) / all);
  };
};

/** Marks as names: the nominal metric, on the steps of the scale. */
export const alphaNominal: Statistic = (panel) => {
  const { groups, categories } = categoryGroups(panel);
  const counts = new Float64Array(categories);
  const unequal = groups.map(({ unit, values }) => ({ unit, pairs: unequalPairs(values) / (values.length - 1) }));
  return (weights) => {
    count(groups, weights, counts);
    const all = counts.reduce((sum, each) => sum + each, 0);
    if (all === 0) return unknown("no-pairs");
    const expected = counts.reduce((sum, each) => sum + each * (all - each), 0);
    if (expected === 0) return unknown("all-equal");
    const observed = unequal.reduce((sum, { unit, pairs }) => sum + (weights[unit] ?? 0) * pairs, 0);
    return known(1 - ((all - 1) * observed) / expected, unitsIn(groups, weights));
  };
};

interface Group {
  readonly unit: number;
  readonly values: readonly number[];
}

function groupsOf({ units }: Panel, valuesOf: (unit: Unit) => readonly number[]): readonly Group[] {
  return units.flatMap((each, unit) => (each.opinions.length < 2 ? [] : [{ unit, values: valuesOf(each) }]));
}

function categoryGroups(panel: Panel): { readonly groups: readonly Group[]; readonly categories: number } {
  const groups = groupsOf(panel, ({ opinions }) => opinions.map(({ category }) => category));
  const { distinct } = ranking(groups.flatMap(({ values }) => values));
  const placeOf = new Map(distinct.map((value, place) => [value, place]));
  return {
    groups: groups.map(({ unit, values }) => ({ unit, values: values.map((value) => placeOf.get(value) ?? 0) })),
    categories: distinct.length,
  };
}

function alphaOf(groups: readonly Group[], weights: Weights, positionOf: (value: number) => number) {
  let all = 0;
  let sum = 0;
  for (const { unit, values } of groups) {
    const weight = weights[unit] ?? 0;
    all += weight * values.length;
    for (const value of values) sum += weight * positionOf(value);
  }
  if (all === 0) return unknown("no-pairs");
  const mean = sum / all;
  let within = 0;
  let total = 0;
  for (const { unit, values } of groups) {
    const weight = weights[unit] ?? 0;
    if (weight === 0) continue;
    const size = values.length;
    const ownMean = values.reduce((partial, value) => partial + positionOf(value), 0) / size;
    for (const value of values) {
      const position = positionOf(value);
      within += (weight * size * (position - ownMean) ** 2) / (size - 1);
      total += weight * (position - mean) ** 2;
    }
  }
  if (!hasSpread(total)) return unknown("all-equal");
  return known(1 - ((all - 1) * within) / (all * total), unitsIn(groups, weights));
}

function count(groups: readonly Group[], weights: Weights, counts: Float64Array): void {
  counts.fill(0);
  for (const { unit, values } of groups) {
    for (const place of values) counts[place] = (counts[place] ?? 0) + (weights[unit] ?? 0);
  }
}

function unequalPairs(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + values.filter((other) => other !== value).length, 0);
}

function unitsIn(groups: readonly Group[], weights: Weights): number {
  return groups.reduce((sum, { unit }) => sum + (weights[unit] ?? 0), 0);
}
