import { alphaInterval, alphaNominal, alphaOrdinal } from "./alpha.ts";
import { pearsonCorrelation, spearmanCorrelation } from "./correlation.ts";
import { cohenKappa, quadraticWeightedKappa } from "./kappa.ts";
import { meanOverItems } from "./mean-over-items.ts";
import {
  adjacentAgreement,
  exactAgreement,
  meanAbsoluteError,
  passRateGap,
  rootMeanSquareError,
  signedBias,
} from "./shares-of-pairs.ts";
import type { Statistic } from "./statistic.ts";

/** In the order in which they are read: what could be unfair first. */
export const STATISTIC_NAMES = [
  "bias",
  "passGap",
  "qwk",
  "qwkWithin",
  "kappa",
  "exact",
  "adjacent",
  "pearson",
  "spearman",
  "mae",
  "rmse",
  "alphaNominal",
  "alphaOrdinal",
  "alphaInterval",
] as const;
export type StatisticName = (typeof STATISTIC_NAMES)[number];

/**
 * All of a report. Errors, bias, gap, exact agreement, correlations and interval alpha are of the marks as they are, in
 * shares of the scale; kappa, QWK, adjacent agreement, nominal and ordinal alpha are of the nearest steps of the scale.
 */
export const STATISTICS: Readonly<Record<StatisticName, Statistic>> = {
  bias: signedBias,
  passGap: passRateGap,
  qwk: quadraticWeightedKappa,
  qwkWithin: meanOverItems(quadraticWeightedKappa),
  kappa: cohenKappa,
  exact: exactAgreement,
  adjacent: adjacentAgreement,
  pearson: pearsonCorrelation,
  spearman: spearmanCorrelation,
  mae: meanAbsoluteError,
  rmse: rootMeanSquareError,
  alphaNominal,
  alphaOrdinal,
  alphaInterval,
};
