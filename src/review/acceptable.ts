import type { ReviewItem, StateName } from "./states.ts";

/** Why an item is not part of a batch: its state, its status, or the first flag on its draft. */
export type BatchExclusion =
  | { readonly kind: "decided" }
  | { readonly kind: "state"; readonly state: StateName }
  | { readonly kind: "flagged"; readonly flag: string };

/** States in which a draft goes where it was made for. Any other needs a person's look, and most a re-anchoring. */
const SAFE_STATES: ReadonlySet<StateName> = new Set(["clean", "moved"]);

/** True where accepting leads to a write that needs no further choice. */
export function isAcceptable(item: ReviewItem): boolean {
  return SAFE_STATES.has(item.state.kind);
}

/**
 * Undefined for the items that "accept all clean ones" takes: pending, at a safe place, without a flag.
 * @param allowed flags that keep nothing out.
 */
export function batchExclusion(item: ReviewItem, allowed: readonly string[] = []): BatchExclusion | undefined {
  const { status, signals } = item.proposal.header;
  if (status !== "pending") return { kind: "decided" };
  if (!isAcceptable(item)) return { kind: "state", state: item.state.kind };
  const flag = signals.flags.find((each) => !allowed.includes(each));
  return flag === undefined ? undefined : { kind: "flagged", flag };
}
