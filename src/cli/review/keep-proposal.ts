import type { Proposal } from "../../bank/proposal.ts";
import { questionId } from "../../core/ids.ts";
import type { ProposalStore } from "../../files/proposal-store.ts";

/**
 * Writes a proposal of a run and keeps the earlier revision that it replaces. A run that ended while this one was planned
 * may have been first: its proposal may be under review already, and stays.
 * @returns false where it stays.
 */
export function keepProposal(store: ProposalStore, proposal: Proposal): boolean {
  const { source, revision, run } = proposal.header;
  const id = questionId(proposal.header.id);
  const present = store.read(source.path, id);
  if (present.status === "read") {
    const known = present.proposal.header;
    if (known.revision >= revision && known.run.id !== run.id) return false;
    if (known.revision < revision) store.supersede(source.path, id);
  }
  store.write(proposal, present);
  return true;
}
