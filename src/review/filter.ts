import { PROPOSAL_KINDS, PROPOSAL_STATUSES } from "../bank/proposal.ts";
import { nearestName } from "../core/nearest-name.ts";
import { PROPOSAL_STATES, type ReviewItem } from "./states.ts";

/** Which items are looked at; all of them where there is nothing in the text. */
export type ItemFilter = (item: ReviewItem) => boolean;

export type ParsedFilter =
  | { readonly status: "parsed"; readonly filter: ItemFilter }
  | { readonly status: "wrong"; readonly message: string; readonly hint: string };

type Comparison = "=" | "<" | "<=" | ">" | ">=";

interface Term {
  readonly name: string;
  readonly comparison: Comparison;
  /** Any of them is enough. */
  readonly values: readonly string[];
}

/** What a term may compare with, if there is a choice, and how an item is held against one value. */
interface Field {
  readonly values?: readonly string[];
  readonly holds: (item: ReviewItem, value: string, comparison: Comparison) => boolean;
}

const FIELDS: Readonly<Record<string, Field>> = {
  file: { holds: ({ proposal }, value) => includes(proposal.header.source.path, value) },
  state: {
    values: [...PROPOSAL_STATES, ...PROPOSAL_STATUSES],
    holds: ({ state, proposal }, value) => state.kind === value || proposal.header.status === value,
  },
  model: { holds: ({ proposal: { header } }, value) => includes(header.run.model_answered ?? header.run.model, value) },
  flag: { holds: ({ proposal }, value) => proposal.header.signals.flags.includes(value) },
  conf: { holds: ({ proposal }, value, comparison) => compare(proposal.header.signals.confidence, comparison, value) },
  run: { holds: ({ proposal }, value) => proposal.header.run.id.startsWith(value) },
  text: { holds: (item, value) => hasText(item, value) },
  kind: { values: PROPOSAL_KINDS, holds: ({ proposal }, value) => proposal.header.kind === value },
};

export const FILTER_NAMES = Object.keys(FIELDS);

const TERM = /([a-z]+)(<=|>=|=|<|>)("[^"]*"|[^\s"]+)(?=\s|$)|(\S+)/gi;
const EXAMPLES = `file= state= model= flag= conf<0.6 run= text="two words" kind=; commas in a value mean or`;

/** Terms with blanks between them, as in `state=conflict,stale conf<0.6 text="two words"`; an item has to meet them all. */
export function parseFilter(text: string): ParsedFilter {
  const filters: ItemFilter[] = [];
  for (const match of text.matchAll(TERM)) {
    const [, name, comparison, value, strange] = match;
    if (name === undefined || value === undefined) return unknownTerm(strange ?? "");
    const filter = filterOf({
      name: name.toLowerCase(),
      comparison: comparisonOf(comparison),
      values: valuesOf(value),
    });
    if (typeof filter !== "function") return filter;
    filters.push(filter);
  }
  return { status: "parsed", filter: (item) => filters.every((filter) => filter(item)) };
}

/** True where question, draft, place or id hold the text, whatever its case. */
export function hasText({ proposal: { header, body } }: ReviewItem, text: string): boolean {
  return [header.question, body, header.source.path, header.id].some((each) => includes(each, text));
}

function filterOf(term: Term): ItemFilter | ParsedFilter {
  const field = Object.hasOwn(FIELDS, term.name) ? FIELDS[term.name] : undefined;
  if (field === undefined) return unknownTerm(term.name);
  const fault = faultOf(term, field);
  if (fault !== undefined) return fault;
  return (item) => term.values.some((value) => field.holds(item, value, term.comparison));
}

function faultOf({ name, comparison, values }: Term, field: Field): ParsedFilter | undefined {
  if (name === "conf") {
    const isNumber = values.length === 1 && /^\d*\.?\d+$/.test(values[0] ?? "");
    return isNumber ? undefined : wrong("conf is compared with one number", "as in conf<0.6");
  }
  if (comparison !== "=") return wrong(`${name} takes =, not ${comparison}`, EXAMPLES);
  const strange = values.find((value) => field.values?.includes(value) === false);
  if (strange === undefined) return undefined;
  const known = field.values ?? [];
  return wrong(`there is no ${name} ${strange}`, suggestion(strange, known) ?? `one of ${known.join(", ")}`);
}

function unknownTerm(typed: string): ParsedFilter {
  const [owner] = Object.entries(FIELDS).find(([, { values }]) => values?.includes(typed) === true) ?? [];
  if (owner !== undefined) return wrong(`there is no filter ${typed}`, `did you mean ${owner}=${typed}?`);
  const name = /^[a-z]*/i.exec(typed)?.[0] ?? "";
  return wrong(`there is no filter ${typed}`, suggestion(name, FILTER_NAMES) ?? EXAMPLES);
}

function suggestion(typed: string, names: readonly string[]): string | undefined {
  const nearest = nearestName(typed, names);
  return nearest === undefined || nearest === typed ? undefined : `did you mean ${nearest}?`;
}

function wrong(message: string, hint: string): ParsedFilter {
  return { status: "wrong", message, hint };
}

function comparisonOf(text: string | undefined): Comparison {
  return text === "<" || text === "<=" || text === ">" || text === ">=" ? text : "=";
}

/** What is quoted is one value, commas and all. */
function valuesOf(text: string): readonly string[] {
  return text.startsWith('"') ? [text.slice(1, -1)] : text.split(",").filter((value) => value !== "");
}

function includes(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}

/** A draft without an estimate is neither below nor above any. */
function compare(estimate: number | undefined, comparison: Comparison, value: string): boolean {
  if (estimate === undefined) return false;
  const limit = Number(value);
  switch (comparison) {
    case "=":
      return estimate === limit;
    case "<":
      return estimate < limit;
    case "<=":
      return estimate <= limit;
    case ">":
      return estimate > limit;
    case ">=":
      return estimate >= limit;
    default:
      return comparison satisfies never;
  }
}
