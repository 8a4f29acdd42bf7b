import { FACETS, FIRST_FILTER, NO_FILTER, type QueueFilter } from "./queue-filter.ts";
import { DESK_ORDER, SORT_KEYS, type QueueSort } from "./queue-sort.ts";

export const VIEWS = ["queue", "review", "edit", "conflict", "batch", "apply", "activity", "compare"] as const;
export type View = (typeof VIEWS)[number];

/** Where the reader is. All of it stands in the address, so that a reload or a link leads to the same place. */
export interface Route {
  readonly view: View;
  /** Of the item; "" in views of many. */
  readonly id: string;
  readonly filter: QueueFilter;
  readonly sort: QueueSort;
  /** What is compared with what; "" where it is still to be chosen. */
  readonly left: string;
  readonly right: string;
}

export const START: Route = { view: "queue", id: "", filter: FIRST_FILTER, sort: DESK_ORDER, left: "", right: "" };

/** @param search the query of an address, such as `?view=review&id=q-1`. What it does not know it leaves out. */
export function readRoute(search: string): Route {
  const query = new URLSearchParams(search);
  const sort = query.get("sort") ?? "";
  return {
    view: VIEWS.find((view) => view === query.get("view")) ?? START.view,
    id: query.get("id") ?? "",
    filter: readFilter(query),
    sort: {
      key: SORT_KEYS.find((key) => key === sort.replace(/^-/, "")),
      isDescending: sort.startsWith("-"),
    },
    left: query.get("left") ?? "",
    right: query.get("right") ?? "",
  };
}

/** The query that {@link readRoute} reads back; "?" for the start. */
export function routeSearch({ view, id, filter, sort, left, right }: Route): string {
  const query = new URLSearchParams();
  const put = (name: string, value: string): void => {
    if (value !== "") query.append(name, value);
  };
  put("view", view === START.view ? "" : view);
  put("id", id);
  put("text", filter.text);
  for (const facet of FACETS) for (const value of filter.chosen[facet]) query.append(facet, value);
  if (!query.has("status")) query.append("status", "");
  // What is true of a fresh start need not be said.
  if (query.getAll("status").join() === FIRST_FILTER.chosen.status.join()) query.delete("status");
  put("sort", sort.key === undefined ? "" : `${sort.isDescending ? "-" : ""}${sort.key}`);
  put("left", left);
  put("right", right);
  return `?${query.toString()}`;
}

function readFilter(query: URLSearchParams): QueueFilter {
  const chosen = { ...NO_FILTER.chosen };
  for (const facet of FACETS) {
    const values = query.getAll(facet).filter((value) => value !== "");
    chosen[facet] = query.has(facet) ? [...new Set(values)] : FIRST_FILTER.chosen[facet];
  }
  return { text: query.get("text") ?? "", chosen };
}
