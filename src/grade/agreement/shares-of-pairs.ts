import { known, unknown } from "./estimate.ts";
import type { Pair } from "./panel.ts";
import type { Statistic } from "./statistic.ts";

/** Share of pairs of exactly the same mark. */
export const exactAgreement: Statistic = meanOf(({ first, second }) => Number(first.share === second.share));

/** Share of pairs at most one step of their scale apart. */
export const adjacentAgreement: Statistic = meanOf(({ first, second }) =>
  Number(Math.abs(first.step - second.step) <= 1),
);

/** Mean of the absolute differences, in shares of the scale. */
export const meanAbsoluteError: Statistic = meanOf(({ first, second }) => Math.abs(first.share - second.share));

/** Root of the mean of the squared differences, in shares of the scale. */
export const rootMeanSquareError: Statistic = (panel) => {
  const meanSquare = meanOf(({ first, second }) => (first.share - second.share) ** 2)(panel);
  return (weights) => {
    const mean = meanSquare(weights);
    return mean.kind === "known" ? { ...mean, value: Math.sqrt(mean.value) } : mean;
  };
};

/** Mean of first less second, in shares of the scale: above 0 where the first is the more generous. */
export const signedBias: Statistic = meanOf(({ first, second }) => first.share - second.share);

/** Pass rate of the first less that of the second, over answers whose scale has a pass line. */
export const passRateGap: Statistic = (panel) => {
  const gap = meanOf(({ first, second }) =>
    first.passes === undefined || second.passes === undefined
      ? undefined
      : Number(first.passes) - Number(second.passes),
  )(panel);
  return (weights) => {
    const estimate = gap(weights);
    return estimate.kind === "known" || panel.pairs.length === 0 ? estimate : unknown("no-pass-line");
  };
};

/** The mean of what a pair contributes; pairs that contribute nothing are left out. */
export function meanOf(contribution: (pair: Pair) => number | undefined): Statistic {
  return ({ pairs }) => {
    const parts = pairs.flatMap((pair) => {
      const value = contribution(pair);
      return value === undefined ? [] : [{ unit: pair.unit, value }];
    });
    return (weights) => {
      let n = 0;
      let sum = 0;
      for (const { unit, value } of parts) {
        const weight = weights[unit] ?? 0;
        n += weight;
        sum += weight * value;
      }
      return n === 0 ? unknown("no-pairs") : known(sum / n, n);
    };
  };
}
