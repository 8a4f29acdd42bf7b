import type { JSX } from "preact";
import { visible } from "../../core/sanitise.ts";
import type { Trouble } from "../api.ts";
import { DiffView } from "./diff-view.tsx";
import { Link } from "./link.tsx";
import type { Decisions } from "./use-decisions.ts";

interface TroubleNoticeProps {
  readonly trouble: Trouble;
  readonly decide: Decisions["decide"];
}

/** Why the draft cannot go where it was made for, and the way out where there is one. */
export function TroubleNotice({ trouble, decide }: TroubleNoticeProps): JSX.Element {
  switch (trouble.kind) {
    case "conflict":
      return (
        <section class="notice bad" aria-label="Conflict">
          <h2>The bank holds something else here now</h2>
          <p>It was changed after this draft was made. Nothing is overwritten until you choose.</p>
          <Link to={{ view: "conflict" }} class="button">
            Resolve
          </Link>
        </section>
      );
    case "stale":
      return (
        <section class="notice warn" aria-label="Stale">
          <h2>The question was reworded</h2>
          <p>From the wording this was drafted for to the nearest question in the bank:</p>
          <DiffView diff={trouble.diff} />
          <button type="button" onClick={() => void decide({ action: "reanchor" }, true)}>
            Re-anchor: it is the same question
          </button>
        </section>
      );
    case "ambiguous":
      return (
        <section class="notice warn" aria-label="Ambiguous">
          <h2>Several questions could be meant</h2>
          <p>They ask the same in the same words. Say which one this draft is for.</p>
          <ul class="places">
            {trouble.places.map((place, at) => (
              <li key={place}>
                <span>{visible(place)}</span>
                <button type="button" onClick={() => void decide({ action: "reanchor", place: at }, true)}>
                  This one<span class="heard">: {visible(place)}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      );
    case "missing":
      return (
        <section class="notice warn" aria-label="Missing">
          <h2>The question is gone from the bank</h2>
          <p>The draft is kept. If the question comes back, this page will notice.</p>
        </section>
      );
    default:
      return trouble satisfies never;
  }
}
