import { known, unknown } from "./estimate.ts";
import { panelOf, type Pair, type Panel } from "./panel.ts";
import { exactAgreement, meanOf } from "./shares-of-pairs.ts";
import type { Statistic } from "./statistic.ts";

export const THIRDS = ["low", "middle", "high"] as const;
export type Third = (typeof THIRDS)[number];

/** Where on the scale the second rater (the person) sees the answer. Both ends of the middle third belong to it. */
export function thirdOf({ second }: Pair): Third {
  if (second.share < 1 / 3) return "low";
  return second.share > 2 / 3 ? "high" : "middle";
}

/** The part of a panel of two raters whose answers a person sees in one third of the scale. */
export function panelOfThird({ units, pairs }: Panel, third: Third): Panel {
  const kept = new Set(pairs.filter((pair) => thirdOf(pair) === third).map(({ unit }) => unit));
  return panelOf(units.filter((_, unit) => kept.has(unit)));
}

/** Exact agreement at both ends of the scale less that in its middle: above 0 where the middle is marked less well. */
export const middleDrop: Statistic = (panel) => {
  const ends = meanOf((pair) => (thirdOf(pair) === "middle" ? undefined : isExact(pair)))(panel);
  const middle = meanOf((pair) => (thirdOf(pair) === "middle" ? isExact(pair) : undefined))(panel);
  const all = exactAgreement(panel);
  return (weights) => {
    const [atEnds, inMiddle, anywhere] = [ends(weights), middle(weights), all(weights)];
    if (anywhere.kind === "undefined") return anywhere;
    if (atEnds.kind === "undefined" || inMiddle.kind === "undefined") return unknown("no-middle");
    return known(atEnds.value - inMiddle.value, anywhere.n);
  };
};

function isExact({ first, second }: Pair): number {
  return Number(first.share === second.share);
}
