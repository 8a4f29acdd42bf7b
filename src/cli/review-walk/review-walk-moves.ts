import { inOrder } from "../../review/order.ts";
import { holdsText, parseFilter } from "../../review/filter.ts";
import type { ReviewItem } from "../../review/states.ts";
import { isPending, keyOf, type Pane, type WalkState } from "./review-walk-state.ts";

export const CARD: Pane = { kind: "card" };

export function told(state: WalkState, notice: string): WalkState {
  return { ...state, notice };
}

/** The card itself, from its top, at a position among the cards; beyond the ends it stays where it is. */
export function movedTo(state: WalkState, at: number, notice = ""): WalkState {
  if (at < 0) return told(state, "this is the first card");
  if (at >= state.cards.length) return told(state, "this is the last card");
  return { ...state, at, pane: CARD, notice, scroll: 0 };
}

/** The next card that waits for a decision, from the start again after the end; the same one where none other does. */
export function movedOn(state: WalkState, notice: string): WalkState {
  const next = nextCard(state, isPending);
  if (next !== undefined && next !== state.at) return movedTo(state, next, notice);
  const stays = movedTo(state, state.at, notice);
  const isLast = next === undefined;
  return told(stays, sentence(notice, isLast ? "nothing here waits for a decision any more" : "no other card waits"));
}

/** The next card with a text. */
export function movedToText(state: WalkState, text: string): WalkState {
  const next = nextCard(state, (item) => holdsText(item, text));
  const searched = { ...state, search: text, pane: CARD };
  return next === undefined ? told(searched, `no card holds ${text}`) : movedTo(searched, next);
}

/** A card by its number, its id, or Q and its question's number. */
export function movedToNamed(state: WalkState, name: string): WalkState {
  if (/^\d{1,9}$/.test(name)) {
    const at = Number(name) - 1;
    if (at >= 0 && at < state.cards.length) return movedTo(state, at);
    return told(state, `there are cards 1 to ${state.cards.length}`);
  }
  const number = /^q(\d+)$/i.exec(name)?.[1];
  const next = nextCard(state, ({ proposal: { header } }) =>
    number === undefined ? header.id.startsWith(name) : header.source.number === number,
  );
  return next === undefined ? told(state, `there is no card ${name} here`) : movedTo(state, next);
}

/** Other cards: those that a filter lets through, from the first that waits. Stays as it is where there would be none. */
export function filtered(state: WalkState, filter: string): WalkState {
  const parsed = parseFilter(filter);
  if (parsed.status === "wrong") return told(state, `${parsed.message}: ${parsed.hint}`);
  const chosen = inOrder([...state.items.values()].filter(parsed.filter), state.order);
  if (chosen.length === 0) return told(state, "nothing matches");
  const cards = chosen.map(({ proposal }) => keyOf(proposal));
  const kept = cards.indexOf(state.cards[state.at] ?? "");
  const first = Math.max(0, chosen.findIndex(isPending));
  return movedTo({ ...state, filter: filter.trim(), cards }, kept === -1 ? first : kept);
}

/** Notices one after the other. */
export function sentence(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("; ");
}

/** Position of the first card after this one, round the end and this one last, that is asked for. */
function nextCard(state: WalkState, holds: (item: ReviewItem) => boolean): number | undefined {
  const { cards, items, at } = state;
  for (let ahead = 1; ahead <= cards.length; ahead += 1) {
    const position = (at + ahead) % cards.length;
    const item = items.get(cards[position] ?? "");
    if (item !== undefined && holds(item)) return position;
  }
  return undefined;
}
