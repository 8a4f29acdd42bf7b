import type { AgreementRow } from "./agreement-row.ts";
import { nearestStep, shareOf, type MarkScale } from "./mark-scale.ts";

/** One mark of one answer by one rater, in shares of the scale, so that scales can be pooled. */
export interface Opinion {
  readonly share: number;
  /** Place of the nearest step on its own scale. */
  readonly step: number;
  /** Share of the nearest step: the category of the mark. */
  readonly category: number;
  /** Undefined where the scale has no pass line. */
  readonly passes: boolean | undefined;
}

/** The opinions on one answer that are compared with one another. */
export interface Unit {
  readonly row: AgreementRow;
  readonly opinions: readonly Opinion[];
}

export interface Pair {
  /** Place of its unit in the panel. */
  readonly unit: number;
  readonly first: Opinion;
  readonly second: Opinion;
}

/** What statistics are computed from. Every two opinions of a unit make a pair; a unit is drawn as a whole. */
export interface Panel {
  readonly units: readonly Unit[];
  readonly pairs: readonly Pair[];
}

/** A mark in thousandths, which need not be whole, on its scale. */
export function opinionOf(scale: MarkScale, points: number): Opinion {
  const step = nearestStep(scale, points);
  return {
    share: shareOf(scale, points),
    step,
    category: shareOf(scale, scale.steps[step] ?? 0),
    passes: scale.pass === undefined ? undefined : points >= scale.pass,
  };
}

export function panelOf(units: readonly Unit[]): Panel {
  return { units, pairs: units.flatMap(({ opinions }, unit) => pairsOf(opinions, unit)) };
}

function pairsOf(opinions: readonly Opinion[], unit: number): readonly Pair[] {
  return opinions.flatMap((first, at) => opinions.slice(at + 1).map((second) => ({ unit, first, second })));
}

/** A mark for each row, against each mark that a person gave: as many units as there are marks of people. */
export function againstHuman(rows: readonly AgreementRow[], markOf: (row: AgreementRow) => number | undefined): Panel {
  const units = rows.flatMap((row): readonly Unit[] => {
    const mark = markOf(row);
    if (mark === undefined) return [];
    const first = opinionOf(row.scale, mark);
    return row.human.map(({ points }) => ({ row, opinions: [first, opinionOf(row.scale, points)] }));
  });
  return panelOf(units);
}

/** People among themselves: one unit an answer that two or more of them marked. */
export function amongHumans(rows: readonly AgreementRow[]): Panel {
  const units = rows.flatMap((row): readonly Unit[] =>
    row.human.length < 2 ? [] : [{ row, opinions: row.human.map(({ points }) => opinionOf(row.scale, points)) }],
  );
  return panelOf(units);
}
