import { known, unknown } from "./estimate.ts";
import { hasSpread, momentsOf, ranking, type Statistic } from "./statistic.ts";

/**
 * Agreement of categories beyond chance (Cohen 1960, Educational and Psychological Measurement 20:37): the observed share
 * of equal pairs against the one that the two marginals alone would give. Categories are the steps of the scale; a mark
 * between two steps counts as the nearest.
 */
export const cohenKappa: Statistic = ({ pairs }) => {
  const { distinct, placeOf } = ranking(pairs.flatMap(({ first, second }) => [first.category, second.category]));
  const cells = pairs.map(({ unit, first, second }) => ({
    unit,
    first: placeOf(first.category),
    second: placeOf(second.category),
  }));
  const firsts = new Float64Array(distinct.length);
  const seconds = new Float64Array(distinct.length);
  return (weights) => {
    firsts.fill(0);
    seconds.fill(0);
    let n = 0;
    let equal = 0;
    for (const { unit, first, second } of cells) {
      const weight = weights[unit] ?? 0;
      n += weight;
      if (first === second) equal += weight;
      firsts[first] = (firsts[first] ?? 0) + weight;
      seconds[second] = (seconds[second] ?? 0) + weight;
    }
    if (n === 0) return unknown("no-pairs");
    const byChance = firsts.reduce((sum, count, place) => sum + count * (seconds[place] ?? 0), 0);
    if (byChance === n * n) return unknown("all-equal");
    return known((equal * n - byChance) / (n * n - byChance), n);
  };
};

/**
 * Kappa with the squared difference as weight (Cohen 1968, Psychological Bulletin 70:213). Categories as in
 * {@link cohenKappa}, and their difference is that of their values, so that uneven steps weigh as much as they are worth.
 * The expected squared difference of two independent marks is the sum of both variances and of the squared difference of
 * the means, so no table is needed (Krippendorff 1970, Sociological Methodology 2:139).
 */
export const quadraticWeightedKappa: Statistic = ({ pairs }) => {
  const points = pairs.map(({ unit, first, second }) => ({ unit, x: first.category, y: second.category }));
  return (weights) => {
    const { n, meanX, meanY, xx, yy, xy } = momentsOf(points, weights);
    if (n === 0) return unknown("no-pairs");
    const expected = xx + yy + n * (meanX - meanY) ** 2;
    return hasSpread(expected) ? known((2 * xy) / expected, n) : unknown("all-equal");
  };
};
