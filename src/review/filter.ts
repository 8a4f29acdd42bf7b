import { PROPOSAL_KINDS, PROPOSAL_STATUSES } from "../bank/proposal.ts";
import { hasText, parseTerms, type Facts, type Vocabulary, type WrongTerms } from "./filter-terms.ts";
import { PROPOSAL_STATES, type ReviewItem } from "./states.ts";

/** Which items are looked at; all of them where there is nothing in the text. */
export type ItemFilter = (item: ReviewItem) => boolean;

export type ParsedFilter = { readonly status: "parsed"; readonly filter: ItemFilter } | WrongTerms;

const VOCABULARY: Vocabulary = {
  states: [...PROPOSAL_STATES, ...PROPOSAL_STATUSES],
  kinds: PROPOSAL_KINDS,
  hasFreeText: false,
};

/** Terms that an item has to meet, all of them; see {@link parseTerms}. */
export function parseFilter(text: string): ParsedFilter {
  const parsed = parseTerms(text, VOCABULARY);
  return parsed.status === "wrong" ? parsed : { status: "parsed", filter: (item) => parsed.holds(factsOf(item)) };
}

/** True where question, draft, place or id hold the text, whatever its case. */
export function holdsText(item: ReviewItem, text: string): boolean {
  return hasText(factsOf(item).texts, text);
}

function factsOf({ proposal: { header, body }, state }: ReviewItem): Facts {
  const { source, run, signals } = header;
  return {
    file: source.path,
    states: [state.kind, header.status],
    kind: header.kind,
    model: run.model_answered ?? run.model,
    run: run.id,
    flags: signals.flags,
    confidence: signals.confidence ?? null,
    texts: [header.question, body, source.path, header.id],
  };
}
