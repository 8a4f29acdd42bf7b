import type { Place } from "../../review/question-index.ts";
import type { Change } from "../../web/api.ts";
import { CHANGED, done, refused, type Deciding } from "./review-desk-change.ts";
import { proposalId, type ProposalEntry } from "./review-desk-entry.ts";
import {
  draftFault,
  reanchorDraft,
  restoreDraft,
  saveDraft,
  type DraftEditor,
  type DraftResult,
} from "../review/review-draft.ts";
import { REFUSAL_WORDS } from "../review/review-session.ts";

/** Makes a text the draft, where it would fill its slot and do nothing else. */
export function saveProposalDraft(desk: Deciding, entry: ProposalEntry, draft: string): Change {
  const { session } = desk.proposals;
  // The file keeps one line feed of its own after the draft.
  const body = draft.replaceAll("\r\n", "\n").replace(/\n+$/, "");
  if (body === entry.item.proposal.body) return done(entry, "Nothing changed.");
  const fault = draftFault(session, entry.item, body);
  if (fault !== undefined) return refused(`This cannot be the draft: ${fault}.`);
  const saved = saveDraft(session, entry.item, body, editor(desk));
  return afterDraft(desk, entry, saved, "Saved. It waits for a decision.");
}

/** Says which place a draft is meant for: the only one it could be, or that `at` a position among several. */
export function reanchorProposal(desk: Deciding, entry: ProposalEntry, at: number | undefined): Change {
  const place = meantPlace(entry, at);
  if (place === undefined)
    return refused(`It is ${entry.item.state.kind}; there is no one place it could be meant for.`);
  const saved = reanchorDraft(desk.proposals.session, entry.item, { place }, editor(desk));
  return afterDraft(desk, entry, saved, "It belongs there now, and waits for a decision.");
}

function meantPlace({ item: { state } }: ProposalEntry, at: number | undefined): Place | undefined {
  if (state.kind === "stale") return state.nearest;
  if (state.kind === "ambiguous") return at === undefined ? undefined : state.places[at];
  return state.kind === "conflict" ? state.place : undefined;
}

function editor({ actor }: Deciding): DraftEditor {
  return { actor, reason: undefined, via: "web" };
}

function afterDraft(desk: Deciding, before: ProposalEntry, result: DraftResult, message: string): Change {
  const { proposals, steps } = desk;
  switch (result.status) {
    case "changed":
      return CHANGED;
    case "taken":
      return refused("That question has a proposal of its own.");
    case "refused":
      return refused(`It ${REFUSAL_WORDS[result.reason]}.`);
    case "saved": {
      const id = proposalId(result.proposal);
      // At the place that it has, the rest of the bank does not matter.
      if (id === before.row.id && "place" in before.item.state) proposals.put(before, result.proposal);
      else proposals.refresh();
      const entry = proposals.entries.get(id);
      if (entry === undefined) return done(undefined, message);
      const back = (): Change => restore(desk, entry, before);
      steps.add({ changed: [{ id, etag: entry.row.etag }], back });
      return { ...done(entry, message), ...(id === before.row.id ? {} : { id }) };
    }
    default:
      return result satisfies never;
  }
}

function restore({ proposals, ...desk }: Deciding, entry: ProposalEntry, before: ProposalEntry): Change {
  const by = editor({ proposals, ...desk });
  const result = restoreDraft(proposals.session, entry.item, before.item.proposal, by);
  proposals.refresh();
  if (result.status !== "saved") return CHANGED;
  const id = proposalId(result.proposal);
  return { ...done(proposals.entries.get(id), "Taken back."), ...(id === entry.row.id ? {} : { id }) };
}
