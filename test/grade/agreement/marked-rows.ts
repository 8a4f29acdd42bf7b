import { leastOf, markScale, mostOf, type MarkScale } from "../../../src/grade/agreement/mark-scale.ts";
import type { AgreementRow } from "../../../src/grade/agreement/agreement-row.ts";
import { below, type Random } from "../../../src/grade/agreement/random.ts";
import { exact, thousandths } from "../../../src/grade/rubric/points.ts";

/** Marks 0, 1, 2, … up to `most`; from `pass` on an answer passes. */
export function wholePoints(most: number, pass?: number): MarkScale {
  const steps = Array.from({ length: most + 1 }, (_, points) => thousandths(points));
  return { ...markScale(steps), pass: pass === undefined ? undefined : thousandths(pass) };
}

/** A row of a graded answer; `human` in points by rater A, B, C, …, undefined where that rater gave none. */
export function row(
  judge: number | undefined,
  human: readonly (number | undefined)[],
  changes: Partial<AgreementRow> = {},
): AgreementRow {
  return {
    candidate: "c-1",
    question: "q-1",
    attempt: 1,
    criterion: undefined,
    scale: wholePoints(10),
    state: "graded",
    judge: judge === undefined ? undefined : thousandths(judge),
    human: human.flatMap((points, rater) =>
      points === undefined
        ? []
        : [{ rater: String.fromCharCode("A".charCodeAt(0) + rater), points: thousandths(points) }],
    ),
    words: 100,
    ...changes,
  };
}

/** A mark on the scale, `points` moved by `steps` whole points and held inside. */
export function onScale(scale: MarkScale, points: number): number {
  return exact(Math.min(mostOf(scale), Math.max(leastOf(scale), Math.round(points) * 1_000))) / 1_000;
}

/** Roughly normal, mean 0 and deviation 1: the sum of twelve even draws less six. */
export function normal(random: Random): number {
  return Array.from({ length: 12 }, () => random()).reduce((sum, each) => sum + each, -6);
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[below(random, items.length)];
  if (item === undefined) throw new RangeError("nothing to pick from");
  return item;
}
