import { exact, type Thousandths } from "../rubric/points.ts";
import type { Criterion, Rubric } from "../rubric/rubric.ts";

/** The marks that can be given: of a whole answer by its scale, of a criterion by its levels. */
export interface MarkScale {
  /** Distinct, ascending, two at least: the categories of kappa, QWK and confusion. */
  readonly steps: readonly Thousandths[];
  /** From here on an answer passes; undefined where there is no such line. */
  readonly pass?: Thousandths | undefined;
}

const MOST_STEPS = 1_000;

/**
 * The scale of a whole answer: its floor, the multiples of its step as totals are rounded to, its most. One with more than
 * a thousand steps is counted in a thousand.
 * @throws RangeError if the rubric's most is not above its least.
 */
export function scaleOfRubric({ scale }: Rubric): MarkScale {
  const { floor, max, pass } = scale;
  const step = Math.max(scale.step, Math.ceil((max - floor) / MOST_STEPS));
  const steps: Thousandths[] = [floor];
  for (let points = step * (Math.floor(floor / step) + 1); points < max; points += step) steps.push(exact(points));
  return { ...markScale([...steps, max]), pass };
}

/** The scale of one criterion. @throws RangeError if all its levels have the same points. */
export function scaleOfCriterion({ levels }: Criterion): MarkScale {
  return markScale(levels.map((level) => level.points));
}

/** A scale of these marks. @throws RangeError if they are all the same. */
export function markScale(points: readonly Thousandths[]): MarkScale {
  const steps = [...new Set(points)].toSorted((left, right) => left - right);
  if (steps.length < 2) throw new RangeError("a scale needs two different marks at least");
  return { steps };
}

export function leastOf({ steps }: MarkScale): number {
  return steps[0] ?? 0;
}

export function mostOf({ steps }: MarkScale): number {
  return steps.at(-1) ?? 0;
}

export function isSameScale(left: MarkScale, right: MarkScale): boolean {
  return left === right || (left.pass === right.pass && left.steps.join() === right.steps.join());
}

/** Thousandths as a share of the scale: 0 at its least mark, 1 at its most. */
export function shareOf(scale: MarkScale, points: number): number {
  const least = leastOf(scale);
  return (points - least) / (mostOf(scale) - least);
}

/** The opposite of {@link shareOf}: in thousandths, not rounded. */
export function pointsOfShare(scale: MarkScale, share: number): number {
  const least = leastOf(scale);
  return least + share * (mostOf(scale) - least);
}

/** Place in `steps` of the step nearest to these thousandths; halfway counts upward. */
export function nearestStep({ steps }: MarkScale, points: number): number {
  let low = 0;
  let high = steps.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const border = ((steps[middle] ?? 0) + (steps[middle + 1] ?? 0)) / 2;
    if (points < border) high = middle;
    else low = middle + 1;
  }
  return low;
}
