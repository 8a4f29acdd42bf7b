import { UserError } from "../core/errors.ts";
import { parseFilter } from "../review/filter.ts";
import { inOrder, type ItemOrder } from "../review/order.ts";
import type { ReviewItem } from "../review/states.ts";
import { CARD } from "./review-walk-moves.ts";
import { byKey, isPending, keyOf, type WalkState } from "./review-walk-state.ts";

export interface WalkChoice {
  /** Terms of a filter; "" for all items. */
  readonly filter: string;
  readonly order: ItemOrder;
}

/**
 * The items that a filter lets through, in order.
 * @throws UserError for a filter that is none, and for one that nothing matches.
 */
export function chosenItems(items: readonly ReviewItem[], { filter, order }: WalkChoice): readonly ReviewItem[] {
  const parsed = parseFilter(filter);
  if (parsed.status === "wrong") throw new UserError(`--filter: ${parsed.message}`, { hint: parsed.hint });
  const chosen = items.filter(parsed.filter);
  if (chosen.length === 0 && filter.trim() !== "") {
    throw new UserError(`no proposal matches ${filter}`, { hint: "answerkey review list shows what there is" });
  }
  return inOrder(chosen, order);
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
