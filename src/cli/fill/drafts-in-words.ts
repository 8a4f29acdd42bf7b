import { PROPOSAL_KINDS, type Proposal, type ProposalKind } from "../../bank/proposal.ts";
import { plural } from "../format.ts";

export function countOf(proposals: readonly Proposal[], kind: ProposalKind): number {
  return proposals.filter(({ header }) => header.kind === kind).length;
}

/** "3 answers", "1 rubric", "3 answers and 1 rubric"; "0 answers" for none. */
export function draftsInWords(proposals: readonly Proposal[]): string {
  const present = PROPOSAL_KINDS.filter((kind) => countOf(proposals, kind) > 0);
  const kinds = present.length === 0 ? (["answer"] as const) : present;
  return kinds.map((kind) => plural(countOf(proposals, kind), kind)).join(" and ");
}
