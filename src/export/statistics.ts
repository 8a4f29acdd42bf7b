import type { Cost } from "../core/usage.ts";
import { addCost, FREE } from "../core/usage.ts";
import { addPoints, type Thousandths } from "../grade/rubric/points.ts";
import type { Criterion } from "../grade/rubric/rubric.ts";
import type { BookGrade } from "./grade-book.ts";
import type { IndexedGrade } from "./book-index.ts";
import { groupBy } from "../core/group-by.ts";

/** A mean with how much it rests on. */
export interface Mean {
  readonly n: number;
  readonly mean: number;
}

/** Of marks that count, as shares of full marks; undefined where none counts. */
export function meanShare(grades: readonly IndexedGrade[]): Mean | undefined {
  return meanOf(
    grades.flatMap(({ counted, question }) => (counted === undefined ? [] : [counted / question.rubric.scale.max])),
  );
}

/** Undefined over nothing. */
export function meanOf(values: readonly number[]): Mean | undefined {
  if (values.length === 0) return undefined;
  return { n: values.length, mean: values.reduce((sum, value) => sum + value, 0) / values.length };
}

/** Points of the marks that count, and what they could have been. */
export interface Totals {
  readonly total: Thousandths;
  readonly max: Thousandths;
  /** How many marks that are; 0 for no total at all. */
  readonly counted: number;
}

export function totalsOf(grades: readonly IndexedGrade[]): Totals {
  const marks = grades.flatMap(({ counted, question }) =>
    counted === undefined ? [] : [{ counted, max: question.rubric.scale.max }],
  );
  return {
    total: addPoints(marks.map(({ counted }) => counted)),
    max: addPoints(marks.map(({ max }) => max)),
    counted: marks.length,
  };
}

/** The largest of any number of values, and of `least`: a call takes only so many arguments. */
export function largest(least: number, values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), least);
}

/** What a criterion gives at most; for a penalty what it takes at most, as a negative number. In thousandths. */
export function fullPoints({ levels }: Pick<Criterion, "levels">): number {
  return levels.at(-1)?.points ?? 0;
}

/** How much of the criterion's credit (or penalty) a level is, 0 to 1. */
export function shareOfCredit(criterion: Criterion, level: { readonly points: number }): number {
  const full = fullPoints(criterion);
  return full === 0 ? 0 : Math.min(1, Math.max(0, level.points / full));
}

/** What judging took. */
export interface JudgingUse {
  readonly answers: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cost: Cost;
}

export function usageOf(grades: readonly BookGrade[]): JudgingUse {
  return {
    answers: grades.length,
    inputTokens: grades.reduce((sum, { current }) => sum + current.grade.run.input_tokens, 0),
    outputTokens: grades.reduce((sum, { current }) => sum + current.grade.run.output_tokens, 0),
    cost: grades.reduce((sum, { current }) => addCost(sum, costOf(current.grade.run.cost)), FREE),
  };
}

function costOf(usd: number | null): Cost {
  return usd === null ? { kind: "unknown" } : { kind: "known", usd };
}

/** One judge and what its judging took. */
export interface JudgeUse extends JudgingUse {
  readonly provider: string;
  readonly model: string;
  /** Names under which the endpoint answered, where they differ from the one asked for. */
  readonly answeredAs: readonly string[];
}

/** Who judged, in a few words: a provider that is its own model is named once. */
export function judgeName({ provider, model }: { readonly provider: string; readonly model: string }): string {
  return provider === model ? provider : `${provider} ${model}`;
}

/** By provider and model, in the order of their names. */
export function judgesOf(grades: readonly BookGrade[]): readonly JudgeUse[] {
  const byJudge = groupBy(grades, ({ current: { grade } }) => JSON.stringify([grade.run.provider, grade.run.model]));
  return Array.from(byJudge)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, own]) => {
      const [first] = own;
      if (first === undefined) return [];
      const { provider, model } = first.current.grade.run;
      return [{ provider, model, answeredAs: answeredAs(own, model), ...usageOf(own) }];
    });
}

function answeredAs(grades: readonly BookGrade[], model: string): readonly string[] {
  const names = grades.flatMap(({ current }) => current.grade.run.model_answered ?? []);
  return [...new Set(names)].filter((name) => name !== model).toSorted();
}
