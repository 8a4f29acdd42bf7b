import { itemOf } from "./agreement-row.ts";
import { correlation } from "./correlation.ts";
import { known, unknown } from "./estimate.ts";
import { groupBy } from "../../core/group-by.ts";
import type { Panel } from "./panel.ts";
import { hasSpread, momentsOf, type Point, type Statistic } from "./statistic.ts";

const WORDS = 100;

/** How much more generous the first rater is, in shares of the scale, for each hundred words that an answer is longer. */
export const errorPerHundredWords: Statistic = (panel) => {
  const points = errorsByLength(panel);
  return (weights) => {
    const { n, xx, xy } = momentsOf(points, weights);
    if (n === 0) return unknown("no-pairs");
    return hasSpread(xx) ? known(xy / xx, n) : unknown("one-length");
  };
};

/** Correlation of the difference (first less second) with the length of the answer. */
export const errorWithLength: Statistic = (panel) => {
  const points = errorsByLength(panel);
  return (weights) => correlation(points, weights);
};

/** About the means of each question, so that a question that asks for more words is not taken for longer answers. */
function errorsByLength({ units, pairs }: Panel): readonly Point[] {
  const raw = pairs.flatMap(({ unit, first, second }) => {
    const row = units[unit]?.row;
    return row === undefined ? [] : [{ unit, row, x: row.words / WORDS, y: first.share - second.share }];
  });
  return [...groupBy(raw, ({ row }) => itemOf(row)).values()].flatMap((points) => {
    const meanX = points.reduce((sum, { x }) => sum + x, 0) / points.length;
    const meanY = points.reduce((sum, { y }) => sum + y, 0) / points.length;
    return points.map(({ unit, x, y }) => ({ unit, x: x - meanX, y: y - meanY }));
  });
}
