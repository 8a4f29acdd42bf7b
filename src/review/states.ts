import type { Proposal } from "../bank/proposal.ts";
import type { Bank, Question } from "../bank/question.ts";
import { hashOf } from "../core/hash.ts";
import { isSamePlace } from "./claim.ts";
import { locateAll, type Location } from "./locate.ts";
import type { Nearest } from "./nearest.ts";
import { noOwnChange, type IsOwnChange } from "./own-writes.ts";
import { indexQuestions, type Place } from "./question-index.ts";

export const PROPOSAL_STATES = ["clean", "moved", "done", "conflict", "stale", "ambiguous", "missing"] as const;

/**
 * How a proposal stands to the bank as it is now. Derived each time, never stored.
 *
 * clean: question and slot are as they were · moved: the same, elsewhere · done: the slot already holds the draft ·
 * conflict: the slot holds something else · stale: the question's text changed · ambiguous: it could be one of several
 * questions · missing: it is gone.
 */
export type ProposalState =
  | { readonly kind: "clean" | "moved" | "done" | "conflict"; readonly place: Place }
  | { readonly kind: "stale"; readonly nearest: Nearest }
  | { readonly kind: "ambiguous"; readonly places: readonly Place[] }
  | { readonly kind: "missing" };

export type StateName = (typeof PROPOSAL_STATES)[number];

/** A state as a sentence says it, after "it is". */
export function standWords(state: StateName): string {
  return state === "conflict" ? "in conflict" : state;
}

/** A proposal and how it stands. */
export interface ReviewItem {
  readonly proposal: Proposal;
  readonly state: ProposalState;
  /** True where a person changed the draft after it was generated. */
  readonly isEdited: boolean;
}

/**
 * All proposals against the bank, in the order given and in one pass. Give all there are, decided ones too: a question
 * that another proposal surely means is not mistaken for this one's. Without `isOwnChange` twins that only their order tells
 * apart are ambiguous after any change to their file.
 */
export function reviewItems(
  bank: Bank,
  proposals: readonly Proposal[],
  isOwnChange: IsOwnChange = noOwnChange,
): readonly ReviewItem[] {
  const sought = proposals.map(({ header }) => ({ id: header.id, text: header.question, origin: header.source }));
  const locations = locateAll(indexQuestions(bank, isOwnChange), sought);
  return proposals.map((proposal, at) => ({
    proposal,
    state: stateAt(locations[at] ?? { kind: "missing" }, proposal),
    isEdited: hashOf(proposal.body) !== proposal.header.content_hash,
  }));
}

/** The item with another draft or status: where its question stands does not depend on them. */
export function withProposal({ state }: ReviewItem, proposal: Proposal): ReviewItem {
  const { source, content_hash: generated } = proposal.header;
  const isEdited = hashOf(proposal.body) !== generated;
  if (!("place" in state)) return { proposal, state, isEdited };
  const location = { kind: "found", place: state.place, hasMoved: !isSamePlace(state.place, source) } as const;
  return { proposal, state: stateAt(location, proposal), isEdited };
}

function stateAt(location: Location, proposal: Proposal): ProposalState {
  if (location.kind !== "found") return location;
  const { place, hasMoved } = location;
  if (holdsDraft(place.question, proposal)) return { kind: "done", place };
  if (!isSlotAsDrafted(place.question, proposal)) return { kind: "conflict", place };
  return { kind: hasMoved ? "moved" : "clean", place };
}

/** A placeholder is no answer, also where somebody drafted one. */
function holdsDraft({ slot, state }: Question, proposal: Proposal): boolean {
  return (state === "filled" || state === "partial") && slot.answer === proposal.body.trim();
}

/** The same text with other line ends, as a checkout on another system has it, is the same slot. */
function isSlotAsDrafted({ slot }: Question, proposal: Proposal): boolean {
  const base = proposal.header.source.base_slot_hash;
  if (slot.hash === base) return true;
  const unix = slot.text.replaceAll("\r\n", "\n");
  return hashOf(unix) === base || hashOf(unix.replaceAll("\n", "\r\n")) === base;
}
