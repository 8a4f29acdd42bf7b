import { groupBy } from "../../core/group-by.ts";
import { visibleLine } from "../../core/sanitise.ts";
import { GRADE_STATES } from "../records/record.ts";
import type { AgreementReport } from "./agreement-report.ts";
import {
  BASELINE_LABELS,
  cellsOf,
  countWords,
  intervalWords,
  measuredWords,
  pointsWords,
  problemWords,
  scopeWords,
  STATISTIC_STYLES,
  warningWords,
} from "./agreement-words.ts";
import type { Outlier } from "./outliers.ts";
import type { ScopeReport } from "./scope-report.ts";
import { STATISTIC_NAMES, type StatisticName } from "./statistics.ts";
import { LEAST_ANSWERS } from "./warnings.ts";

/** A report as parts that any medium can print. No part holds a line break or a control character. */
export type Block =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "lines"; readonly lines: readonly string[] }
  | { readonly kind: "table"; readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };

const MOST_LISTED = 20;
const WIDEST_CONFUSION = 11;
const SUMMARY = ["bias", "mae", "exact", "qwk"] as const;

/** What can be unfair comes first, then agreement, then what it is to be measured by. */
export function agreementBlocks(report: AgreementReport): readonly Block[] {
  const [pooled, ...others] = report.scopes;
  return [
    { kind: "heading", text: "How far the judge agrees with people" },
    { kind: "lines", lines: coverageLines(report) },
    ...(pooled === undefined ? [] : scopeBlocks(pooled)),
    ...summaryBlocks("By question", others, "question"),
    ...others.filter(({ scope }) => scope.kind === "criteria").flatMap(scopeBlocks),
    ...summaryBlocks("By criterion", others, "criterion"),
    ...outlierBlocks(report),
    ...problemBlocks(report),
    { kind: "lines", lines: methodLines(report) },
  ];
}

/** What one looks at first: the pooled figures, what is to be said of them, and a line a question. */
export function agreementSummary(report: AgreementReport): readonly Block[] {
  const [pooled, ...others] = report.scopes;
  if (report.coverage.compared === 0) return nothingCompared(report);
  return [
    { kind: "heading", text: "How far the judge agrees with people" },
    { kind: "lines", lines: coverageLines(report) },
    ...(pooled === undefined ? [] : [...openingBlocks(pooled, MAIN), ...baselineBlocks(pooled)]),
    ...questionLines(others.filter(({ scope }) => scope.kind === "question")),
    ...problemBlocks(report),
  ];
}

/** Figures of nothing would be a page of n/a. */
function nothingCompared(report: AgreementReport): readonly Block[] {
  return [
    { kind: "heading", text: "How far the judge agrees with people" },
    { kind: "lines", lines: coverageLines(report) },
    { kind: "lines", lines: ["nothing to compare: no answer has a mark of the judge that counts and a person's"] },
    ...problemBlocks(report),
  ];
}

const MAIN = ["bias", "passGap", "qwk", "exact", "adjacent", "mae", "rmse"] as const satisfies readonly StatisticName[];

function questionLines(scopes: readonly ScopeReport[]): readonly Block[] {
  if (scopes.length === 0) return [];
  const rows = scopes.map(({ scope, judge, warnings }) => {
    const { bias, qwk } = judge.statistics;
    const leanings = warnings.flatMap(({ code }) => (code === "harsh" || code === "lenient" ? [code] : []));
    return [
      scopeWords(scope),
      String(judge.answers),
      ...[cellsOf(bias, "signed-percent"), cellsOf(qwk, "plain")].map(([value, interval]) => `${value} ${interval}`),
      [...new Set(leanings)].join(", "),
    ];
  });
  return [
    { kind: "heading", text: "By question" },
    { kind: "table", header: ["", "answers", "bias", "quadratic weighted kappa", "the judge is"], rows },
    { kind: "lines", lines: fewnessLines(scopes) },
  ];
}

function coverageLines({ coverage }: AgreementReport): readonly string[] {
  const { answers, states, marked, compared, leftOut } = coverage;
  const counts = (of: typeof states): string =>
    GRADE_STATES.filter((state) => of[state] > 0)
      .map((state) => `${of[state]} ${state}`)
      .join(", ");
  return [
    `${countWords(answers, "answer")}: ${counts(states) || "none"}`,
    `${marked} marked by people, ${compared} of them compared`,
    ...(marked > compared ? [`left out of all figures: ${counts(leftOut)}`] : []),
  ];
}

