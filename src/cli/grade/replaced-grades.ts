import { UserError } from "../../core/errors.ts";
import { groupBy } from "../../core/group-by.ts";
import { answerKey } from "../../grade/records/grade-log.ts";
import { plural } from "../format.ts";

interface Judge {
  readonly provider: string;
  readonly model: string;
}

/** What is planned, over which grades. */
export interface Regrading {
  readonly plan: { readonly planned: readonly { readonly submission: Parameters<typeof answerKey>[0] }[] };
  /** By answer. */
  readonly state: { readonly grades: ReadonlyMap<string, { readonly grade: { readonly run: Judge } }> };
}

/** How many grades of other judges the plan replaces, by the model that gave them. */
export function replacedGrades({ plan, state }: Regrading, judge: Judge): ReadonlyMap<string, number> {
  const runs = plan.planned.flatMap(({ submission }) => state.grades.get(answerKey(submission))?.grade.run ?? []);
  const others = runs.filter(({ provider, model }) => provider !== judge.provider || model !== judge.model);
  return new Map([...groupBy(others, ({ model }) => model)].map(([model, own]) => [model, own.length]));
}

/** One line for each judge whose grades are about to be replaced. */
export function replacedLines(replaced: ReadonlyMap<string, number>): readonly string[] {
  return [...replaced].map(
    ([model, grades]) =>
      `${grades} of them ${grades === 1 ? "has" : "have"} a grade of ${model}, which this replaces (--set NAME keeps both)`,
  );
}

/** A judge, and how it came to be this one. */
export interface Fallback {
  readonly provider: string;
  readonly because: string;
  /** What the user asked for. */
  readonly asked: string;
}

/**
 * A key that was not there this time must not turn a model's grades into matched words.
 * @throws UserError where nobody asked for the offline judge and it would replace grades of another.
 */
export function refuseFallback(replaced: ReadonlyMap<string, number>, { provider, because, asked }: Fallback): void {
  if (asked !== "auto" || provider !== "offline" || replaced.size === 0) return;
  const grades = [...replaced.values()].reduce((sum, each) => sum + each, 0);
  const whose = [...replaced.keys()].join(", ");
  throw new UserError(`the offline judge (${because}) would replace ${plural(grades, "grade")} of ${whose}`, {
    hint: "set OPENAI_API_KEY or --base-url as before; or say --provider offline, with --set NAME to keep both",
  });
}
