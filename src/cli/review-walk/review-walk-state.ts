import type { Proposal } from "../../bank/proposal.ts";
import type { MergeOffer } from "../../review/conflict.ts";
import type { Place } from "../../review/question-index.ts";
import type { ItemOrder } from "../../review/order.ts";
import type { ReviewItem } from "../../review/states.ts";

/** How a draft is set against what is there. */
export const DIFF_VIEWS = ["word", "side-by-side", "raw"] as const;
export type DiffView = (typeof DIFF_VIEWS)[number];

/** Everything that the walk shows and that a key may change: a value, made anew by each key. */
export interface WalkState {
  /** All items that were asked about, by {@link keyOf}. */
  readonly items: ReadonlyMap<string, ReviewItem>;
  /** Keys of those that the filter lets through, in order. They stay when a decision makes the filter miss them. */
  readonly cards: readonly string[];
  /** Position in `cards`. */
  readonly at: number;
  readonly filter: string;
  readonly order: ItemOrder;
  readonly search: string;
  readonly diff: DiffView;
  readonly pane: Pane;
  /** What the last key came to, in words. */
  readonly notice: string;
  /** What can be taken back, last one last. */
  readonly steps: readonly UndoStep[];
  /** Lines of the card above the screen. */
  readonly scroll: number;
  readonly hasDiffTool: boolean;
  /** Milliseconds since the epoch when the walk began, for the age of drafts. */
  readonly now: number;
}

/** What stands in the middle of the screen, and what keys mean there. */
export type Pane =
  | { readonly kind: "card" }
  | { readonly kind: "help" }
  | { readonly kind: "details"; readonly details: ItemDetails }
  | { readonly kind: "trouble"; readonly ways: readonly Way[]; readonly offer: MergeOffer | undefined }
  | { readonly kind: "reason"; readonly action: "reject" | "redo"; readonly text: string }
  | { readonly kind: "prompt"; readonly purpose: "filter" | "search" | "go-to"; readonly text: string }
  | { readonly kind: "batch"; readonly keys: readonly string[]; readonly text: string }
  | { readonly kind: "apply"; readonly preview: ApplyPreview };

/** What is known of an item beside its draft; read when somebody asks. */
export interface ItemDetails {
  readonly history: readonly string[];
  /** Newest first. */
  readonly earlier: readonly Proposal[];
}

/** A way out for a draft that cannot go where it was made for. */
export interface Way {
  readonly label: string;
  readonly deed:
    | { readonly kind: "keep-bank" }
    | { readonly kind: "reanchor"; readonly place: Place; readonly body?: string | undefined }
    | { readonly kind: "edit"; readonly place: Place; readonly text: string };
}

export interface ApplyPreview {
  /** Keys of the items to be written. */
  readonly keys: readonly string[];
  readonly files: readonly { readonly path: string; readonly drafts: string }[];
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
}

/** One thing that was done here, as much of it as undoing takes. */
export type UndoStep =
  | { readonly kind: "decided"; readonly keys: readonly string[] }
  | { readonly kind: "redrafted"; readonly key: string; readonly before: Proposal }
  | { readonly kind: "applied"; readonly keys: readonly string[] };

/** What the shell is to do; it answers with a {@link Happening}. */
export type WalkEffect =
  | {
      readonly type: "decide";
      readonly action: "accept" | "reject" | "redo";
      readonly keys: readonly string[];
      readonly reason?: string | undefined;
    }
  | { readonly type: "edit"; readonly key: string; readonly over?: { readonly place: Place; readonly text: string } }
  | {
      readonly type: "reanchor";
      readonly key: string;
      readonly place: Place;
      readonly body?: string | undefined;
    }
  | { readonly type: "undo"; readonly step: UndoStep }
  | { readonly type: "look-up-details" | "look-up-trouble" | "show-diff-tool"; readonly key: string }
  | { readonly type: "preview-apply"; readonly keys: readonly string[] }
  | { readonly type: "apply"; readonly keys: readonly string[] }
  | { readonly type: "read-again" }
  | { readonly type: "suspend" }
  | { readonly type: "leave"; readonly isInterrupted: boolean };

/** What came of an effect. */
export type Happening =
  | { readonly type: "told"; readonly notice: string }
  | { readonly type: "opened"; readonly pane: Pane }
  | {
      readonly type: "replaced";
      /** Items as they are now, under the keys that their cards had. */
      readonly replaced: readonly Replacement[];
      readonly notice: string;
      readonly step?: UndoStep | undefined;
      /** True where the last step was taken back. */
      readonly isUndone?: boolean | undefined;
      /** True where the card is done with. */
      readonly movesOn?: boolean | undefined;
    }
  | {
      readonly type: "read-again";
      readonly items: readonly ReviewItem[];
      readonly notice: string;
      readonly step?: UndoStep | undefined;
      readonly isUndone?: boolean | undefined;
    };

export interface Replacement {
  readonly key: string;
  readonly item: ReviewItem;
}

/** How a walk ended. */
export interface WalkEnd {
  readonly state: WalkState;
  readonly isInterrupted: boolean;
}

/** What tells proposals apart: an id may stand in several banks. */
export function keyOf({ header }: Proposal): string {
  return `${header.source.path} ${header.id}`;
}

export function cardOf({ items, cards, at }: WalkState): ReviewItem | undefined {
  return items.get(cards[at] ?? "");
}

export function byKey(items: readonly ReviewItem[]): ReadonlyMap<string, ReviewItem> {
  return new Map(items.map((item) => [keyOf(item.proposal), item]));
}

export function isPending({ proposal }: ReviewItem): boolean {
  return proposal.header.status === "pending";
}

/** Keys of the cards that hold what is asked for. */
export function cardsThat({ items, cards }: WalkState, holds: (item: ReviewItem) => boolean): readonly string[] {
  return cards.filter((key) => {
    const item = items.get(key);
    return item !== undefined && holds(item);
  });
}