function scopeBlocks(report: ScopeReport): readonly Block[] {
  return [
    ...openingBlocks(report, STATISTIC_NAMES),
    ...thirdBlocks(report),
    ...lengthBlocks(report),
    ...baselineBlocks(report),
    ...confusionBlocks(report),
  ];
}

/** What a scope is, what is to be said of it, and some of its figures. */
function openingBlocks(report: ScopeReport, names: readonly StatisticName[]): readonly Block[] {
  const { scope, judge, people, candidates, questions, range } = report;
  const sides = [
    { name: "judge and people", statistics: judge.statistics },
    ...(people.pairs === 0 ? [] : [{ name: "people among themselves", statistics: people.statistics }]),
  ];
  const scale =
    range === undefined ? "scales differ" : `${pointsWords(range.least)} to ${pointsWords(range.most)} points`;
  return [
    { kind: "heading", text: `${scopeWords(scope)}: ${countWords(judge.answers, "answer")}` },
    {
      kind: "lines",
      lines: [
        headline(report),
        `${countWords(candidates, "candidate")}, ${countWords(questions, "question")}, ${countWords(judge.pairs, "pair")}; ${scale}`,
      ],
    },
    { kind: "lines", lines: report.warnings.map((warning) => `! ${warningWords(warning)}`) },
    {
      kind: "table",
      header: ["", ...sides.flatMap(({ name }) => [name, "95%", "n"])],
      rows: names.map((name) => {
        const { label, style } = STATISTIC_STYLES[name];
        return [label, ...sides.flatMap(({ statistics }) => cellsOf(statistics[name], style))];
      }),
    },
    { kind: "lines", lines: [ceilingLine(report)] },
  ];
}

/** The two figures to go by. Of a small set the interval is all that can be said. */
function headline({ judge: { answers, statistics } }: ScopeReport): string {
  const figures = [
    { name: "bias", measured: statistics.bias, style: "signed-percent" as const },
    { name: "QWK", measured: statistics.qwk, style: "plain" as const },
  ];
  if (answers >= LEAST_ANSWERS) {
    return figures.map(({ name, measured, style }) => `${name} ${measuredWords(measured, style)}`).join("; ");
  }
  const ranges = figures.map(({ name, measured, style }) => {
    if (measured.kind === "undefined") return `${name} ${measuredWords(measured, style)}`;
    return `${name} somewhere in ${intervalWords(measured.interval, style)}`;
  });
  return `not enough for more than this: ${ranges.join(", ")}; n=${answers}`;
}

function ceilingLine({ people, judge }: ScopeReport): string {
  const [own, other] = [people.statistics.qwk, judge.statistics.qwk];
  if (own.kind === "undefined") return "How far people agree among themselves is not known: mark some answers twice.";
  return `People agree among themselves at QWK ${measuredWords(own, "plain")}; the judge with them at ${measuredWords(other, "plain")}.`;
}

function thirdBlocks({ thirds, middle }: ScopeReport): readonly Block[] {
  return [
    {
      kind: "table",
      header: ["third of the scale, by people", "bias", "exact agreement", "mean absolute error"],
      rows: thirds.map(({ third, bias, exact, mae }) => [
        third,
        measuredWords(bias, "signed-percent"),
        measuredWords(exact, "percent"),
        measuredWords(mae, "percent"),
      ]),
    },
    {
      kind: "lines",
      lines: [`exact agreement at the ends less that in the middle: ${measuredWords(middle.drop, "signed-percent")}`],
    },
  ];
}

function lengthBlocks({ length }: ScopeReport): readonly Block[] {
  const slope = measuredWords(length.errorPerHundredWords, "signed-percent");
  const correlation = measuredWords(length.errorWithLength, "plain");
  return [{ kind: "lines", lines: [`error for 100 words more: ${slope}`, `error with length: r ${correlation}`] }];
}

function baselineBlocks({ baselines, judge }: ScopeReport): readonly Block[] {
  const contestants = [
    { label: "the judge", statistics: judge.statistics },
    ...baselines.map(({ name, statistics }) => ({ label: BASELINE_LABELS[name], statistics })),
  ];
  return [
    {
      kind: "table",
      header: ["against people", "root mean square error", "QWK", "Pearson r"],
      rows: contestants.map(({ label, statistics: { rmse, qwk, pearson } }) => [
        label,
        measuredWords(rmse, "percent"),
        measuredWords(qwk, "plain"),
        measuredWords(pearson, "plain"),
      ]),
    },
  ];
}

