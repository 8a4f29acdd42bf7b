import type { QueueRow } from "../api.ts";

export const SORT_KEYS = ["state", "title", "words", "confidence", "cost"] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/** Undefined key: the order in which the desk gave the rows. */
export interface QueueSort {
  readonly key: SortKey | undefined;
  readonly isDescending: boolean;
}

export const DESK_ORDER: QueueSort = { key: undefined, isDescending: false };

/** Rows without the value come last in either direction; equal ones keep their order. */
export function sortRows(rows: readonly QueueRow[], { key, isDescending }: QueueSort): readonly QueueRow[] {
  if (key === undefined) return rows;
  const direction = isDescending ? -1 : 1;
  return rows.toSorted((left, right) => {
    const before = left[key];
    const after = right[key];
    if (before === null || after === null) return Number(before === null) - Number(after === null);
    return direction * compare(before, after);
  });
}

/** What a click on a column's head asks for: up, down, and back to the desk's order. */
export function nextSort(sort: QueueSort, key: SortKey): QueueSort {
  if (sort.key !== key) return { key, isDescending: false };
  return sort.isDescending ? DESK_ORDER : { key, isDescending: true };
}

function compare(left: string | number, right: string | number): number {
  if (typeof left === "string" && typeof right === "string") return COLLATOR.compare(left, right);
  return Number(left) - Number(right);
}

const COLLATOR = new Intl.Collator("en", { numeric: true });
