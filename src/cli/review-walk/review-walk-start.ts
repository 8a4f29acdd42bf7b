import type { ItemOrder } from "../../review/order.ts";
import type { ReviewItem } from "../../review/states.ts";
import { CARD } from "./review-walk-moves.ts";
import { byKey, isPending, keyOf, type WalkState } from "./review-walk-state.ts";

export interface WalkChoice {
  /** Terms of a filter; "" for all items. */
  readonly filter: string;
  readonly order: ItemOrder;
}

/** The walk before the first key: at the first card that waits for a decision. */
export function startOf(
  all: readonly ReviewItem[],
  chosen: readonly ReviewItem[],
  choice: WalkChoice & { readonly hasDiffTool: boolean; readonly now: number },
): WalkState {
  return {
    items: byKey(all),
    cards: chosen.map(({ proposal }) => keyOf(proposal)),
    at: Math.max(0, chosen.findIndex(isPending)),
    search: "",
    diff: "word",
    pane: CARD,
    notice: "",
    steps: [],
    scroll: 0,
    ...choice,
  };
}
