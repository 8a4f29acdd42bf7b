import { known, unknown, type Estimate } from "./estimate.ts";
import { hasSpread, midRanks, momentsOf, ranking, type Point, type Statistic, type Weights } from "./statistic.ts";

/** Product-moment correlation (Pearson 1895). Undefined where one side gave every answer the same mark. */
export const pearsonCorrelation: Statistic = ({ pairs }) => {
  const points = pairs.map(({ unit, first, second }) => ({ unit, x: first.share, y: second.share }));
  return (weights) => correlation(points, weights);
};

/** Pearson correlation of the mid-ranks (Spearman 1904; ties as in Kendall 1948). */
export const spearmanCorrelation: Statistic = ({ pairs }) => {
  const units = pairs.map(({ unit }) => unit);
  const firsts = weightedRanks(
    pairs.map(({ first }) => first.share),
    units,
  );
  const seconds = weightedRanks(
    pairs.map(({ second }) => second.share),
    units,
  );
  return (weights) => {
    const rankOfFirst = firsts(weights);
    const rankOfSecond = seconds(weights);
    const points = units.map((unit, at) => ({ unit, x: rankOfFirst(at), y: rankOfSecond(at) }));
    return correlation(points, weights);
  };
};

function weightedRanks(values: readonly number[], units: readonly number[]) {
  const { distinct, placeOf } = ranking(values);
  const places = values.map(placeOf);
  const cells = units.map((unit, at) => ({ unit, place: places[at] ?? 0 }));
  const counts = new Float64Array(distinct.length);
  return (weights: Weights): ((at: number) => number) => {
    counts.fill(0);
    for (const { unit, place } of cells) counts[place] = (counts[place] ?? 0) + (weights[unit] ?? 0);
    const ranks = midRanks(counts);
    return (at) => ranks[places[at] ?? 0] ?? 0;
  };
}

/** Pearson correlation of two numbers of each unit. */
export function correlation(points: readonly Point[], weights: Weights): Estimate {
  const { n, xx, yy, xy } = momentsOf(points, weights);
  if (n === 0) return unknown("no-pairs");
  if (!hasSpread(xx) && !hasSpread(yy)) return unknown("all-equal");
  if (!hasSpread(xx) || !hasSpread(yy)) return unknown("one-side-equal");
  const value = xy / Math.sqrt(xx * yy);
  return known(Math.min(1, Math.max(-1, value)), n);
}
