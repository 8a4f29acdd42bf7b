import { exact, type Thousandths } from "./points.ts";
import type { Criterion, Level, Rubric, Scale } from "./rubric.ts";
import { applyRules } from "./rules.ts";

const FAR = exact(2 ** 50);

/** The lowest and the highest total that levels can come to, before the rubric's own maximum and floor. */
export interface Reach {
  readonly least: Thousandths;
  readonly best: Thousandths;
}

/** Every criterion at its first and at its best level: no rule makes a total fall where a level rises. */
export function reachOf(rubric: Omit<Rubric, "scale"> & { readonly scale: Omit<Scale, "max"> }): Reach {
  const unbounded = { ...rubric, scale: { ...rubric.scale, max: FAR, floor: exact(0 - FAR) } };
  const total = (choose: (criterion: Criterion) => Level | undefined): Thousandths =>
    applyRules(unbounded, new Map(rubric.criteria.map((each) => [each.id, choose(each)?.id ?? ""]))).total;
  return { least: total(worstLevel), best: total(bestLevel) };
}

function worstLevel({ levels }: Criterion): Level | undefined {
  return levels.reduce((worst, level) => (level.points < worst.points ? level : worst));
}

function bestLevel({ levels }: Criterion): Level | undefined {
  return levels.reduce((best, level) => (level.points > best.points ? level : best));
}
