import type { AgreementRow } from "./agreement-row.ts";
import { baselinesOf, type Baseline } from "./baselines.ts";
import type { BootstrapOptions } from "./bootstrap.ts";
import { confusionOf, type Confusion } from "./confusion.ts";
import type { Measured, UndefinedReason } from "./estimate.ts";
import { errorPerHundredWords, errorWithLength } from "./length-effect.ts";
import { isSameScale, leastOf, mostOf } from "./mark-scale.ts";
import { measure } from "./measure.ts";
import { againstHuman, amongHumans, type Panel } from "./panel.ts";
import type { Scope, ScopedRows } from "./scope.ts";
import { STATISTICS, type StatisticName } from "./statistics.ts";
import { middleDrop, panelOfThird, THIRDS, type Third } from "./thirds.ts";
import { warningsOf, type AgreementWarning } from "./warnings.ts";

/** Two raters of the same answers, and all that is known of how far they agree. */
export interface Comparison {
  readonly answers: number;
  /** One for each answer and mark it is compared with. */
  readonly pairs: number;
  readonly statistics: Readonly<Record<StatisticName, Measured>>;
}

/** All figures are shares of the scale; differences are judge less person, so that above 0 is generous. */
export interface ScopeReport {
  readonly scope: Scope;
  readonly candidates: number;
  readonly questions: number;
  /** In thousandths; undefined where questions with different scales are pooled. */
  readonly range: { readonly least: number; readonly most: number } | undefined;
  /** The judge against each person. */
  readonly judge: Comparison;
  /** Persons against each other: how far a judge could agree with them at best. */
  readonly people: Comparison;
  readonly length: Readonly<Record<"errorPerHundredWords" | "errorWithLength", Measured>>;
  readonly thirds: readonly ({ readonly third: Third } & Readonly<Record<"exact" | "mae" | "bias", Measured>>)[];
  readonly middle: Readonly<Record<"drop", Measured>>;
  readonly baselines: readonly Baseline[];
  readonly confusion: Confusion;
  readonly warnings: readonly AgreementWarning[];
}

/** @param rows those that the judge and a person marked, in a fixed order. */
export function scopeReport(
  { scope, clusters, rows, all }: ScopedRows,
  settings: Omit<BootstrapOptions, "clusters">,
): ScopeReport {
  const options: BootstrapOptions = { ...settings, clusters };
  const judged = againstHuman(rows, ({ judge }) => judge);
  const figures = {
    scope,
    candidates: new Set(rows.map(({ candidate }) => candidate)).size,
    questions: new Set(rows.map(({ question }) => question)).size,
    range: rangeOf(rows),
    judge: comparison(judged, options, "no-pairs"),
    people: comparison(amongHumans(rows), options, "no-second-rater"),
    length: measure(judged, { errorPerHundredWords, errorWithLength }, options),
    thirds: THIRDS.map((third) => ({ third, ...measureThird(judged, third, options) })),
    middle: measure(judged, { drop: middleDrop }, options),
    baselines: baselinesOf(rows, all, options),
    confusion: confusionOf(judged),
  };
  return { ...figures, warnings: warningsOf(figures, judged) };
}

function comparison(panel: Panel, options: BootstrapOptions, whenEmpty: UndefinedReason): Comparison {
  return {
    answers: new Set(panel.units.map(({ row }) => row)).size,
    pairs: panel.pairs.length,
    statistics: measure(panel, STATISTICS, options, whenEmpty),
  };
}

function measureThird(panel: Panel, third: Third, options: BootstrapOptions) {
  const { exact, mae, bias } = STATISTICS;
  return measure(panelOfThird(panel, third), { exact, mae, bias }, options, "none-there");
}

function rangeOf(rows: readonly AgreementRow[]): ScopeReport["range"] {
  const scale = rows[0]?.scale;
  if (scale === undefined || !rows.every((row) => isSameScale(row.scale, scale))) return undefined;
  return { least: leastOf(scale), most: mostOf(scale) };
}
