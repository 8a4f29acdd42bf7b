import type { ReviewItem } from "../../review/states.ts";
import { plural } from "../format.ts";
import { isAsSeen } from "../review/review-draft.ts";
import { carryOutAll, REFUSAL_WORDS, type Verdict } from "../review/review-session.ts";
import { sentence } from "./review-walk-moves.ts";
import { keyOf, type Happening, type Replacement, type WalkEffect, type WalkState } from "./review-walk-state.ts";
import { refreshed, storedItem, type Walker } from "./review-walker.ts";

type Deciding = Extract<WalkEffect, { readonly type: "decide" }>;

/** Decides on what was seen; whoever calls holds the bank lock. */
export function decideItems(walker: Walker, { action, keys, reason }: Deciding, state: WalkState): Happening {
  const items = keys.flatMap((key) => state.items.get(key) ?? []);
  const [first] = items;
  const isAlone = items.length === 1;
  if (isAlone && first !== undefined && !isAsSeen(walker.session, first)) return refreshed(walker, first);
  const { done, refusals, left } = decideAll(walker, items, { action, reason });
  if (isAlone && refusals[0] !== undefined) return { type: "told", notice: `it ${refusals[0]}` };
  const notice = isAlone ? DONE_WORDS[action] : `${plural(done.length, "draft")} ${DONE_WORDS[action]}`;
  return {
    type: "replaced",
    replaced: [...done, ...left],
    notice: sentence(notice, leftWords(left)),
    step: { kind: "decided", keys: done.map(({ key }) => key) },
    movesOn: true,
  };
}

const DONE_WORDS: Readonly<Record<Deciding["action"], string>> = {
  accept: "accepted",
  reject: "rejected",
  redo: "rejected; answerkey fill drafts another",
};

/** Takes decisions back; whoever calls holds the bank lock. */
export function undoDecisions(walker: Walker, keys: readonly string[], state: WalkState): Happening {
  const items = keys.flatMap((key) => state.items.get(key) ?? []);
  const { done, left } = decideAll(walker, items, { action: "undo", reason: undefined });
  const notice = sentence(`${plural(done.length, "decision")} taken back`, leftWords(left));
  return { type: "replaced", replaced: [...done, ...left], notice };
}

interface Decided {
  readonly done: readonly Replacement[];
  /** Items that are not what was seen any more, or may not be decided on, as they are now. */
  readonly left: readonly Replacement[];
  readonly refusals: readonly string[];
}

function decideAll(
  { session, actor }: Walker,
  items: readonly ReviewItem[],
  { action, reason }: Pick<Verdict, "action" | "reason">,
): Decided {
  const seen = items.filter((item) => isAsSeen(session, item));
  const outcomes = carryOutAll(session, seen, { action, actor, reason, via: "terminal" });
  const decided = new Set(seen.filter((_item, at) => outcomes[at] === undefined));
  const now = items.map((item) => ({
    before: item,
    key: keyOf(item.proposal),
    item: storedItem(session, item) ?? item,
  }));
  return {
    done: now.filter(({ before }) => decided.has(before)),
    left: now.filter(({ before }) => !decided.has(before)),
    refusals: outcomes.flatMap((refusal) => (refusal === undefined ? [] : [REFUSAL_WORDS[refusal]])),
  };
}

function leftWords(left: readonly Replacement[]): string {
  return left.length === 0 ? "" : `${left.length} changed in the meantime and were left`;
}
