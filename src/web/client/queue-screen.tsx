import type { JSX } from "preact";
import { batchChoice } from "./batch-choice.ts";
import { isFiltered, NO_FILTER, searchFault } from "./queue-filter.ts";
import { QueueFilters } from "./queue-filters.tsx";
import { QueueTable } from "./queue-table.tsx";
import { focusActiveRow } from "./use-active-row.ts";
import { useReview } from "./review-context.ts";
import { Link } from "./link.tsx";
import { SearchField } from "./search-field.tsx";
import { ScreenTitle } from "./screen-title.tsx";
import { dollars, plural } from "./words.ts";

/** Everything there is to review, and ways to choose from it. */
export function QueueScreen(): JSX.Element {
  const { queue, rows } = useReview();
  return (
    <div class="queue">
      <header class="queue-head">
        <ScreenTitle name="Queue" about="queue">
          Review queue
        </ScreenTitle>
        <Totals />
      </header>
      <QueueFilters />
      <section class="queue-main" aria-label="Items">
        <Toolbar />
        {rows.length === 0 ? <Empty hasRows={queue.rows.length > 0} /> : <QueueTable rows={rows} />}
      </section>
    </div>
  );
}

function Totals(): JSX.Element {
  const { pending, acceptedNotApplied, conflicts, spent } = useReview().queue.totals;
  const figures: readonly (readonly [string, string])[] = [
    [pending.toLocaleString("en"), "pending"],
    [acceptedNotApplied.toLocaleString("en"), "accepted, not applied"],
    [conflicts.toLocaleString("en"), conflicts === 1 ? "conflict" : "conflicts"],
    [dollars(spent), "cost of these"],
  ];
  return (
    <dl class="totals">
      {figures.map(([figure, name]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{figure}</dd>
        </div>
      ))}
    </dl>
  );
}

function Toolbar(): JSX.Element {
  const { rows, queue, route, selection, go, select } = useReview();
  const chosen = selection.size === 0 ? rows : queue.rows.filter(({ id }) => selection.has(id));
  const clean = batchChoice(chosen).accepted.length;
  const setText = (text: string): void => go({ filter: { ...route.filter, text } }, "replace");
  return (
    <div class="toolbar">
      <SearchField
        id="search"
        label="Search question, file, id or candidate"
        hint="Search, or conf<0.6 file=…"
        text={route.filter.text}
        onText={setText}
        onDone={focusActiveRow}
      />
      <p class="shown" role="status">
        {selection.size === 0 ? plural(rows.length, "item") : `${selection.size} selected`}
      </p>
      {selection.size === 0 ? null : (
        <button type="button" class="quiet" onClick={() => select(new Set())}>
          Clear selection
        </button>
      )}
      {clean === 0 ? null : (
        <Link to={{ view: "batch", id: "" }} class="button">
          Accept {clean.toLocaleString("en")} clean…
        </Link>
      )}
    </div>
  );
}

function Empty({ hasRows }: { readonly hasRows: boolean }): JSX.Element {
  const { route, go, queue } = useReview();
  const fault = searchFault(route.filter.text);
  const isDone = hasRows && queue.totals.pending === 0;
  return (
    <div class="empty">
      <h2>{isDone ? "All reviewed" : hasRows ? "Nothing here" : "No drafts yet"}</h2>
      <p>
        {isDone
          ? "Every draft and grade has its decision."
          : hasRows
            ? fault === ""
              ? "No item passes the filter."
              : `${fault}.`
            : "Drafts appear here as soon as they are made: run answerkey fill, rubric draft or grade. This page notices by itself."}
      </p>
      <p class="row">
        {isDone && queue.totals.acceptedNotApplied > 0 ? (
          <Link to={{ view: "apply", id: "" }} class="button primary">
            Apply {plural(queue.totals.acceptedNotApplied, "accepted draft")}
          </Link>
        ) : null}
        {hasRows && isFiltered(route.filter) ? (
          <button type="button" onClick={() => go({ filter: NO_FILTER })}>
            Show everything
          </button>
        ) : null}
      </p>
    </div>
  );
}
