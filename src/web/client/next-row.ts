import type { QueueRow } from "../api.ts";

/**
 * Where an item stands in the queue. One that the filter lets through no more, since it was decided, stands where it was.
 *
 * @param last its position when it was last seen.
 */
export function positionOf(rows: readonly QueueRow[], id: string, last: number): { at: number; isThere: boolean } {
  const at = rows.findIndex((row) => row.id === id);
  return at === -1 ? { at: Math.min(last, rows.length), isThere: false } : { at, isThere: true };
}

/** The row a step away; undefined at either end. */
export function rowAt(
  rows: readonly QueueRow[],
  { at, isThere }: { readonly at: number; readonly isThere: boolean },
  step: 1 | -1,
): QueueRow | undefined {
  return rows[step === 1 && !isThere ? at : at + step];
}

/** The next that waits for a decision, from the start again after the end; never the item itself. */
export function nextWaiting(rows: readonly QueueRow[], id: string, last: number): QueueRow | undefined {
  const { at, isThere } = positionOf(rows, id, last);
  const after = rows.slice(isThere ? at + 1 : at);
  return [...after, ...rows.slice(0, at)].find((row) => row.status === "pending" && row.id !== id);
}
