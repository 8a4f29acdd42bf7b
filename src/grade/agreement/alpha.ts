import { known, unknown } from "./estimate.ts";
import type { Opinion, Panel } from "./panel.ts";
import { hasSpread, midRanks, ranking, type Statistic, type Weights } from "./statistic.ts";

// Krippendorff's alpha: 1 less the observed disagreement within answers over the one expected by chance, for any number of
// raters and with marks missing (Krippendorff 2011, Computing Krippendorff's Alpha-Reliability). Answers with fewer than two
// marks say nothing of agreement and are left out. Differences of all pairs of m values squared come to 2m times their sum of
// squares about the mean, so no table of pairs is needed; the ordinal difference is that of the mid-ranks of all values.

/** Marks by their values: the interval metric, on the marks as they are. */
export const alphaInterval: Statistic = alphaBy(
  ({ share }) => share,
  (values) => values,
);

/** Marks by their order: the ordinal metric, on the steps of the scale. Ranks as a share of all keep to the size of values. */
export const alphaOrdinal: Statistic = alphaBy(
  ({ category }) => category,
  (_, counts, all) => midRanks(counts).map((rank) => rank / all),
);

/** Marks as names: the nominal metric, on the steps of the scale. */
export const alphaNominal: Statistic = (panel) => {
  const { groups, counter } = groupsOf(panel, ({ category }) => category);
  const unequal = groups.map(({ unit, places }) => ({ unit, share: unequalPairs(places) / (places.length - 1) }));
  return (weights) => {
    const { counts, all, units } = counter(weights);
    if (all === 0) return unknown("no-pairs");
    const expected = counts.reduce((sum, count) => sum + count * (all - count), 0);
    if (expected === 0) return unknown("all-equal");
    const observed = unequal.reduce((sum, { unit, share }) => sum + (weights[unit] ?? 0) * share, 0);
    return known(1 - ((all - 1) * observed) / expected, units);
  };
};

type Positions = (values: Float64Array, counts: Float64Array, all: number) => Float64Array;

/** Alpha where marks lie on a line: `positions` says where on it the distinct values lie, given how often each occurs. */
function alphaBy(valueOf: (opinion: Opinion) => number, positions: Positions): Statistic {
  return (panel) => {
    const { groups, distinct, counter } = groupsOf(panel, valueOf);
    return (weights) => {
      const { counts, all, units } = counter(weights);
      if (all === 0) return unknown("no-pairs");
      const line = positions(distinct, counts, all);
      const total = spreadOf(line, counts, all);
      if (!hasSpread(total)) return unknown("all-equal");
      return known(1 - ((all - 1) * spreadWithin(groups, line, weights)) / (all * total), units);
    };
  };
}

interface Group {
  readonly unit: number;
  /** Of each mark among the distinct values. */
  readonly places: readonly number[];
}

interface Count {
  /** How often each distinct value occurs. */
  readonly counts: Float64Array;
  readonly all: number;
  readonly units: number;
}

function groupsOf({ units }: Panel, valueOf: (opinion: Opinion) => number) {
  const marked = units.flatMap(({ opinions }, unit) => (opinions.length < 2 ? [] : [{ unit, opinions }]));
  const { distinct, placeOf } = ranking(marked.flatMap(({ opinions }) => opinions.map(valueOf)));
  const groups = marked.map(({ unit, opinions }): Group => ({
    unit,
    places: opinions.map((opinion) => placeOf(valueOf(opinion))),
  }));
  const counter = (weights: Weights): Count => countOf(groups, weights, new Float64Array(distinct.length));
  return { groups, distinct: Float64Array.from(distinct), counter };
}

function countOf(groups: readonly Group[], weights: Weights, counts: Float64Array): Count {
  let all = 0;
  let units = 0;
  for (const { unit, places } of groups) {
    const weight = weights[unit] ?? 0;
    units += weight;
    all += weight * places.length;
    for (const place of places) counts[place] = (counts[place] ?? 0) + weight;
  }
  return { counts, all, units };
}

/** Sum of squares of all marks about their mean. */
function spreadOf(line: Float64Array, counts: Float64Array, all: number): number {
  const mean = line.reduce((sum, position, place) => sum + position * (counts[place] ?? 0), 0) / all;
  return line.reduce((sum, position, place) => sum + (counts[place] ?? 0) * (position - mean) ** 2, 0);
}

/** Sum over answers of m / (m - 1) times the sum of squares of its m marks about their own mean. */
function spreadWithin(groups: readonly Group[], line: Float64Array, weights: Weights): number {
  let within = 0;
  for (const { unit, places } of groups) {
    const size = places.length;
    let sum = 0;
    for (const place of places) sum += line[place] ?? 0;
    const mean = sum / size;
    let squares = 0;
    for (const place of places) squares += ((line[place] ?? 0) - mean) ** 2;
    within += ((weights[unit] ?? 0) * squares * size) / (size - 1);
  }
  return within;
}

function unequalPairs(places: readonly number[]): number {
  return places.reduce((sum, place) => sum + places.filter((other) => other !== place).length, 0);
}
