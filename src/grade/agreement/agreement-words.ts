import { visibleLine } from "../../core/sanitise.ts";
import { exact, formatPoints } from "../rubric/points.ts";
import type { BaselineName } from "./baselines.ts";
import type { Interval, Measured } from "./estimate.ts";
import type { PairProblem } from "./pair-marks.ts";
import { undefinedWords, unknownIntervalWords } from "./reason-words.ts";
import type { Scope } from "./scope.ts";
import type { StatisticName } from "./statistics.ts";
import type { AgreementWarning } from "./warnings.ts";

/** How a number is written: as a share of the scale, as such a share with its sign, or as it is. */
export type NumberStyle = "percent" | "signed-percent" | "plain";

export const STATISTIC_STYLES: Readonly<
  Record<StatisticName, { readonly label: string; readonly style: NumberStyle }>
> = {
  bias: { label: "bias", style: "signed-percent" },
  passGap: { label: "pass-rate gap", style: "signed-percent" },
  qwk: { label: "quadratic weighted kappa", style: "plain" },
  qwkWithin: { label: "the same, mean of questions", style: "plain" },
  kappa: { label: "Cohen's kappa", style: "plain" },
  exact: { label: "exact agreement", style: "percent" },
  adjacent: { label: "within one step", style: "percent" },
  pearson: { label: "Pearson r", style: "plain" },
  spearman: { label: "Spearman rho", style: "plain" },
  mae: { label: "mean absolute error", style: "percent" },
  rmse: { label: "root mean square error", style: "percent" },
  alphaNominal: { label: "alpha, nominal", style: "plain" },
  alphaOrdinal: { label: "alpha, ordinal", style: "plain" },
  alphaInterval: { label: "alpha, interval", style: "plain" },
};

export const BASELINE_LABELS: Readonly<Record<BaselineName, string>> = {
  constant: "the mean mark for every answer",
  item: "the mean mark of each question",
  lexical: "lexical cross-check",
  "lexical-fitted": "lexical cross-check, fitted",
};

export function numberWords(value: number, style: NumberStyle): string {
  if (style === "plain") return clean(value.toFixed(3));
  const percent = clean((value * 100).toFixed(1));
  return style === "signed-percent" && value > 0 && percent !== "0.0" ? `+${percent}%` : `${percent}%`;
}

/** Minus nought is nought. */
function clean(digits: string): string {
  return Number(digits) === 0 ? digits.replace("-", "") : digits;
}

/** Value, interval and n of an estimate as the cells of a table. */
export function cellsOf(measured: Measured, style: NumberStyle): readonly [value: string, interval: string, n: string] {
  if (measured.kind === "undefined") return ["n/a", undefinedWords(measured.reason), "0"];
  return [numberWords(measured.value, style), intervalWords(measured.interval, style), String(measured.n)];
}

/** In one cell: `0.643 [0.601, 0.684] n=150`. */
export function measuredWords(measured: Measured, style: NumberStyle): string {
  if (measured.kind === "undefined") return `n/a (${undefinedWords(measured.reason)})`;
  return `${numberWords(measured.value, style)} ${intervalWords(measured.interval, style)} n=${measured.n}`;
}

export function intervalWords(interval: Interval, style: NumberStyle): string {
  if (interval.kind === "undefined") return `(${unknownIntervalWords(interval.reason)})`;
  return rangeWords(interval.lower, interval.upper, style);
}

export function rangeWords(lower: number, upper: number, style: NumberStyle): string {
  return `[${numberWords(lower, style)}, ${numberWords(upper, style)}]`;
}

/** `1 answer`, `2 answers`. */
export function countWords(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

export function scopeWords(scope: Scope): string {
  switch (scope.kind) {
    case "pooled":
      return "all questions";
    case "question":
      return visibleLine(scope.question);
    case "criteria":
      return "all criteria";
    case "criterion":
      return `${visibleLine(scope.question)}, ${visibleLine(scope.criterion)}`;
    default:
      return scope satisfies never;
  }
}

export function warningWords(warning: AgreementWarning): string {
  switch (warning.code) {
    case "not-enough":
      return `not enough: ${countWords(warning.answers, "answer")}, where ${warning.needed} are needed; go by the intervals and not by the values`;
    case "all-equal":
      return warning.who === "judge"
        ? "the judge gave every answer the same mark"
        : "people gave every answer the same mark";
    case "lenient":
    case "harsh":
      return leaningWords(warning);
    case "length-driven":
      return lengthWords(warning);
    case "middle-drop":
      return `exact agreement is ${numberWords(warning.value, "percent")} ${rangeWords(warning.lower, warning.upper, "percent")} lower in the middle third of the scale than at its ends`;
    case "baseline-not-beaten":
      return `the judge errs by ${numberWords(warning.judge, "percent")} (root mean square), more than ${BASELINE_LABELS[warning.baseline]} with ${numberWords(warning.guess, "percent")}`;
    default:
      return warning satisfies never;
  }
}

function leaningWords({ code, by, value, lower, upper }: Extract<AgreementWarning, { by: string }>): string {
  const size = `${numberWords(value, "signed-percent")} ${rangeWords(lower, upper, "signed-percent")}`;
  const what = by === "bias" ? "of full marks, judge less people" : "in pass rate, judge less people";
  return `the judge is ${code}: ${size} ${what}`;
}

function lengthWords({ value, lower, upper }: Extract<AgreementWarning, { code: "length-driven" }>): string {
  const size = `r ${numberWords(value, "plain")} ${rangeWords(lower, upper, "plain")}`;
  return value > 0
    ? `longer answers get more from the judge than from people: error with length ${size}`
    : `longer answers get less from the judge than from people: error with length ${size}`;
}

const PROBLEMS: Readonly<Record<PairProblem["code"], string>> = {
  "unknown-candidate": "candidate not among the grades",
  "unknown-question": "question not among the grades",
  "not-graded": "answer not among the grades",
  "no-rubric": "question without a rubric",
  "unknown-criterion": "criterion not in the rubric",
  "unknown-level": "level not in the rubric",
  "off-scale": "mark outside the scale",
  "marked-twice": "marked twice by one person, the first counts",
  "no-range": "scale with one mark only",
};

/** A mark of a person that is in no figure, in one line. */
export function problemWords({ code, candidate, question, attempt, rater, criterion }: PairProblem): string {
  const place = [candidate, question, ...(criterion === "" ? [] : [criterion]), `attempt ${attempt}`, `by ${rater}`];
  return `${place.map(visibleLine).join(", ")}: ${PROBLEMS[code]}`;
}

export function pointsWords(thousandths: number): string {
  return Number.isInteger(thousandths) ? formatPoints(exact(thousandths)) : String(thousandths / 1_000);
}
