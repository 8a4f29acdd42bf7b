import type { GradeState } from "./record.ts";

/** Answers by state: every state is named, those that do not occur with 0. */
export type StateTally = Readonly<Record<GradeState, number>>;

export function tallyStates(states: Iterable<GradeState>): StateTally {
  const tally: Record<GradeState, number> = {
    graded: 0,
    "needs-review": 0,
    refused: 0,
    error: 0,
    blank: 0,
    stale: 0,
    overridden: 0,
  };
  for (const state of states) tally[state] += 1;
  return tally;
}
