import type { Cost } from "../core/usage.ts";
import { addCost, FREE } from "../core/usage.ts";
import type { Criterion } from "../grade/rubric.ts";
import type { BookGrade } from "./grade-book.ts";
import type { IndexedGrade } from "./book-index.ts";

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

/** What a criterion gives at most; for a penalty what it takes at most, as a negative number. In thousandths. */
export function fullPoints({ levels }: Pick<Criterion, "levels">): number {
  return levels.at(-1)?.points ?? 0;
}

/** How much of the criterion's credit (or penalty) a level is, 0 to 1. */
export function shareOfCredit(criterion: Criterion, level: { readonly points: number }): number {
  const full = fullPoints(criterion);
  return full === 0 ? 0 : Math.min(1, Math.max(0, level.points / full));
}

/** What one judge was given and what it cost. */
export interface JudgeUse {
  readonly provider: string;
  readonly model: string;
  /** Names under which the endpoint answered, where they differ from the one asked for. */
  readonly answeredAs: readonly string[];
  readonly answers: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cost: Cost;
}

/** By provider and model, in the order of their names. */
export function judgesOf(grades: readonly BookGrade[]): readonly JudgeUse[] {
  const uses = new Map<string, JudgeUse>();
  for (const { current } of grades) {
    const { provider, model } = current.grade.run;
    const key = JSON.stringify([provider, model]);
    uses.set(key, addUse(uses.get(key) ?? unused(provider, model), current.grade.run));
  }
  return Array.from(uses)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([, use]) => use);
}

function unused(provider: string, model: string): JudgeUse {
  return { provider, model, answeredAs: [], answers: 0, inputTokens: 0, outputTokens: 0, cost: FREE };
}

type Run = BookGrade["current"]["grade"]["run"];

function addUse(use: JudgeUse, run: Run): JudgeUse {
  const answered = run.model_answered;
  const isNew = answered !== null && answered !== run.model && !use.answeredAs.includes(answered);
  return {
    ...use,
    answeredAs: isNew ? [...use.answeredAs, answered].toSorted() : use.answeredAs,
    answers: use.answers + 1,
    inputTokens: use.inputTokens + run.input_tokens,
    outputTokens: use.outputTokens + run.output_tokens,
    cost: addCost(use.cost, run.cost === null ? { kind: "unknown" } : { kind: "known", usd: run.cost }),
  };
}
