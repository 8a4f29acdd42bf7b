import { batchExclusion, isAcceptable } from "../../review/acceptable.ts";
import { decide, type RefusedDecision } from "../../review/decide.ts";
import { standWords } from "../../review/states.ts";
import type { Change, DecisionRequest } from "../../web/api.ts";
import { asSeen, done, refused, type Deciding } from "./review-desk-change.ts";
import { reanchorProposal } from "./review-desk-draft.ts";
import { proposalId, type ProposalEntry } from "./review-desk-entry.ts";
import { carryOutAll, REFUSAL_WORDS, type Verdict } from "../review/review-session.ts";
import { undoItems } from "../review/review-undo.ts";

type Action = Verdict["action"];

const DONE_WORDS: Readonly<Record<Action, string>> = {
  accept: "Accepted.",
  reject: "Rejected.",
  redo: "Sent back for another draft.",
  undo: "Taken back.",
};

/** Carries out one decision on what was seen. */
export function decideProposal(desk: Deciding, entry: ProposalEntry, decision: DecisionRequest): Change {
  switch (decision.action) {
    case "accept":
    case "undo":
      return carryOutOne(desk, entry, decision.action, undefined);
    case "reject":
    case "redo":
      return carryOutOne(desk, entry, decision.action, decision.reason);
    case "reanchor":
      return reanchorProposal(desk, entry, decision.place);
    case "mark":
    case "override":
    case "confirm":
    case "withdraw":
      return refused("That is for grades.");
    default:
      return decision satisfies never;
  }
}

function carryOutOne(desk: Deciding, entry: ProposalEntry, action: Action, reason: string | undefined): Change {
  const { item } = entry;
  if (action === "accept" && !isAcceptable(item) && item.state.kind !== "done") {
    return refused(`It is ${standWords(item.state.kind)} and cannot be accepted as it is.`);
  }
  if (action === "undo" && mayBeInBank(entry)) return takeOut(desk, [entry]);
  const [refusal] = carryOutOn(desk, [entry], action, reason);
  if (refusal !== undefined) return refused(`It ${REFUSAL_WORDS[refusal]}.`);
  const changed = desk.proposals.entries.get(entry.row.id);
  if (changed !== undefined && action !== "undo") addStep(desk, [changed]);
  return done(changed, DONE_WORDS[action]);
}

/** @returns for each why not, where it may not be. */
function carryOutOn(
  { proposals, actor }: Deciding,
  entries: readonly ProposalEntry[],
  action: Action,
  reason?: string,
): readonly (RefusedDecision | undefined)[] {
  const why = reason?.trim() === "" ? undefined : reason?.trim();
  const items = entries.map(({ item }) => item);
  const refusals = carryOutAll(proposals.session, items, { action, actor, reason: why, via: "web" });
  for (const [at, entry] of entries.entries()) {
    const { proposal } = entry.item;
    const next = decide(proposal.header.status, action);
    if (refusals[at] !== undefined || next.kind === "refused") continue;
    proposals.put(entry, { ...proposal, header: { ...proposal.header, status: next.status } });
  }
  return refusals;
}

/** Also where a process was killed between writing it and saying so. */
function mayBeInBank({ item: { proposal, state } }: ProposalEntry): boolean {
  const { status } = proposal.header;
  return status === "applied" || (status === "accepted" && state.kind === "done");
}

/** Takes decisions back, and answers out of the bank again. */
export function takeOut(desk: Deciding, entries: readonly ProposalEntry[]): Change {
  const { project, proposals, actor } = desk;
  const ids = new Set(entries.map(({ row }) => row.id));
  proposals.refresh();
  const items = proposals.session.items.filter(({ proposal }) => ids.has(proposalId(proposal)));
  const undone = undoItems(project, proposals.session, items, { actor, reason: undefined, via: "web" });
  proposals.refresh();
  const [first] = undone.refused;
  if (first !== undefined && undone.takenBack.length + undone.reverted.length === 0) {
    return refused(`It ${first.reason}.`);
  }
  const left = undone.refused.length === 0 ? "" : ` ${undone.refused.length} could not be taken back.`;
  const [only] = ids.size === 1 ? ids : [];
  const etag = only === undefined ? null : (proposals.entries.get(only)?.row.etag ?? null);
  return { status: "done", etag, message: `Taken back.${left}` };
}

/** Remembers a decision on some proposals as one, so that it is taken back as one. */
export function addStep(desk: Deciding, entries: readonly ProposalEntry[]): void {
  const changed = entries.map(({ row: { id, etag } }) => ({ id, etag }));
  desk.steps.add({
    changed,
    back: () =>
      takeBackAll(
        desk,
        changed.map(({ id }) => id),
      ),
  });
}

function takeBackAll(desk: Deciding, ids: readonly string[]): Change {
  const entries = ids.flatMap((id) => desk.proposals.entries.get(id) ?? []);
  if (entries.some(mayBeInBank)) return takeOut(desk, entries);
  const [refusal] = carryOutOn(desk, entries, "undo").filter((each) => each !== undefined);
  if (refusal !== undefined && entries.length === 1) return refused(`It ${REFUSAL_WORDS[refusal]}.`);
  const [only] = ids.length === 1 ? ids : [];
  return done(only === undefined ? undefined : desk.proposals.entries.get(only), DONE_WORDS.undo);
}

/** Accepts what needs no look, as far as it still is what was seen. @returns what was accepted. */
export function acceptClean(
  desk: Deciding,
  seen: readonly { readonly id: string; readonly etag: string }[],
): readonly ProposalEntry[] {
  const entries = seen.flatMap(({ id, etag }) => {
    const entry = asSeen(desk, id, etag);
    return entry === undefined || batchExclusion(entry.item) !== undefined ? [] : [entry];
  });
  const refusals = carryOutOn(desk, entries, "accept");
  return entries.flatMap(({ row }, at) => {
    const accepted = refusals[at] === undefined ? desk.proposals.entries.get(row.id) : undefined;
    return accepted ?? [];
  });
}
