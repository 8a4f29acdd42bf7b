import { measuredWords, type NumberStyle, STATISTIC_STYLES } from "../grade/agreement/agreement-words.ts";
import type { BaselineName } from "../grade/agreement/baselines.ts";
import type { ScopeReport } from "../grade/agreement/scope-report.ts";
import { STATISTIC_NAMES } from "../grade/agreement/statistics.ts";
import { intervalChart, type IntervalRow } from "./chart-intervals.ts";
import { errorByLength, type MarkPair, scatter } from "./chart-pairs.ts";
import type { Drawing } from "./drawing.ts";
import { dataTable, figure } from "./figure.ts";
import { html, type Html } from "./html.ts";

export function pairsFigure(drawing: Drawing, { judge, people }: ScopeReport, pairs: readonly MarkPair[]): Html {
  return figure({
    title: "Judge and person",
    caption:
      "Each bubble is a pair of marks of the same answer. On the line both agree; above it the judge gives more.",
    chart: scatter(drawing, pairs),
    table: dataTable(
      ["Figure", "Judge and person", "Person and person"],
      STATISTIC_NAMES.map((name) => {
        const { label, style } = STATISTIC_STYLES[name];
        return [label, measuredWords(judge.statistics[name], style), measuredWords(people.statistics[name], style)];
      }),
    ),
  });
}

export function lengthFigure(drawing: Drawing, { length }: ScopeReport, pairs: readonly MarkPair[]): Html {
  const { errorPerHundredWords: slope, errorWithLength: correlation } = length;
  return figure({
    title: "Error and length",
    caption: html`How far the judge is off, by the length of the answer. For each hundred words more:
    ${measuredWords(slope, "signed-percent")}.`,
    chart: errorByLength(drawing, pairs, slope.kind === "known" ? slope.value : undefined),
    table: dataTable(
      ["Figure", "Value"],
      [
        ["error for 100 words more", measuredWords(slope, "signed-percent")],
        ["correlation of error and length", measuredWords(correlation, "plain")],
      ],
    ),
  });
}

export function biasFigure(
  drawing: Drawing,
  scopes: readonly ScopeReport[],
  labels: ReadonlyMap<string, string>,
): Html {
  const rows = scopes.flatMap(({ scope, judge }): readonly IntervalRow[] => {
    const { bias: measured } = judge.statistics;
    if (scope.kind === "pooled") return [{ name: "All questions", measured, isMain: true }];
    if (scope.kind === "question")
      return [{ name: labels.get(scope.question) ?? scope.question, measured, isMain: false }];
    return [];
  });
  return figure({
    title: "Bias by question",
    caption: "Judge less person, mean and 95% interval. An interval that leaves zero out is a judge that leans.",
    chart: intervalChart(drawing, {
      label: "Bias of the judge by question, with intervals.",
      rows,
      style: "signed-percent",
      reference: 0,
    }),
    table: intervalTable(rows, "signed-percent"),
  });
}

export function thirdsFigure(drawing: Drawing, { thirds }: ScopeReport): Html {
  const rows = thirds.map(({ third, exact }) => ({ name: `${third} third`, measured: exact, isMain: true }));
  return figure({
    title: "Thirds of the scale",
    caption: "Share of answers with exactly the same mark, by where the person put the answer.",
    chart: intervalChart(drawing, {
      label: "Exact agreement in the low, middle and high third of the scale.",
      rows,
      style: "percent",
      reference: 0,
    }),
    table: dataTable(
      ["Third", "Exact agreement", "Bias", "Mean absolute error"],
      thirds.map(({ third, exact, bias, mae }) => [
        third,
        measuredWords(exact, "percent"),
        measuredWords(bias, "signed-percent"),
        measuredWords(mae, "percent"),
      ]),
    ),
  });
}

/** Short, for they stand beside a chart. */
const BASELINE_NAMES: Readonly<Record<BaselineName, string>> = {
  constant: "one mark for all",
  item: "question's mean",
  lexical: "cross-check",
  "lexical-fitted": "cross-check, fitted",
};

export function baselinesFigure(drawing: Drawing, { judge, people, baselines }: ScopeReport): Html {
  const rows: readonly IntervalRow[] = [
    { name: "judge", measured: judge.statistics.rmse, isMain: true },
    { name: "other people", measured: people.statistics.rmse, isMain: false },
    ...baselines.map(({ name, statistics }) => ({
      name: BASELINE_NAMES[name],
      measured: statistics.rmse,
      isMain: false,
    })),
  ];
  return figure({
    title: "What the judge must beat",
    caption:
      "Root mean square distance from a person's mark; less is better. Below the people stand guesses that need no judge.",
    chart: intervalChart(drawing, {
      label: "Distance from people's marks: the judge, other people and simple guesses.",
      rows,
      style: "percent",
      reference: 0,
    }),
    table: intervalTable(rows, "percent"),
  });
}

function intervalTable(rows: readonly IntervalRow[], style: NumberStyle): Html {
  return dataTable(
    ["Row", "Value"],
    rows.map(({ name, measured }) => [name, measuredWords(measured, style)]),
  );
}
