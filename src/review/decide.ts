import type { Proposal } from "../bank/proposal.ts";

export type ProposalStatus = Proposal["header"]["status"];

/**
 * What may happen to a proposal. `edit` replaces the draft, `redo` rejects it and asks for another, `undo` takes a
 * decision back; `apply` and `revert` follow a write into the bank and its undoing.
 */
export const DECISION_ACTIONS = ["accept", "reject", "redo", "edit", "undo", "apply", "revert"] as const;
export type DecisionAction = (typeof DECISION_ACTIONS)[number];

export type RefusedDecision =
  | "already-accepted"
  | "already-rejected"
  | "already-applied"
  | "not-accepted"
  | "not-applied"
  | "nothing-to-undo"
  | "undo-the-apply-first";

export type Decision =
  | { readonly kind: "decided"; readonly status: ProposalStatus }
  | { readonly kind: "refused"; readonly reason: RefusedDecision };

type Row = Readonly<Record<DecisionAction, Decision>>;

// An edit always waits for a new decision: what was accepted or rejected was another text.
const TRANSITIONS: Readonly<Record<ProposalStatus, Row>> = {
  pending: {
    accept: to("accepted"),
    reject: to("rejected"),
    redo: to("rejected"),
    edit: to("pending"),
    undo: no("nothing-to-undo"),
    apply: no("not-accepted"),
    revert: no("not-applied"),
  },
  accepted: {
    accept: no("already-accepted"),
    reject: to("rejected"),
    redo: to("rejected"),
    edit: to("pending"),
    undo: to("pending"),
    apply: to("applied"),
    revert: no("not-applied"),
  },
  rejected: {
    accept: to("accepted"),
    reject: no("already-rejected"),
    redo: to("rejected"),
    edit: to("pending"),
    undo: to("pending"),
    apply: no("not-accepted"),
    revert: no("not-applied"),
  },
  applied: {
    accept: no("already-applied"),
    reject: no("undo-the-apply-first"),
    redo: no("undo-the-apply-first"),
    edit: no("undo-the-apply-first"),
    undo: no("undo-the-apply-first"),
    apply: no("already-applied"),
    revert: to("pending"),
  },
};

/** The one table of what may follow what. The reason or note of a rejection is the log's, not the status's. */
export function decide(status: ProposalStatus, action: DecisionAction): Decision {
  return TRANSITIONS[status][action];
}

function to(status: ProposalStatus): Decision {
  return { kind: "decided", status };
}

function no(reason: RefusedDecision): Decision {
  return { kind: "refused", reason };
}
