import type { Criterion, Rubric } from "../rubric/rubric.ts";
import type { Settled } from "../judge/settle.ts";
import type { Evidence } from "../judge/verdict.ts";

export type LocatedEvidence = Extract<Evidence, { readonly status: "located" }>;

/** What bears out the level of one criterion that asks for evidence and is given more than its first level. */
export interface Proof {
  readonly criterion: Criterion;
  /** What the level moves the mark by, up or down, in thousandths: 0 for the lesser criteria of a one-of group. */
  readonly weight: number;
  readonly spans: readonly LocatedEvidence[];
}

/** In the rubric's order. */
export function proofsOf({ criteria }: Rubric, { consensus, marking }: Settled): readonly Proof[] {
  return criteria.flatMap((criterion, at): readonly Proof[] => {
    const own = consensus[at];
    const isProven = own !== undefined && criterion.evidence === "required" && own.level !== criterion.levels[0]?.id;
    if (!isProven) return [];
    return [{ criterion, weight: Math.abs(marking.criteria[at]?.counted ?? 0), spans: own.evidence.filter(isLocated) }];
  });
}

function isLocated(evidence: Evidence): evidence is LocatedEvidence {
  return evidence.status === "located";
}
