import type { JSX } from "preact";
import type { QueueRow } from "../api.ts";
import { QueueLine } from "./queue-line.tsx";
import { nextSort, type SortKey } from "./queue-sort.ts";
import { useReview } from "./review-context.ts";
import { useActiveRow } from "./use-active-row.ts";
import { useCommands } from "./use-commands.ts";
import { useOpenKey } from "./use-open-key.ts";
import { useWindow } from "./use-window.ts";

interface Column {
  readonly name: string;
  readonly key: SortKey;
}

const COLUMNS: readonly Column[] = [
  { name: "State", key: "state" },
  { name: "Question", key: "title" },
  { name: "Words", key: "words" },
  { name: "Estimate", key: "confidence" },
  { name: "Cost", key: "cost" },
];

/**
 * The rows, of which only those in view exist. One of them has the focus of the table; arrows and j k move it, the link in
 * it opens, the space bar selects.
 */
export function QueueTable({ rows }: { readonly rows: readonly QueueRow[] }): JSX.Element {
  const { selection, select, go } = useReview();
  const rowWindow = useWindow(rows.length);
  const { list, height, first, last } = rowWindow;
  const { active, setActive, move, next } = useActiveRow(rows, rowWindow);
  useCommands({ next, previous: () => move(active - 1) });
  useOpenKey(() => go({ view: "review", id: rows[active]?.id ?? "" }));
  const toggle = (id: string): void => {
    const others = new Set(selection);
    if (!others.delete(id)) others.add(id);
    select(others);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = targetOf(event.key, active, rows.length);
    if (to !== undefined) move(to);
    else if (event.key === " " && event.target instanceof HTMLAnchorElement) toggle(rows[active]?.id ?? "");
    else return;
    event.preventDefault();
  };
  return (
    <div class="table" role="table" aria-label="Items to review" aria-rowcount={rows.length + 1}>
      <Head rows={rows} />
      <div
        role="rowgroup"
        ref={list}
        class="lines"
        style={{ height: `${rows.length * height}px` }}
        onKeyDown={onKeyDown}
      >
        {rows.slice(first, last).map((row, offset) => (
          <QueueLine
            key={row.id}
            row={row}
            at={first + offset}
            top={(first + offset) * height}
            isActive={first + offset === active}
            isSelected={selection.has(row.id)}
            onActive={setActive}
            onToggle={toggle}
          />
        ))}
      </div>
    </div>
  );
}

function Head({ rows }: { readonly rows: readonly QueueRow[] }): JSX.Element {
  const { route, go, selection, select } = useReview();
  const { sort } = route;
  const isAll = rows.length > 0 && rows.every(({ id }) => selection.has(id));
  const order = sort.isDescending ? "descending" : "ascending";
  return (
    <div role="rowgroup" class="head">
      <div role="row" aria-rowindex={1} class="line">
        <span role="columnheader" class="pick">
          <input
            type="checkbox"
            aria-label="Select all shown"
            checked={isAll}
            onChange={() => select(new Set(isAll ? [] : rows.map(({ id }) => id)))}
          />
        </span>
        {COLUMNS.map(({ name, key }) => (
          <span key={key} role="columnheader" class={`c-${key}`} aria-sort={sort.key === key ? order : "none"}>
            <button type="button" onClick={() => go({ sort: nextSort(sort, key) }, "replace")}>
              {name}
              <span aria-hidden="true">{sort.key === key ? (sort.isDescending ? " ↓" : " ↑") : ""}</span>
            </button>
          </span>
        ))}
      </div>
    </div>
  );
}

const PAGE = 10;

function targetOf(key: string, active: number, count: number): number | undefined {
  switch (key) {
    case "ArrowDown":
      return active + 1;
    case "ArrowUp":
      return active - 1;
    case "PageDown":
      return active + PAGE;
    case "PageUp":
      return active - PAGE;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
