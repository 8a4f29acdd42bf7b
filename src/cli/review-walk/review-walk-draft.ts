import type { Proposal } from "../../bank/proposal.ts";
import type { Place } from "../../review/question-index.ts";
import { withProposal, type ReviewItem } from "../../review/states.ts";
import { reanchorDraft, restoreDraft, type DraftEditor, type DraftResult } from "../review/review-draft.ts";
import { REFUSAL_WORDS } from "../review/review-session.ts";
import { keyOf, type Happening, type UndoStep } from "./review-walk-state.ts";
import { readAgain, refreshed, type Walker } from "./review-walker.ts";

/** Says that the draft, or a text instead, is meant for a place; whoever calls holds the bank lock. */
export function reanchorItem(
  walker: Walker,
  item: ReviewItem,
  to: { readonly place: Place; readonly body?: string | undefined },
): Happening {
  const result = reanchorDraft(walker.session, item, to, byTerminal(walker));
  const step: UndoStep = redrafted(item, result);
  return afterDraft(walker, item, result, { notice: "it belongs there now; a accepts it", step });
}

/** Takes an edit or another place back; whoever calls holds the bank lock. */
export function restoreItem(walker: Walker, item: ReviewItem, before: Proposal): Happening {
  const result = restoreDraft(walker.session, item, before, byTerminal(walker));
  return afterDraft(walker, item, result, { notice: "the draft is as it was" });
}

export function byTerminal({ actor }: Walker): DraftEditor {
  return { actor, reason: undefined, via: "terminal" };
}

export function redrafted({ proposal }: ReviewItem, result: DraftResult): UndoStep {
  const after = result.status === "saved" ? result.proposal : proposal;
  return { kind: "redrafted", key: keyOf(after), before: proposal };
}

/** What a change of draft or place comes to. */
export function afterDraft(
  walker: Walker,
  item: ReviewItem,
  result: DraftResult,
  rest: { readonly notice: string; readonly step?: UndoStep | undefined },
): Happening {
  switch (result.status) {
    case "changed":
      return refreshed(walker, item);
    case "taken":
      return { type: "told", notice: "that question has a proposal of its own" };
    case "refused":
      return { type: "told", notice: `it ${REFUSAL_WORDS[result.reason]}` };
    case "saved": {
      const key = keyOf(item.proposal);
      const now = itemNow(walker, item, result.proposal);
      const { notice, ...steps } = rest;
      if (now === undefined) return readAgain(walker, notice, steps);
      return { type: "replaced", replaced: [{ key, item: now }], ...rest };
    }
    default:
      return result satisfies never;
  }
}

/** Of another question, or of one that had no place, all have to be looked at to know how it stands. */
function itemNow(walker: Walker, item: ReviewItem, proposal: Proposal): ReviewItem | undefined {
  const key = keyOf(proposal);
  if (key === keyOf(item.proposal) && "place" in item.state) return withProposal(item, proposal);
  return readAgain(walker, "").items.find((each) => keyOf(each.proposal) === key);
}
