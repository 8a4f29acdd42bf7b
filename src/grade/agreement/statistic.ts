import type { Estimate } from "./estimate.ts";
import type { Panel } from "./panel.ts";

/** How often each unit of a panel counts: once in the set itself, as often as it was drawn in a redraw of it. */
export type Weights = Readonly<Float64Array>;

/**
 * A statistic is prepared once for a panel (sorting, counting categories) and then computed for any weights, so that a
 * thousand redraws cost a thousand passes over the pairs and no copies. Integer weights mean repetition.
 */
export type Statistic = (panel: Panel) => (weights: Weights) => Estimate;

/** Two numbers of one unit. */
export interface Point {
  readonly unit: number;
  readonly x: number;
  readonly y: number;
}

/** Sums about the means. */
export interface Moments {
  readonly n: number;
  readonly meanX: number;
  readonly meanY: number;
  readonly xx: number;
  readonly yy: number;
  readonly xy: number;
}

/** In two passes, so that equal values leave no spread but a rounding error far below {@link hasSpread}. */
export function momentsOf(points: readonly Point[], weights: Weights): Moments {
  let n = 0;
  let sumX = 0;
  let sumY = 0;
  for (const { unit, x, y } of points) {
    const weight = weights[unit] ?? 0;
    n += weight;
    sumX += weight * x;
    sumY += weight * y;
  }
  const meanX = n === 0 ? 0 : sumX / n;
  const meanY = n === 0 ? 0 : sumY / n;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (const { unit, x, y } of points) {
    const weight = weights[unit] ?? 0;
    xx += weight * (x - meanX) * (x - meanX);
    yy += weight * (y - meanY) * (y - meanY);
    xy += weight * (x - meanX) * (y - meanY);
  }
  return { n, meanX, meanY, xx, yy, xy };
}

/** True where a sum of squares is more than rounding: shares differ by a millionth at least. */
export function hasSpread(sumOfSquares: number): boolean {
  return sumOfSquares > 1e-18;
}

/** The values that occur, ascending, and where a value stands among them. */
export interface Ranking {
  readonly distinct: readonly number[];
  readonly placeOf: (value: number) => number;
}

export function ranking(values: readonly number[]): Ranking {
  const distinct = [...new Set(values)].toSorted((left, right) => left - right);
  const places = new Map(distinct.map((value, place) => [value, place]));
  return { distinct, placeOf: (value) => places.get(value) ?? 0 };
}

/**
 * Mid-ranks: equal values share the mean of the ranks they take up.
 * @param counts how often each place of a {@link Ranking} occurs.
 */
export function midRanks(counts: Readonly<Float64Array>): Float64Array {
  let below = 0;
  return counts.map((count) => {
    const rank = below + (count + 1) / 2;
    below += count;
    return rank;
  });
}
