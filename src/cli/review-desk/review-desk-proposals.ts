import { join } from "node:path";
import type { Proposal } from "../../bank/proposal.ts";
import type { BankFile } from "../../bank/question.ts";
import { canonicalJson } from "../../core/canonical-json.ts";
import { fileMemo, stampOf } from "../../files/file-memo.ts";
import type { ProposalReading } from "../../files/proposal-store.ts";
import { readFileIfAny } from "../../files/read-file.ts";
import { readRubricPlace } from "../../files/rubric-place.ts";
import { proposalFolderName } from "../../files/workspace.ts";
import { inOrder } from "../../review/order.ts";
import { withProposal } from "../../review/states.ts";
import type { Project, ReadingMemo } from "../open-project.ts";
import { readBank } from "../read-bank.ts";
import { filesBehind, proposalEntry, proposalId, type ProposalEntry } from "./review-desk-entry.ts";
import { isAsSeen } from "../review/review-draft.ts";
import { openReview, type ReviewSession } from "../review/review-session.ts";

/** A project whose unchanged files are not read again. */
export type RememberingProject = Project & { readonly memo: ReadingMemo };

export function remembering(project: Project): RememberingProject {
  const { memo } = project;
  if (memo !== undefined) return { ...project, memo };
  const now = (): number => project.clock.now();
  return { ...project, memo: { banks: fileMemo(now, isSameBank), proposals: fileMemo(now, isSameReading) } };
}

/**
 * The proposals as they were read last, kept so that a decision need not read thousands. What a decision rests on, the
 * proposal and the files behind its state, is looked at again each time.
 */
export class DeskProposals {
  readonly #project: RememberingProject;
  readonly #operands: readonly string[];
  #session: ReviewSession;
  #entries: Map<string, ProposalEntry>;
  #rubrics = "";

  constructor(project: RememberingProject, operands: readonly string[]) {
    this.#project = project;
    this.#operands = operands;
    this.#session = openReview(project, operands);
    this.#entries = entriesOf(this.#session);
    this.#settle();
  }

  get session(): ReviewSession {
    return this.#session;
  }

  /** By the desk's ids. */
  get entries(): ReadonlyMap<string, ProposalEntry> {
    return this.#entries;
  }

  /** Reads what changed since, and works out all states anew. */
  refresh(): void {
    this.#session = openReview(this.#project, this.#operands);
    this.#entries = entriesOf(this.#session);
    this.#settle();
  }

  /** As {@link refresh}, which is spared where nothing changed. */
  refreshIfChanged(): void {
    const before = this.#changes();
    const { proposals } = this.#session.store.list();
    const banks = proposals.map(({ proposal: { header } }) => header.source.bank ?? header.source.path);
    readBank(this.#project, this.#operands, banks);
    this.#sweep();
    if (this.#changes() !== before || this.#rubricStamp() !== this.#rubrics) this.refresh();
  }

  /** The entry as the disk has it now; undefined where there is none. */
  fresh(id: string): ProposalEntry | undefined {
    const entry = this.#entries.get(id);
    if (entry !== undefined && this.#isAsRead(entry)) return entry;
    this.refresh();
    return this.#entries.get(id);
  }

  /** Takes over what this process itself made of a proposal: another status or draft at the same place. */
  put(entry: ProposalEntry, proposal: Proposal): void {
    const { source, id } = proposal.header;
    this.#entries.set(entry.row.id, proposalEntry(withProposal(entry.item, proposal)));
    const path = `outputs/proposals/${proposalFolderName(source.path)}/${id}.md`;
    this.#project.memo.proposals.keep(join(this.#project.workspace.root, path), { status: "read", path, proposal });
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

  /** What was read is what there is: from here on changes count. */
  #settle(): void {
    this.#rubrics = this.#rubricStamp();
    this.#sweep();
  }

  /** Forgets files that are gone. */
  #sweep(): void {
    this.#project.memo.banks.sweep();
    this.#project.memo.proposals.sweep();
  }

  /** How often something was found changed so far. */
  #changes(): number {
    return this.#project.memo.banks.changes + this.#project.memo.proposals.changes;
  }

  /** Rubric files may be absent, so nothing is remembered of them. */
  #rubricStamp(): string {
    const { root } = this.#project.workspace;
    const files = this.#session.shelves.flatMap(({ kind, bank }) => (kind === "rubric" ? bank.files : []));
    return files.map(({ path }) => stampOf(join(root, path), this.#project.clock.now())).join("\n");
  }
}

function entriesOf({ items }: ReviewSession): Map<string, ProposalEntry> {
  return new Map(inOrder(items, "file").map((item) => [proposalId(item.proposal), proposalEntry(item)]));
}

function isSameBank(left: BankFile, right: BankFile): boolean {
  return Buffer.compare(left.source.bytes, right.source.bytes) === 0;
}

function isSameReading(left: ProposalReading, right: ProposalReading): boolean {
  return canonicalJson(left) === canonicalJson(right);
}
