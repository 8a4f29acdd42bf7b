import type { QueueRow } from "../api.ts";
import { flagWord, stateWord } from "./words.ts";

/** Why rows are not part of a batch, and which these are. */
export interface Exclusion {
  readonly reason: string;
  readonly rows: readonly QueueRow[];
}

export interface BatchChoice {
  readonly accepted: readonly QueueRow[];
  readonly excluded: readonly Exclusion[];
  readonly files: number;
  readonly words: number;
}

/** Of the rows what "accept all clean ones" takes: pending drafts at a safe place, without a flag; never a grade. */
export function batchChoice(rows: readonly QueueRow[]): BatchChoice {
  const excluded = new Map<string, QueueRow[]>();
  const accepted = rows.filter((row) => {
    const reason = exclusionOf(row);
    if (reason !== undefined) excluded.set(reason, [...(excluded.get(reason) ?? []), row]);
    return reason === undefined;
  });
  return {
    accepted,
    excluded: Array.from(excluded, ([reason, out]) => ({ reason, rows: out })),
    files: new Set(accepted.map(({ place }) => place)).size,
    words: accepted.reduce((sum, { words }) => sum + words, 0),
  };
}

function exclusionOf({ kind, status, state, flags }: QueueRow): string | undefined {
  if (kind === "grade") return "a grade is for a person to look at";
  if (status !== "pending") return `already ${status}`;
  if (state !== "clean" && state !== "moved") return stateWord(state);
  const [flag] = flags;
  return flag === undefined ? undefined : `flagged: ${flagWord(flag)}`;
}
