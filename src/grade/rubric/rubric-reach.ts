import { exact, type Thousandths } from "./points.ts";
import type { Criterion, Rubric } from "./rubric.ts";
import { applyRules } from "./rules.ts";

/** More than any rubric comes to. */
export const UNBOUNDED = exact(2 ** 50);

/** What the totals of a rubric reach from and to. No rule makes a total fall where a level rises, so two sums tell. */
export interface Reach {
  readonly least: Thousandths;
  readonly best: Thousandths;
}

/** Totals as the rules make them. */
export function reachOf(rubric: Rubric): Reach {
  return { least: totalOf(rubric, worstLevel), best: totalOf(rubric, bestLevel) };
}

/** Totals before the rubric's own maximum and floor, rounded to its step. */
export function unboundedReach(rubric: Rubric): Reach {
  return reachOf({ ...rubric, scale: { ...rubric.scale, max: UNBOUNDED, floor: exact(0 - UNBOUNDED) } });
}

/** The highest total without credit for one criterion, were it not required. */
export function bestWithout(rubric: Rubric, criterion: Criterion): Thousandths {
  const criteria = rubric.criteria.map((each) =>
    each.id === criterion.id ? { ...each, capWithout: undefined } : each,
  );
  return totalOf({ ...rubric, criteria }, (each) => (each.id === criterion.id ? worstLevel(each) : bestLevel(each)));
}

function totalOf(rubric: Rubric, choose: (criterion: Criterion) => string): Thousandths {
  return applyRules(rubric, new Map(rubric.criteria.map((each) => [each.id, choose(each)]))).total;
}

function worstLevel({ levels }: Criterion): string {
  return levels.reduce((worst, level) => (level.points < worst.points ? level : worst)).id;
}

function bestLevel({ levels }: Criterion): string {
  return levels.reduce((best, level) => (level.points > best.points ? level : best)).id;
}