function confusionBlocks({ confusion }: ScopeReport): readonly Block[] {
  if (confusion.kind === "undefined" || confusion.marks.length > WIDEST_CONFUSION) return [];
  const marks = confusion.marks.map(pointsWords);
  return [
    {
      kind: "table",
      header: ["people (rows), judge (columns)", ...marks],
      rows: confusion.counts.map((counts, at) => [marks[at] ?? "", ...counts.map(String)]),
    },
  ];
}

function summaryBlocks(text: string, scopes: readonly ScopeReport[], kind: "question" | "criterion"): readonly Block[] {
  const own = scopes.filter(({ scope }) => scope.kind === kind);
  if (own.length === 0) return [];
  const isTwiceMarked = own.some(({ people }) => people.pairs > 0);
  return [
    { kind: "heading", text },
    {
      kind: "table",
      header: [
        "",
        ...SUMMARY.map((name) => STATISTIC_STYLES[name].label),
        ...(isTwiceMarked ? ["that of people among themselves"] : []),
      ],
      rows: own.map(({ scope, judge, people }) => [
        scopeWords(scope),
        ...SUMMARY.map((name) => measuredWords(judge.statistics[name], STATISTIC_STYLES[name].style)),
        ...(isTwiceMarked ? [measuredWords(people.statistics.qwk, "plain")] : []),
      ]),
    },
    { kind: "lines", lines: [...fewnessLines(own), ...own.flatMap(ownWarningLines)] },
  ];
}

/** What is true of many is said once. */
function fewnessLines(scopes: readonly ScopeReport[]): readonly string[] {
  const few = scopes.filter(({ warnings }) => warnings.some(({ code }) => code === "not-enough"));
  if (few.length === 0) return [];
  return [
    `! not enough: ${few.length} of ${scopes.length} have fewer than ${LEAST_ANSWERS} answers; go by the intervals and not by the values`,
  ];
}

function ownWarningLines({ scope, warnings }: ScopeReport): readonly string[] {
  return warnings
    .filter(({ code }) => code !== "not-enough")
    .map((warning) => `! ${scopeWords(scope)}: ${warningWords(warning)}`);
}

function outlierBlocks({ outliers: { examined, found } }: AgreementReport): readonly Block[] {
  if (examined === 0) return [];
  const answers = [
    ...groupBy(found, ({ candidate, question, attempt, criterion }) =>
      JSON.stringify([candidate, question, attempt, criterion]),
    ).values(),
  ];
  const lines = answers.flatMap((marks) =>
    marks.every(({ raters }) => raters === 1) ? [pairLine(marks)] : marks.map(outlierLine),
  );
  return [
    { kind: "heading", text: `Marks of people far from those of others: ${found.length} of ${examined}` },
    { kind: "lines", lines: shortened(lines) },
  ];
}

/** Two people are as far from each other as each is from the other, which is one disagreement. */
function pairLine(marks: readonly Outlier[]): string {
  const words = marks.map(({ rater, points }) => `${visibleLine(rater)} ${pointsWords(points)}`);
  return `${marks.slice(0, 1).map(placeWords).join("")}: ${words.join(", ")}`;
}

function outlierLine(mark: Outlier): string {
  return `${placeWords(mark)}, ${visibleLine(mark.rater)}: ${pointsWords(mark.points)}, others ${pointsWords(mark.others)}`;
}

function placeWords({ candidate, question, criterion }: Outlier): string {
  return [candidate, question, ...(criterion === undefined ? [] : [criterion])].map(visibleLine).join(", ");
}

function problemBlocks({ problems }: AgreementReport): readonly Block[] {
  if (problems.length === 0) return [];
  return [
    { kind: "heading", text: `Marks of people in no figure: ${problems.length}` },
    { kind: "lines", lines: shortened(problems.map(problemWords)) },
  ];
}

function shortened(lines: readonly string[]): readonly string[] {
  const rest = lines.length - MOST_LISTED;
  return rest > 0 ? [...lines.slice(0, MOST_LISTED), `and ${rest} more`] : lines;
}

function methodLines({ settings: { resamples, seed } }: AgreementReport): readonly string[] {
  return [
    "Percentages are of the scale; differences are judge less people, above 0 is generous. Kappa, QWK, steps and alpha",
    "but interval are of the nearest steps of the scale, all else of the marks as they are.",
    `95% intervals by ${resamples} redraws of candidates, and of questions where these are pooled (seed ${seed}).`,
  ];
}
