import { join } from "node:path";
import type { BankFile } from "../bank/question.ts";
import type { Proposal } from "../bank/proposal.ts";
import { readFileIfAny } from "../files/read-file.ts";
import { readRubricPlace } from "../files/rubric-place.ts";
import { withProposal } from "../review/states.ts";
import type { Project } from "./open-project.ts";
import { filesBehind, proposalEntry, proposalId, type ProposalEntry } from "./review-desk-entry.ts";
import { isAsSeen } from "./review-draft.ts";
import { openReview, type ReviewSession } from "./review-session.ts";

/**
 * The proposals as they were read last, kept so that a decision need not read thousands. What a decision rests on, the
 * proposal and the files behind its state, is looked at again each time.
 */
export class DeskProposals {
  readonly #project: Project;
  readonly #operands: readonly string[];
  #session: ReviewSession;
  #entries: Map<string, ProposalEntry>;

  constructor(project: Project, operands: readonly string[]) {
    this.#project = project;
    this.#operands = operands;
    this.#session = openReview(project, operands);
    this.#entries = entriesOf(this.#session);
  }

  get session(): ReviewSession {
    return this.#session;
  }

  get entries(): ReadonlyMap<string, ProposalEntry> {
    return this.#entries;
  }

  /** Reads what changed since, and works out all states anew. */
  refresh(): void {
    this.#session = openReview(this.#project, this.#operands);
    this.#entries = entriesOf(this.#session);
    this.#project.memo?.proposals.sweep();
  }

  /** The entry as the disk has it now; undefined where there is none. */
  fresh(id: string): ProposalEntry | undefined {
    const entry = this.#entries.get(id);
    if (entry !== undefined && this.#isAsRead(entry)) return entry;
    this.refresh();
    return this.#entries.get(id);
  }

  /** Takes over what this process itself made of a proposal: another status or draft at the same place. */
  put(entry: ProposalEntry, proposal: Proposal): ProposalEntry {
    const changed = proposalEntry(withProposal(entry.item, proposal));
    this.#entries.set(changed.row.id, changed);
    return changed;
  }

  #isAsRead({ item }: ProposalEntry): boolean {
    return (
      isAsSeen(this.#session, item) && filesBehind(item.state).every((file) => this.#isFileAsRead(item.proposal, file))
    );
  }

  #isFileAsRead({ header }: Proposal, { path, source }: BankFile): boolean {
    const { root } = this.#project.workspace;
    const bytes = header.kind === "rubric" ? readRubricPlace(root, path).bytes : readFileIfAny(join(root, path));
    return bytes !== undefined && Buffer.compare(bytes, source.bytes) === 0;
  }
}

function entriesOf({ items }: ReviewSession): Map<string, ProposalEntry> {
  return new Map(items.map((item) => [proposalId(item.proposal), proposalEntry(item)]));
}
