import { unknown, type UndefinedReason } from "./estimate.ts";
import { isSameScale, type MarkScale } from "./mark-scale.ts";
import type { Panel } from "./panel.ts";

/** How often which mark of the second rater (rows) met which of the first (columns). */
export type Confusion =
  | {
      readonly kind: "known";
      /** Steps of the scale that occur, ascending, in thousandths. */
      readonly marks: readonly number[];
      readonly counts: readonly (readonly number[])[];
    }
  | { readonly kind: "undefined"; readonly reason: UndefinedReason };

/** Marks between two steps count as the nearest. Questions with different scales have no table in common. */
export function confusionOf({ units, pairs }: Panel): Confusion {
  const scale: MarkScale | undefined = units[0]?.row.scale;
  if (scale === undefined) return unknown("no-pairs");
  if (!units.every(({ row }) => isSameScale(row.scale, scale))) return unknown("scales-differ");
  const occurring = new Set(pairs.flatMap(({ first, second }) => [first.step, second.step]));
  const steps = [...occurring].toSorted((left, right) => left - right);
  const place = new Map(steps.map((step, at) => [step, at]));
  const counts = steps.map(() => steps.map(() => 0));
  for (const { first, second } of pairs) {
    const row = counts[place.get(second.step) ?? 0];
    const column = place.get(first.step) ?? 0;
    if (row !== undefined) row[column] = (row[column] ?? 0) + 1;
  }
  return { kind: "known", marks: steps.map((step) => scale.steps[step] ?? 0), counts };
}
