import type { BankFile } from "../../bank/question.ts";
import type { Proposal } from "../../bank/proposal.ts";
import { canonicalJson } from "../../core/canonical-json.ts";
import { hashOf } from "../../core/hash.ts";
import { visibleLine } from "../../core/sanitise.ts";
import { wordsOf } from "../../core/terms.ts";
import type { ProposalState, ReviewItem } from "../../review/states.ts";
import type { QueueRow, ReviewKind } from "../../web/api.ts";
import { shorten } from "../format.ts";

/** A proposal as the desk holds it: what it is, and its line in the queue. */
export interface ProposalEntry {
  readonly item: ReviewItem;
  readonly row: QueueRow;
}

const LONGEST_TITLE = 160;

/** The same name for the same thing in every session, so that a link to it lasts; nobody can tell a path from it. */
export function deskId(kind: ReviewKind, ...names: readonly string[]): string {
  return shortHash([kind, ...names]);
}

/** What a decision was made on, as a text for a header. */
export function etagOf(parts: readonly unknown[]): string {
  return shortHash(parts);
}

function shortHash(parts: readonly unknown[]): string {
  return hashOf(JSON.stringify(parts)).slice("sha256:".length, "sha256:".length + 32);
}

/** The start of a question on one line. */
export function titleOf(question: string): string {
  return shorten(visibleLine(question), LONGEST_TITLE);
}

export function proposalId({ header }: Proposal): string {
  return deskId(header.kind, header.source.path, header.id);
}

export function proposalEntry(item: ReviewItem): ProposalEntry {
  const { proposal, state, isEdited } = item;
  const { header } = proposal;
  const { run, signals } = header;
  const { hash, words } = factsOf(proposal);
  return {
    item,
    row: {
      id: proposalId(proposal),
      name: header.id,
      kind: header.kind,
      status: header.status,
      state: state.kind,
      title: titleOf(header.question),
      place: header.source.bank ?? header.source.path,
      candidate: "",
      words,
      confidence: signals.confidence ?? null,
      cost: run.cost_usd === "unknown" ? null : run.cost_usd,
      model: run.model_answered ?? run.model,
      prompt: run.prompt,
      run: run.id,
      flags: signals.flags,
      edited: isEdited,
      revision: header.revision,
      etag: etagOf([hash, standOf(state)]),
    },
  };
}

/** The files that a proposal's state was read off. */
export function filesBehind(state: ProposalState): readonly BankFile[] {
  switch (state.kind) {
    case "clean":
    case "moved":
    case "done":
    case "conflict":
      return [state.place.file];
    case "stale":
      return [state.nearest.file];
    case "ambiguous":
      return [...new Set(state.places.map(({ file }) => file))];
    case "missing":
      return [];
    default:
      return state satisfies never;
  }
}

/** All of a state that a decision may rest on. */
function standOf(state: ProposalState): unknown {
  if ("place" in state) {
    const { file, question } = state.place;
    const { textHash, ordinal, slot } = question;
    return [state.kind, file.path, textHash, ordinal, slot.hash, file.readOnly ?? null];
  }
  if (state.kind === "stale") return [state.kind, state.nearest.file.path, state.nearest.question.text];
  if (state.kind === "missing") return [state.kind];
  return [state.kind, ...state.places.map(({ file, question }) => [file.path, question.ordinal, question.slot.hash])];
}

interface Facts {
  readonly hash: string;
  readonly words: number;
}

// Of thousands of proposals few change between two looks.
const KNOWN = new WeakMap<Proposal, Facts>();

function factsOf(proposal: Proposal): Facts {
  const known = KNOWN.get(proposal) ?? {
    hash: hashOf(canonicalJson(proposal)),
    words: wordsOf(proposal.body).length,
  };
  KNOWN.set(proposal, known);
  return known;
}
