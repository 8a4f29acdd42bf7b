import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { type Facet, FACETS, facetValues, isFiltered, NO_FILTER, toggled } from "./queue-filter.ts";
import { useReview } from "./review-context.ts";
import { flagWord } from "./words.ts";

const FACET_WORDS: Readonly<Record<Facet, string>> = {
  status: "Status",
  kind: "Kind",
  state: "State",
  flag: "Flag",
  confidence: "Model's own estimate",
  file: "File or set",
  model: "Model",
  prompt: "Prompt",
};

/** Groups are shown whole where only a few more values would be left out. */
const FIRST_SHOWN = 7;
const MORE_SHOWN = 4;

/** What to show, as checkboxes: all that are ticked within a group count, every group must hold. */
export function QueueFilters(): JSX.Element {
  const { route, go } = useReview();
  const isWide = useState(() => matchMedia("(min-width: 60rem)").matches)[0];
  const chosen = FACETS.reduce((sum, facet) => sum + route.filter.chosen[facet].length, 0);
  return (
    <aside class="filters" aria-label="Filters">
      <details open={isWide}>
        <summary>Filters{chosen === 0 ? "" : `, ${chosen} chosen`}</summary>
        {FACETS.map((facet) => (
          <FacetGroup key={facet} facet={facet} />
        ))}
        {isFiltered(route.filter) ? (
          <button type="button" class="quiet" onClick={() => go({ filter: NO_FILTER })}>
            Clear all filters
          </button>
        ) : null}
      </details>
    </aside>
  );
}

function FacetGroup({ facet }: { readonly facet: Facet }): JSX.Element | null {
  const { queue, route, go } = useReview();
  const [isWhole, setWhole] = useState(false);
  const all = useMemo(() => facetValues(queue.rows, route.filter, facet), [queue.rows, route.filter, facet]);
  const values = all.filter(({ count, isChosen }) => count > 0 || isChosen);
  if (values.length < 2 && values.every(({ isChosen }) => !isChosen)) return null;
  const shown =
    isWhole || values.length <= FIRST_SHOWN + MORE_SHOWN
      ? values
      : values.filter(({ isChosen }, at) => at < FIRST_SHOWN || isChosen);
  return (
    <fieldset>
      <legend>{FACET_WORDS[facet]}</legend>
      <div class={isWhole ? "values whole" : "values"}>
        {shown.map(({ value, count, isChosen }) => (
          <label class="tick" key={value}>
            <input
              type="checkbox"
              checked={isChosen}
              onChange={() => go({ filter: toggled(route.filter, facet, value) }, "replace")}
            />
            <span class="value">{facetWord(facet, value)}</span>
            <span class="count">{count.toLocaleString("en")}</span>
          </label>
        ))}
      </div>
      {values.length > shown.length ? (
        <button type="button" class="quiet small" onClick={() => setWhole(true)}>
          Show all {values.length.toLocaleString("en")}
        </button>
      ) : null}
    </fieldset>
  );
}

function facetWord(facet: Facet, value: string): string {
  return facet === "flag" || facet === "state" ? flagWord(value) : value;
}
