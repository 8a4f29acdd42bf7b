import { diffArrays } from "diff";
import { findAnchors } from "./anchors.ts";

/** A half-open range of positions in a sequence. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A stretch of two sequences that is the same, removed (`after` is empty) or added (`before` is empty). */
export interface Run {
  readonly kind: "same" | "removed" | "added";
  readonly before: Range;
  readonly after: Range;
}

interface Step {
  readonly kind: Run["kind"];
  readonly count: number;
}

/** Edits to look for between two anchors. Work grows with the square, so this times the length bounds the whole. */
const MOST_EDITS_IN_GAP = 200;

/**
 * Shortest edit script by Myers' algorithm, removed before added; undefined if it needs more than `mostEdits`, since
 * work and memory grow with the square of the edits.
 */
export function shortestEdits(
  before: readonly string[],
  after: readonly string[],
  mostEdits: number,
): readonly Run[] | undefined {
  const steps = shortestSteps(before, after, mostEdits);
  return steps === undefined ? undefined : runsOf(steps);
}

/**
 * Edits between long sequences in near-linear time: shortest ones between anchors, and what is too different between
 * two anchors counts as replaced.
 */
export function anchoredEdits(before: readonly string[], after: readonly string[]): readonly Run[] {
  const steps: Step[] = [];
  let start = { before: 0, after: 0 };
  for (const anchor of findAnchors(before, after)) {
    steps.push(...stepsInGap(before.slice(start.before, anchor.before), after.slice(start.after, anchor.after)));
    steps.push({ kind: "same", count: 1 });
    start = { before: anchor.before + 1, after: anchor.after + 1 };
  }
  steps.push(...stepsInGap(before.slice(start.before), after.slice(start.after)));
  return runsOf(steps);
}

function stepsInGap(removed: readonly string[], added: readonly string[]): readonly Step[] {
  return (
    shortestSteps(removed, added, MOST_EDITS_IN_GAP) ?? [
      { kind: "removed", count: removed.length },
      { kind: "added", count: added.length },
    ]
  );
}

function shortestSteps(
  before: readonly string[],
  after: readonly string[],
  mostEdits: number,
): readonly Step[] | undefined {
  const changes = diffArrays([...before], [...after], { maxEditLength: mostEdits });
  return changes?.map(({ added, removed, count }) => ({ kind: added ? "added" : removed ? "removed" : "same", count }));
}

function runsOf(steps: readonly Step[]): readonly Run[] {
  const runs: Run[] = [];
  let at = { before: 0, after: 0 };
  for (const { kind, count } of steps) {
    if (count === 0) continue;
    const end = {
      before: at.before + (kind === "added" ? 0 : count),
      after: at.after + (kind === "removed" ? 0 : count),
    };
    const last = runs.at(-1);
    const start = last?.kind === kind ? { before: last.before.start, after: last.after.start } : at;
    if (last?.kind === kind) runs.pop();
    runs.push({
      kind,
      before: { start: start.before, end: end.before },
      after: { start: start.after, end: end.after },
    });
    at = end;
  }
  return runs;
}
