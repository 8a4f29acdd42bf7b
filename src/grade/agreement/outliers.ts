import type { AgreementRow } from "./agreement-row.ts";
import { leastOf, mostOf } from "./mark-scale.ts";

/** A mark of one rater that lies far from what the others gave to the same answer. Points are in thousandths. */
export interface Outlier {
  readonly candidate: string;
  readonly question: string;
  readonly attempt: number;
  readonly criterion: string | undefined;
  readonly rater: string;
  readonly points: number;
  /** Median of the others' marks; halfway between the middle two where their number is even. */
  readonly others: number;
  /** How many others there are: with one, either of the two may be wrong. */
  readonly raters: number;
}

const FAR = 0.25;

/** Marks more than a quarter of the scale away from the median of the others. */
export function outliersAmongRaters(rows: readonly AgreementRow[]): readonly Outlier[] {
  return rows.flatMap((row) =>
    row.human.flatMap(({ rater, points }): readonly Outlier[] => {
      const others = row.human.filter((mark) => mark.rater !== rater).map((mark) => mark.points);
      const far = FAR * (mostOf(row.scale) - leastOf(row.scale));
      const middle = median(others);
      if (middle === undefined || Math.abs(points - middle) <= far) return [];
      const { candidate, question, attempt, criterion } = row;
      return [{ candidate, question, attempt, criterion, rater, points, others: middle, raters: others.length }];
    }),
  );
}

function median(values: readonly number[]): number | undefined {
  const ascending = values.toSorted((left, right) => left - right);
  const upper = ascending[Math.floor(ascending.length / 2)];
  const lower = ascending[Math.ceil(ascending.length / 2) - 1];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}
