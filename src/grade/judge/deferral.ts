import { doubtOfFlags, inOrder } from "./flag-effects.ts";
import type { Thousandths } from "../rubric/points.ts";
import type { GradeFlag, GradeRecord } from "../records/record.ts";
import type { Scale } from "../rubric/rubric.ts";

/** What makes a grade doubtful, beside its flags. */
export interface DoubtSignals {
  readonly mark: Thousandths;
  readonly scale: Scale;
  /** Of the samples, the largest of all criteria: share of samples that have another level. */
  readonly dissent: number;
  /** Share of full marks by the offline cross-check. */
  readonly crossCheck: number | undefined;
}

/** So close to the pass mark, as a share of full marks, one step of a level or two decides. */
const NEAR_PASS = 0.1;
/** Half of full marks apart: more than twice the usual error of the cross-check. */
const FAR_FROM_CROSS_CHECK = 0.5;
/** So far above it is rare for an honest answer, and where a judge that took a plea for an answer ends. */
const FAR_ABOVE_CROSS_CHECK = 0.75;

// How much each signal alone makes a grade doubtful at its worst. Dissent first: where samples agree, people agree with them
// markedly more often, and nothing else at hand tells as much.
const WEIGHTS = { dissent: 0.9, nearPass: 0.4, crossCheck: 0.5 } as const;

/** What the mark itself gives reason to tell. */
export function markFlags({ mark, scale, crossCheck }: DoubtSignals): readonly GradeFlag[] {
  const flags: GradeFlag[] = [];
  if (closenessToPass(mark, scale) > 0) flags.push("near-pass-mark");
  const above = crossCheck === undefined ? 0 : aboveCrossCheck(mark, scale, crossCheck);
  if (above >= FAR_ABOVE_CROSS_CHECK) flags.push("cross-check-far-below");
  else if (Math.abs(above) >= FAR_FROM_CROSS_CHECK) flags.push("cross-check-differs");
  return flags;
}

/**
 * How much a person should look at a grade, from 0 (sure) to 1: signals and flags taken as independent reasons to doubt,
 * 1 - ∏(1 - weight · signal), to four decimals. It orders grades; it is no probability.
 */
export function doubtOf(signals: DoubtSignals, flags: readonly GradeFlag[]): number {
  const { mark, scale, dissent, crossCheck } = signals;
  const reasons = [
    WEIGHTS.dissent * dissent,
    WEIGHTS.nearPass * closenessToPass(mark, scale),
    WEIGHTS.crossCheck * (crossCheck === undefined ? 0 : Math.abs(aboveCrossCheck(mark, scale, crossCheck))),
    ...doubtOfFlags(flags),
  ];
  const trust = reasons.reduce((product, reason) => product * (1 - reason), 1);
  return Math.round((1 - trust) * 10_000) / 10_000;
}

/** 1 at the pass mark, 0 from a tenth of full marks away; 0 where there is no such mark. */
export function closenessToPass(mark: Thousandths, { pass, max }: Scale): number {
  if (pass === undefined || max <= 0) return 0;
  return Math.max(0, 1 - Math.abs(mark - pass) / (NEAR_PASS * max));
}

/** How far a mark stands above the cross-check, as a share of full marks; below 0 where it stands below. */
export function aboveCrossCheck(mark: Thousandths, { max }: Scale, crossCheck: number): number {
  return max <= 0 ? 0 : Math.min(1, Math.max(0, mark / max)) - crossCheck;
}

/**
 * Hands the most doubtful share of the grades that count to a person: `needs-review`, flag `review-budget`. The share is an upper
 * bound. Among equally doubtful grades the hash of the answer decides, so that no candidate is picked by name or place.
 * @param share from 0 to 1.
 * @returns all records in the order given.
 */
export function deferWorst(records: readonly GradeRecord[], share: number): readonly GradeRecord[] {
  const graded = records.filter(({ state }) => state === "graded");
  // 0.29 · 100 is a little less than 29.
  const count = Math.floor(share * graded.length + 1e-9);
  const worst = new Set(graded.toSorted(byDoubt).slice(0, count));
  return records.map((record) => (worst.has(record) ? deferred(record) : record));
}

function deferred(record: GradeRecord): GradeRecord {
  return { ...record, state: "needs-review", flags: inOrder([...record.flags, "review-budget"]) };
}

function byDoubt(left: GradeRecord, right: GradeRecord): number {
  return right.doubt - left.doubt || compare(tieBreak(left), tieBreak(right));
}

function tieBreak({ answer, candidate, question, attempt }: GradeRecord): string {
  return JSON.stringify([answer.hash, candidate, question, attempt]);
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
