import { nearestName } from "../core/nearest-name.ts";

/** What terms are held against: a draft in the terminal, a line of the queue on the page. */
export interface Facts {
  readonly file: string;
  /** How it stands, and how it was decided: either name finds it. */
  readonly states: readonly string[];
  readonly kind: string;
  readonly model: string;
  readonly run: string;
  readonly flags: readonly string[];
  /** The model's own estimate; null where there is none. */
  readonly confidence: number | null;
  /** Where a text is looked for. */
  readonly texts: readonly string[];
}

/** Names that a term may use. */
export interface Vocabulary {
  /** Undefined for any: one that nothing has then finds nothing. */
  readonly states?: readonly string[] | undefined;
  readonly kinds?: readonly string[] | undefined;
  /** True where what is no term is a text to look for, as in a search field. */
  readonly hasFreeText: boolean;
}

export type ParsedTerms = { readonly status: "parsed"; readonly holds: (facts: Facts) => boolean } | WrongTerms;

export interface WrongTerms {
  readonly status: "wrong";
  readonly message: string;
  readonly hint: string;
}

type Comparison = "=" | "<" | "<=" | ">" | ">=";

interface Term {
  readonly name: string;
  readonly comparison: Comparison;
  /** Any of them is enough. */
  readonly values: readonly string[];
}

type Holds = (facts: Facts, value: string, comparison: Comparison) => boolean;

const FIELDS: Readonly<Record<string, Holds>> = {
  file: ({ file }, value) => includes(file, value),
  state: ({ states }, value) => states.includes(value),
  model: ({ model }, value) => includes(model, value),
  flag: ({ flags }, value) => flags.includes(value),
  conf: ({ confidence }, value, comparison) => compare(confidence, comparison, value),
  run: ({ run }, value) => run.startsWith(value),
  text: ({ texts }, value) => hasText(texts, value),
  kind: ({ kind }, value) => kind === value,
};

const TERM = /([a-z]+)(<=|>=|=|<|>)("[^"]*"|[^\s"]+)(?=\s|$)|(\S+)/gi;
const EXAMPLES = `file= state= model= flag= conf<0.6 run= text="two words" kind=; commas in a value mean or`;

/** Terms with blanks between them, as in `state=conflict,stale conf<0.6 text="two words"`; an item has to meet them all. */
export function parseTerms(text: string, vocabulary: Vocabulary): ParsedTerms {
  const terms: Term[] = [];
  const words: string[] = [];
  for (const match of text.matchAll(TERM)) {
    const term = termOf(match);
    if (term !== undefined) terms.push(term);
    else if (vocabulary.hasFreeText) words.push(match[0]);
    else return unknownTerm(match[1]?.toLowerCase() ?? match[0], vocabulary);
  }
  const fault = terms.map((term) => faultOf(term, vocabulary)).find((each) => each !== undefined);
  if (fault !== undefined) return fault;
  const sought = words.join(" ");
  return {
    status: "parsed",
    holds: (facts) => hasText(facts.texts, sought) && terms.every((term) => isMet(term, facts)),
  };
}

/** True where one of the texts holds another, whatever its case. */
export function hasText(texts: readonly string[], sought: string): boolean {
  return texts.some((each) => includes(each, sought));
}

/** Undefined for what is no term, and for a field that there is not. */
function termOf([, typed, comparison, value]: RegExpExecArray): Term | undefined {
  const name = typed?.toLowerCase();
  if (name === undefined || value === undefined || !Object.hasOwn(FIELDS, name)) return undefined;
  return { name, comparison: comparisonOf(comparison), values: valuesOf(value) };
}

function isMet({ name, values, comparison }: Term, facts: Facts): boolean {
  return values.some((value) => FIELDS[name]?.(facts, value, comparison) === true);
}

function faultOf({ name, comparison, values }: Term, vocabulary: Vocabulary): WrongTerms | undefined {
  if (name === "conf") {
    const isNumber = values.length === 1 && /^\d*\.?\d+$/.test(values[0] ?? "");
    return isNumber ? undefined : wrong("conf is compared with one number", "as in conf<0.6");
  }
  if (comparison !== "=") return wrong(`${name} takes =, not ${comparison}`, EXAMPLES);
  const known = namesFor(name, vocabulary);
  const strange = values.find((value) => known?.includes(value) === false);
  if (known === undefined || strange === undefined) return undefined;
  return wrong(`there is no ${name} ${strange}`, suggestion(strange, known) ?? `one of ${known.join(", ")}`);
}

function namesFor(name: string, { states, kinds }: Vocabulary): readonly string[] | undefined {
  if (name === "state") return states;
  return name === "kind" ? kinds : undefined;
}

function unknownTerm(typed: string, vocabulary: Vocabulary): WrongTerms {
  const names = Object.keys(FIELDS);
  const owner = names.find((name) => namesFor(name, vocabulary)?.includes(typed) === true);
  if (owner !== undefined) return wrong(`there is no filter ${typed}`, `did you mean ${owner}=${typed}?`);
  const name = /^[a-z]*/i.exec(typed)?.[0] ?? "";
  return wrong(`there is no filter ${typed}`, suggestion(name, names) ?? EXAMPLES);
}

function suggestion(typed: string, names: readonly string[]): string | undefined {
  const nearest = nearestName(typed, names);
  return nearest === undefined || nearest === typed ? undefined : `did you mean ${nearest}?`;
}

function wrong(message: string, hint: string): WrongTerms {
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
function compare(estimate: number | null, comparison: Comparison, value: string): boolean {
  if (estimate === null) return false;
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
