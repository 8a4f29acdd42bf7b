import { z } from "zod";
import { PROPOSAL_KINDS, PROPOSAL_STATUSES } from "../bank/proposal.ts";
import { isAcceptable } from "./acceptable.ts";
import { PROPOSAL_STATES, type ReviewItem } from "./states.ts";

const count = z.int().nonnegative();

/** One row of `review list --json` and of the check. */
const reviewRow = z.strictObject({
  kind: z.enum(PROPOSAL_KINDS),
  id: z.string(),
  path: z.string(),
  question: z.string(),
  state: z.enum(PROPOSAL_STATES),
  status: z.enum(PROPOSAL_STATUSES),
  model: z.string(),
  prompt: z.string(),
  cost_usd: z.union([z.number().nonnegative(), z.literal("unknown")]),
  /** Null where the model gave no estimate. */
  confidence: z.number().min(0).max(1).nullable(),
  flags: z.array(z.string()),
  edited: z.boolean(),
});

/**
 * What `review check --json` prints. `gate`: done, when nothing waits · open, when a proposal waits for a decision or
 * for `apply` · blocked, when one of those cannot be applied as it is.
 */
export const reviewReport = z.strictObject({
  schema: z.literal(1),
  gate: z.enum(["done", "open", "blocked"]),
  /** Proposals by status. */
  statuses: z.record(z.enum(PROPOSAL_STATUSES), count),
  /** Proposals that are pending or accepted, by state. */
  open: z.record(z.enum(PROPOSAL_STATES), count),
  items: z.array(reviewRow),
});

export type ReviewRow = z.infer<typeof reviewRow>;
export type ReviewReport = z.infer<typeof reviewReport>;

/** Counts and the value of the gate. Rejected and applied proposals are closed: their state blocks nothing. */
export function reportReview(items: readonly ReviewItem[]): ReviewReport {
  const open = items.filter(isOpen);
  const withStatus = counter(items.map(({ proposal }) => proposal.header.status));
  const inState = counter(open.map(({ state }) => state.kind));
  return {
    schema: 1,
    gate: gateOf(open),
    statuses: {
      pending: withStatus("pending"),
      accepted: withStatus("accepted"),
      rejected: withStatus("rejected"),
      applied: withStatus("applied"),
    },
    open: {
      clean: inState("clean"),
      moved: inState("moved"),
      done: inState("done"),
      conflict: inState("conflict"),
      stale: inState("stale"),
      ambiguous: inState("ambiguous"),
      missing: inState("missing"),
    },
    items: items.map(rowOf),
  };
}

function isOpen({ proposal }: ReviewItem): boolean {
  return proposal.header.status === "pending" || proposal.header.status === "accepted";
}

function gateOf(open: readonly ReviewItem[]): ReviewReport["gate"] {
  if (open.length === 0) return "done";
  return open.every((item) => isAcceptable(item) || item.state.kind === "done") ? "open" : "blocked";
}

function counter<Name extends string>(names: readonly Name[]): (name: Name) => number {
  const counts = new Map<Name, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return (name) => counts.get(name) ?? 0;
}

function rowOf({ proposal: { header }, state, isEdited }: ReviewItem): ReviewRow {
  return {
    kind: header.kind,
    id: header.id,
    path: header.source.path,
    question: header.question,
    state: state.kind,
    status: header.status,
    model: header.run.model_answered ?? header.run.model,
    prompt: header.run.prompt,
    cost_usd: header.run.cost_usd,
    confidence: header.signals.confidence ?? null,
    flags: header.signals.flags,
    edited: isEdited,
  };
}
