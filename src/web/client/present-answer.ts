import type { ProposalItem } from "../api.ts";

/** The answer that the bank holds; undefined where there is none yet: then all of the draft is new. */
export function presentAnswer({ now, isPlaceholder }: ProposalItem): string | undefined {
  return now === null || now === "" || isPlaceholder === true ? undefined : now;
}
