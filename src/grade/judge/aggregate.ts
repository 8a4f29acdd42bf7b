import { placeOf } from "./judge-support.ts";
import type { Criterion } from "../rubric/rubric.ts";
import type { CriterionVerdict, Evidence, Sample } from "./verdict.ts";

/** What several samples say of one criterion together. */
export interface Consensus {
  readonly criterion: string;
  readonly level: string;
  /** The samples are tied, or two levels or more apart; the level is then the lowest of theirs and provisional. */
  readonly isSplit: boolean;
  /** Share of the samples that have another level, from 0 up to but not including 1. */
  readonly dissent: number;
  /** Located evidence of the samples that have this level, each span once, in the order of the answer. */
  readonly evidence: readonly Evidence[];
  /** Of the first sample that has this level. */
  readonly findings: string;
}

const SPLIT_SPREAD = 2;

/**
 * Joins the verdicts of samples criterion by criterion: the median level, which is the majority where there are two. Nothing is
 * rounded up, and of tied levels the first sample's has no precedence: no mark hangs on which reply came first. Points are added
 * only afterwards. Void samples must be left out.
 * @throws RangeError if there is no sample, or one that lacks a criterion.
 */
export function aggregate(criteria: readonly Criterion[], samples: readonly Sample[]): readonly Consensus[] {
  return criteria.map((criterion) => {
    const verdicts = samples.flatMap((sample) => sample.verdicts.filter((each) => each.criterion === criterion.id));
    if (verdicts.length === 0 || verdicts.length !== samples.length) {
      throw new RangeError(`criterion ${criterion.id} is not judged once in each sample`);
    }
    return consensusOf(criterion, verdicts);
  });
}

function consensusOf(criterion: Criterion, verdicts: readonly CriterionVerdict[]): Consensus {
  const { level, isSplit } = medianLevel(criterion, verdicts);
  const agreeing = verdicts.filter(({ supported }) => supported === level);
  return {
    criterion: criterion.id,
    level,
    isSplit,
    dissent: 1 - agreeing.length / verdicts.length,
    evidence: spansOf(agreeing),
    findings: agreeing[0]?.findings ?? "",
  };
}

/** Ranked by points and not by place: the lowest of a penalty's levels is the one that takes most away. */
function medianLevel(
  criterion: Criterion,
  verdicts: readonly CriterionVerdict[],
): Pick<Consensus, "level" | "isSplit"> {
  const { levels } = criterion;
  const pointsAt = (place: number): number => levels[place]?.points ?? 0;
  const places = verdicts.map(({ supported }) => placeOf(criterion, supported));
  const ranked = places.toSorted((left, right) => pointsAt(left) - pointsAt(right) || left - right);
  const middle = (ranked.length - 1) / 2;
  const lower = ranked[Math.floor(middle)];
  const isTied = lower !== ranked[Math.ceil(middle)];
  const isSplit = isTied || Math.max(...places) - Math.min(...places) >= SPLIT_SPREAD;
  const chosen = isSplit ? ranked[0] : lower;
  return { level: levels[chosen ?? 0]?.id ?? "", isSplit };
}

function spansOf(verdicts: readonly CriterionVerdict[]): readonly Evidence[] {
  const spans = new Map<string, Extract<Evidence, { status: "located" }>>();
  for (const evidence of verdicts.flatMap((verdict) => verdict.evidence)) {
    if (evidence.status !== "located") continue;
    const { start, end } = evidence.span;
    const key = `${start}-${end}`;
    if (!spans.has(key)) spans.set(key, evidence);
  }
  return [...spans.values()].toSorted(
    (left, right) => left.span.start - right.span.start || left.span.end - right.span.end,
  );
}
