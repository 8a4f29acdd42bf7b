import { kindOfId } from "../../bank/proposal.ts";
import type { Decision } from "../../files/decision.ts";
import type { ActivityEntry } from "../../web/api.ts";
import { deskId, type ProposalEntry } from "./review-desk-entry.ts";

/** The proposal that a line of the decision log is about, by the desk's name for it. */
export function idOfDecision({ path, id }: Decision): string {
  return deskId(kindOfId(id), path, id);
}

/** What the decision log says, newest first. Only the last word on a proposal can be taken back. */
export function proposalActivity(
  decisions: readonly Decision[],
  entries: ReadonlyMap<string, ProposalEntry>,
): readonly ActivityEntry[] {
  const later = new Set<string>();
  return decisions.toReversed().map((decision): ActivityEntry => {
    const id = idOfDecision(decision);
    const entry = entries.get(id);
    const isLast = !later.has(id);
    later.add(id);
    const { seq, at, actor, action, via } = decision;
    return {
      seq,
      at,
      actor,
      action,
      via,
      id,
      title: entry?.row.title ?? decision.id,
      reason: decision.reason ?? "",
      undoable: isLast && entry !== undefined && standsAs(entry, action),
    };
  });
}

/** True while the proposal is what the decision made of it. */
export function standsAs({ row: { status } }: ProposalEntry, action: Decision["action"]): boolean {
  switch (action) {
    case "accept":
      return status === "accepted";
    case "reject":
    case "redo":
      return status === "rejected";
    case "apply":
      // Accepted where the writer was killed before it could say so.
      return status === "applied" || status === "accepted";
    case "edit":
    case "undo":
    case "revert":
      return false;
    default:
      return action satisfies never;
  }
}
