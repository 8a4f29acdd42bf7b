import type { JudgeVerdict } from "./judge-reply.ts";
import type { Criterion } from "../rubric/rubric.ts";
import type { Evidence } from "./verdict.ts";

/** What a judge said of one criterion, its quotes aside. */
export type Said = Pick<JudgeVerdict, "level" | "absent">;

/** What code leaves of the level that a judge named. */
export interface Support {
  /** Never with more credit, and never with a harder penalty, than the judge's. */
  readonly level: string;
  /** What the judge is told of it, in plain words of ours; undefined where the evidence bears the level out. */
  readonly fault: string | undefined;
}

/**
 * Holds a level against its evidence. Where the criterion asks for evidence, every level but the first needs a span of the answer,
 * and the level of a count as many separate ones as its place in the list; a penalty is no exception, so nothing is taken
 * away without proof. What is not borne out falls to the highest level that is. Credit for what is said to be absent is borne out by
 * nothing.
 */
export function supportFor(criterion: Criterion, said: Said, evidence: readonly Evidence[]): Support {
  const { levels, kind } = criterion;
  const { level: judged } = said;
  const place = placeOf(criterion, judged);
  if (criterion.evidence !== "required" || place === 0) return { level: judged, fault: undefined };
  if (said.absent) return { level: levels[0]?.id ?? judged, fault: contradiction(judged) };
  const spans = separateSpans(evidence);
  const needed = kind === "count" ? place : 1;
  if (spans >= needed) return { level: judged, fault: undefined };
  return { level: levels[kind === "count" ? spans : 0]?.id ?? judged, fault: faultOf(judged, spans, needed) };
}

/** @returns where a level stands in its criterion, from 0. @throws RangeError if it is none of its levels. */
export function placeOf({ id, levels }: Pick<Criterion, "id" | "levels">, level: string): number {
  const place = levels.findIndex((each) => each.id === level);
  if (place === -1) throw new RangeError(`criterion ${id} has no such level`);
  return place;
}

function contradiction(level: string): string {
  return `You say that the answer says nothing at all to this criterion, and yet give it the level ${level}.`;
}

function faultOf(level: string, spans: number, needed: number): string {
  const found = spans === 0 ? "none of its quotes was found" : `its quotes come to ${spans}`;
  const asked = needed === 1 ? "a quote" : `${needed} quotes from different places`;
  return `The level ${level} needs ${asked} copied letter by letter from the answer; ${found} there.`;
}

/** How many spans there are that do not overlap: two quotes of the same words are one. */
function separateSpans(evidence: readonly Evidence[]): number {
  const spans = evidence.flatMap((each) => (each.status === "located" ? [each.span] : []));
  let count = 0;
  let end = -1;
  for (const span of spans.toSorted((left, right) => left.end - right.end)) {
    if (span.start < end) continue;
    count += 1;
    ({ end } = span);
  }
  return count;
}
