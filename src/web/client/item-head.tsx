import type { JSX } from "preact";
import type { Item } from "../api.ts";
import { Link } from "./link.tsx";
import { useReview } from "./review-context.ts";
import { ScreenTitle } from "./screen-title.tsx";
import { StateBadge } from "./state-badge.tsx";
import { visible } from "../../core/sanitise.ts";
import { KIND_WORDS, STATUS_WORDS } from "./words.ts";

interface ItemHeadProps {
  readonly item: Item;
  /** Among the rows shown, from 1; 0 for none of them. */
  readonly place: number;
  readonly onStep: (by: 1 | -1) => void;
}

/** Which item this is, and where in the queue. */
export function ItemHead({ item, place, onStep }: ItemHeadProps): JSX.Element {
  const { rows } = useReview();
  const { row } = item;
  return (
    <header class="item-head">
      <p class="crumbs">
        <Link to={{ view: "queue" }}>Queue</Link>
        <span class="at">{place === 0 ? "not in the filter" : `${place} of ${rows.length}`}</span>
        <button type="button" class="quiet small" onClick={() => onStep(-1)} aria-label="Previous item">
          ‹
        </button>
        <button type="button" class="quiet small" onClick={() => onStep(1)} aria-label="Next item">
          ›
        </button>
      </p>
      <p class="path">{[row.place, ...item.headings].join(" › ")}</p>
      <ScreenTitle name={row.title} about={row.id}>
        {visible(item.question)}
      </ScreenTitle>
      <p class="badges">
        <StateBadge row={row} />
        <span class="badge plain">{KIND_WORDS[row.kind]}</span>
        <span class="badge plain">{STATUS_WORDS[row.status]}</span>
        {row.candidate === "" ? null : <span class="badge plain">{row.candidate}</span>}
        {row.edited ? <span class="badge plain">edited by hand</span> : null}
      </p>
    </header>
  );
}
