import type { GradeState } from "../records/record.ts";
import { inOrder, type AgreementRow } from "./agreement-row.ts";
import { coverageOf, type Coverage } from "./coverage.ts";
import { outliersAmongRaters, type Outlier } from "./outliers.ts";
import type { PairProblem } from "./pair-marks.ts";
import { scopesOf } from "./scope.ts";
import { scopeReport, type ScopeReport } from "./scope-report.ts";

export interface AgreementOptions {
  /** The same seed gives the same intervals to the last digit. */
  readonly seed: number;
  readonly resamples: number;
  /** Grades in these states are compared; marks in others are provisional or no judge's at all. */
  readonly states: readonly GradeState[];
  /** Marks that found no answer, told beside the figures. */
  readonly problems: readonly PairProblem[];
}

/** How far a judge's marks agree with people's. Plain JSON. */
export interface AgreementReport {
  readonly version: 1;
  readonly settings: { readonly seed: number; readonly resamples: number; readonly states: readonly GradeState[] };
  readonly coverage: Coverage;
  /** Marks of one person far from those of the others, among so many that could be. */
  readonly outliers: { readonly examined: number; readonly found: readonly Outlier[] };
  readonly problems: readonly PairProblem[];
  /** The pooled one first. */
  readonly scopes: readonly ScopeReport[];
}

/** @param rows in any order, one for each answer and criterion at most. */
export function agreementReport(
  rows: readonly AgreementRow[],
  { seed = 1, resamples = 1_000, states = ["graded"], problems = [] }: Partial<AgreementOptions> = {},
): AgreementReport {
  const sorted = inOrder(rows);
  const isCompared = ({ judge, state, human }: AgreementRow): boolean =>
    judge !== undefined && human.length > 0 && states.includes(state);
  return {
    version: 1,
    settings: { seed, resamples, states },
    coverage: coverageOf(sorted, isCompared),
    outliers: {
      examined: sorted.reduce((sum, { human }) => sum + (human.length > 1 ? human.length : 0), 0),
      found: outliersAmongRaters(sorted),
    },
    problems,
    scopes: scopesOf(sorted.filter(isCompared)).map((scoped) => scopeReport(scoped, { seed, resamples })),
  };
}
