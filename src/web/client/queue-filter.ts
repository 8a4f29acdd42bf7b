import { parseTerms, type Facts } from "../../review/filter-terms.ts";
import type { QueueRow } from "../api.ts";

/** What rows can be chosen by, in the order in which the page offers them. */
export const FACETS = ["status", "kind", "state", "flag", "confidence", "file", "model", "prompt"] as const;
export type Facet = (typeof FACETS)[number];

/** Within a facet any of the values will do, none chosen means all; every facet and the text must hold. */
export interface QueueFilter {
  /** Words to look for, and terms such as `state=conflict` and `conf<0.6`, as the review in a terminal takes them. */
  readonly text: string;
  readonly chosen: Readonly<Record<Facet, readonly string[]>>;
}

export const NO_FILTER: QueueFilter = {
  text: "",
  chosen: { status: [], kind: [], state: [], flag: [], confidence: [], file: [], model: [], prompt: [] },
};

/** What a reviewer comes for. */
export const FIRST_FILTER: QueueFilter = { ...NO_FILTER, chosen: { ...NO_FILTER.chosen, status: ["pending"] } };

/** A value of a facet, how many rows have it under all other parts of the filter, and whether it is chosen. */
export interface FacetValue {
  readonly value: string;
  readonly count: number;
  readonly isChosen: boolean;
}

export const WITHOUT_FLAG = "no flag";
const NONE = "none";

export function filterRows(rows: readonly QueueRow[], filter: QueueFilter): readonly QueueRow[] {
  const isSought = searchOf(filter.text);
  return rows.filter((row) => isSought(row) && FACETS.every((facet) => isChosen(row, facet, filter)));
}

/** What is wrong with the terms of a search; "" where they can be followed. */
export function searchFault(text: string): string {
  const parsed = parseTerms(text, VOCABULARY);
  return parsed.status === "wrong" ? `${parsed.message}: ${parsed.hint}` : "";
}

/** The values of a facet, the most frequent first; chosen ones stay although no row has them any more. */
export function facetValues(rows: readonly QueueRow[], filter: QueueFilter, facet: Facet): readonly FacetValue[] {
  const counts = new Map(filter.chosen[facet].map((value) => [value, 0]));
  const others = FACETS.filter((each) => each !== facet);
  const isSought = searchOf(filter.text);
  for (const row of rows) {
    const counted = isSought(row) && others.every((each) => isChosen(row, each, filter)) ? 1 : 0;
    for (const value of valuesOf(row, facet)) counts.set(value, (counts.get(value) ?? 0) + counted);
  }
  return Array.from(counts, ([value, count]) => ({
    value,
    count,
    isChosen: filter.chosen[facet].includes(value),
  })).toSorted((left, right) => right.count - left.count || (left.value < right.value ? -1 : 1));
}

/** With the value chosen where it was not, and the other way round. */
export function toggled(filter: QueueFilter, facet: Facet, value: string): QueueFilter {
  const before = filter.chosen[facet];
  const after = before.includes(value) ? before.filter((each) => each !== value) : [...before, value];
  return { ...filter, chosen: { ...filter.chosen, [facet]: after } };
}

export function isFiltered(filter: QueueFilter): boolean {
  return filter.text !== "" || FACETS.some((facet) => filter.chosen[facet].length > 0);
}

function isChosen(row: QueueRow, facet: Facet, { chosen }: QueueFilter): boolean {
  const wanted = chosen[facet];
  return wanted.length === 0 || valuesOf(row, facet).some((value) => wanted.includes(value));
}

function valuesOf(row: QueueRow, facet: Facet): readonly string[] {
  switch (facet) {
    case "file":
      return [row.place || NONE];
    case "flag":
      return flagsOf(row);
    case "confidence":
      return [confidenceBand(row.confidence)];
    case "status":
    case "kind":
    case "state":
    case "model":
    case "prompt":
      return [row[facet] || NONE];
    default:
      return facet satisfies never;
  }
}

/** Nothing where the reviewer may not know yet what the judge said: "no flag" would be an answer. */
function flagsOf({ kind, confidence, flags }: QueueRow): readonly string[] {
  if (flags.length > 0) return flags;
  return kind === "grade" && confidence === null ? [] : [WITHOUT_FLAG];
}

function confidenceBand(confidence: number | null): string {
  if (confidence === null) return "unknown";
  if (confidence < 0.5) return "below 0.5";
  return confidence < 0.8 ? "0.5 to 0.8" : "0.8 and above";
}

const VOCABULARY = { hasFreeText: true };

/** Terms that are wrong find nothing. */
function searchOf(text: string): (row: QueueRow) => boolean {
  const parsed = parseTerms(text, VOCABULARY);
  return (row) => parsed.status === "parsed" && parsed.holds(factsOf(row));
}

function factsOf(row: QueueRow): Facts {
  const { title, name, place, candidate, status, state } = row;
  return { ...row, file: place, states: [state, status], texts: [title, place, name, candidate] };
}
