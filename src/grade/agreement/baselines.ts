import { itemOf, type AgreementRow } from "./agreement-row.ts";
import type { BootstrapOptions } from "./bootstrap.ts";
import type { Measured } from "./estimate.ts";
import { groupBy } from "../../core/group-by.ts";
import { mostOf, pointsOfShare, shareOf } from "./mark-scale.ts";
import { measure } from "./measure.ts";
import { againstHuman } from "./panel.ts";
import { momentsOf } from "./statistic.ts";
import { STATISTICS } from "./statistics.ts";

/**
 * What a judge must beat. constant: the mean of all that people gave, for every answer · item: the mean of what they gave to
 * this question or criterion · lexical: the cross-check as it is · lexical-fitted: a straight line from the cross-check to
 * what people gave. All but `lexical` are fitted on the very marks they are held against, so they look a little better than
 * they would on new answers.
 */
export const BASELINES = ["constant", "item", "lexical", "lexical-fitted"] as const;
export type BaselineName = (typeof BASELINES)[number];

const BASELINE_STATISTICS = {
  bias: STATISTICS.bias,
  qwk: STATISTICS.qwk,
  pearson: STATISTICS.pearson,
  mae: STATISTICS.mae,
  rmse: STATISTICS.rmse,
};
export type BaselineStatistic = keyof typeof BASELINE_STATISTICS;

export interface Baseline {
  readonly name: BaselineName;
  readonly statistics: Readonly<Record<BaselineStatistic, Measured>>;
}

/** Gives a share of the scale for a row; undefined where it has nothing to go by. */
type Guess = (row: AgreementRow) => number | undefined;

/**
 * @param rows what is compared in this scope.
 * @param all every row of the same sort, over which the constant is the mean.
 */
export function baselinesOf(
  rows: readonly AgreementRow[],
  all: readonly AgreementRow[],
  options: BootstrapOptions,
): readonly Baseline[] {
  const guesses: Readonly<Record<BaselineName, Guess>> = {
    constant: constantGuess(all),
    item: itemGuess(rows),
    lexical: lexicalShare,
    "lexical-fitted": fittedGuess(rows),
  };
  return BASELINES.map((name) => ({ name, statistics: measureGuess(rows, guesses[name], options) }));
}

function measureGuess(rows: readonly AgreementRow[], guess: Guess, options: BootstrapOptions): Baseline["statistics"] {
  const panel = againstHuman(rows, (row) => {
    const share = guess(row);
    return share === undefined ? undefined : pointsOfShare(row.scale, share);
  });
  return measure(panel, BASELINE_STATISTICS, options, rows.length === 0 ? "no-pairs" : "no-cross-check");
}

function humanShares({ scale, human }: AgreementRow): readonly number[] {
  return human.map(({ points }) => shareOf(scale, points));
}

function constantGuess(rows: readonly AgreementRow[]): Guess {
  const mean = meanOfNumbers(rows.flatMap(humanShares));
  return () => mean;
}

function itemGuess(rows: readonly AgreementRow[]): Guess {
  const byItem = groupBy(rows, itemOf);
  const means = new Map([...byItem].map(([item, own]) => [item, meanOfNumbers(own.flatMap(humanShares))]));
  return (row) => means.get(itemOf(row));
}

/** The cross-check speaks in shares of full marks, which differ from shares of the scale where marks can be negative. */
function lexicalShare({ lexical, scale }: AgreementRow): number | undefined {
  return lexical === undefined ? undefined : shareOf(scale, lexical * mostOf(scale));
}

function fittedGuess(rows: readonly AgreementRow[]): Guess {
  const points = rows.flatMap((row) => {
    const x = lexicalShare(row);
    return x === undefined ? [] : humanShares(row).map((y) => ({ unit: 0, x, y }));
  });
  const { xx, xy, meanX, meanY } = momentsOf(points, Float64Array.of(1));
  const slope = xx === 0 ? 0 : xy / xx;
  return (row) => {
    const share = lexicalShare(row);
    return share === undefined ? undefined : Math.min(1, Math.max(0, meanY + slope * (share - meanX)));
  };
}

function meanOfNumbers(numbers: readonly number[]): number | undefined {
  return numbers.length === 0 ? undefined : numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}
