import { aggregate, type Consensus } from "./aggregate.ts";
import type { GradingItem } from "./grading-item.ts";
import type { Samples } from "./judge-samples.ts";
import { applyRules, type Marking } from "../rubric/rules.ts";
import type { Sample } from "./verdict.ts";

/** Samples joined criterion by criterion, and then counted: never the other way round. */
export interface Settled {
  /** In the rubric's order, as `marking.criteria`. */
  readonly consensus: readonly Consensus[];
  readonly marking: Marking;
}

/** @throws RangeError without samples. */
export function settle({ rubric }: Pick<GradingItem, "rubric">, good: readonly Sample[]): Settled {
  const consensus = aggregate(rubric.criteria, good);
  const levels = new Map(consensus.map(({ criterion, level }) => [criterion, level]));
  return { consensus, marking: applyRules(rubric, levels) };
}

/** Everything a judge said of one answer. */
export interface Judged {
  readonly item: GradingItem;
  readonly whole: Samples;
  /** With what looks like orders left out; empty where there was no second look. */
  readonly masked: Samples;
}
