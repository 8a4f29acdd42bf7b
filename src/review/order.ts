import { PROPOSAL_KINDS } from "../bank/proposal.ts";
import type { ReviewItem } from "./states.ts";

export const ITEM_ORDERS = ["file", "confidence", "cost", "length"] as const;
export type ItemOrder = (typeof ITEM_ORDERS)[number];

/**
 * Items for reading: as the files have their questions; or least sure first, dearest first, longest first. What has no
 * estimate comes before what has, and an unknown price before a known one. Equal ones stand as in their files.
 */
export function inOrder(items: readonly ReviewItem[], order: ItemOrder): readonly ReviewItem[] {
  const filed = items.toSorted(byPlace);
  if (order === "file") return filed;
  const weigh = WEIGHTS[order];
  const weights = new Map(filed.map((item) => [item, weigh(item)]));
  return filed.toSorted((left, right) => (weights.get(left) ?? 0) - (weights.get(right) ?? 0));
}

const WEIGHTS: Readonly<Record<Exclude<ItemOrder, "file">, (item: ReviewItem) => number>> = {
  confidence: ({ proposal }) => proposal.header.signals.confidence ?? -1,
  cost: ({ proposal: { header } }) => (header.run.cost_usd === "unknown" ? -Number.MAX_VALUE : -header.run.cost_usd),
  length: ({ proposal }) => -proposal.body.length,
};

/** Answers before rubrics, then by file and line; what has no place comes after what has one. */
function byPlace(left: ReviewItem, right: ReviewItem): number {
  const kinds = PROPOSAL_KINDS.indexOf(left.proposal.header.kind) - PROPOSAL_KINDS.indexOf(right.proposal.header.kind);
  if (kinds !== 0) return kinds;
  const [before, after] = [left.proposal.header.source.path, right.proposal.header.source.path];
  if (before !== after) return before < after ? -1 : 1;
  return lineOf(left) - lineOf(right);
}

function lineOf({ state }: ReviewItem): number {
  if ("place" in state) return state.place.question.line;
  return state.kind === "stale" ? state.nearest.question.line : Number.MAX_SAFE_INTEGER;
}
