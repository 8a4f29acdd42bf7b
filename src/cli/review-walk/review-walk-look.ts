import { questionId } from "../../core/ids.ts";
import { offerMerge } from "../../review/conflict.ts";
import type { ReviewItem } from "../../review/states.ts";
import { placeWords } from "../review/place-words.ts";
import type { Walker } from "./review-walker.ts";
import { conflictText } from "./review-walk-merge.ts";
import type { Happening, Way } from "./review-walk-state.ts";
import { slotBase } from "../review/slot-base.ts";

/** Decisions about the item and drafts before this one. */
export function detailsPane({ session }: Walker, { proposal: { header } }: ReviewItem): Happening {
  const { id, source } = header;
  const history = session.log
    .readAll()
    .filter((decision) => decision.id === id && decision.path === source.path)
    .map(
      ({ at, actor, action, via, reason }) =>
        `${at} ${actor}: ${action} (${via})${reason === undefined ? "" : `: ${reason}`}`,
    );
  const earlier = session.store.earlier(source.path, questionId(id));
  return { type: "opened", pane: { kind: "details", details: { history, earlier } } };
}

/** What can be done with a draft that cannot go where it was made for. */
export function troublePane({ session }: Walker, { proposal, state }: ReviewItem): Happening {
  switch (state.kind) {
    case "clean":
    case "moved":
    case "done":
    case "missing":
      return { type: "told", notice: `it is ${state.kind}; there is nothing to settle` };
    case "stale":
      return trouble([{ label: "this is its question now", deed: { kind: "reanchor", place: state.nearest } }]);
    case "ambiguous":
      return trouble(state.places.map((place) => ({ label: placeWords(place), deed: { kind: "reanchor", place } })));
    case "conflict": {
      const { place } = state;
      const { slot } = place.question;
      const base = slotBase(session.log.readAll(), proposal, slot.indent);
      const offer = offerMerge({ base, now: slot.answer, draft: proposal.body });
      const { merged } = offer;
      const ways: readonly Way[] = [
        { label: "mine: keep what is in the bank, reject the draft", deed: { kind: "keep-bank" } },
        { label: "draft: put the draft in its place", deed: { kind: "reanchor", place } },
        ...(merged === undefined
          ? []
          : [{ label: "merged: both changes", deed: { kind: "reanchor", place, body: merged.trim() } } as const]),
        { label: "edit: both texts in your editor", deed: { kind: "edit", place, text: conflictText(offer) } },
      ];
      return { type: "opened", pane: { kind: "trouble", ways, offer } };
    }
    default:
      return state satisfies never;
  }
}

function trouble(ways: readonly Way[]): Happening {
  return { type: "opened", pane: { kind: "trouble", ways, offer: undefined } };
}
