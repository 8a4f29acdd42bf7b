import type { ReviewItem } from "./states.ts";

export const ITEM_ORDERS = ["file", "confidence", "cost", "length"] as const;
export type ItemOrder = (typeof ITEM_ORDERS)[number];

/**
 * Items for reading: by file as they come, least sure first, dearest first, longest first. What has no estimate comes before
 * what has, and an unknown price before a known one; equal ones stay in the order of their files.
 */
export function inOrder(items: readonly ReviewItem[], order: ItemOrder): readonly ReviewItem[] {
  if (order === "file") return items;
  const weigh = WEIGHTS[order];
  const weights = new Map(items.map((item) => [item, weigh(item)]));
  return items.toSorted((left, right) => (weights.get(left) ?? 0) - (weights.get(right) ?? 0));
}

const WEIGHTS: Readonly<Record<Exclude<ItemOrder, "file">, (item: ReviewItem) => number>> = {
  confidence: ({ proposal }) => proposal.header.signals.confidence ?? -1,
  cost: ({ proposal: { header } }) => (header.run.cost_usd === "unknown" ? -Number.MAX_VALUE : -header.run.cost_usd),
  length: ({ proposal }) => -proposal.body.length,
};
