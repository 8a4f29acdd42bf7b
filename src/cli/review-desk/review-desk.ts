import { setImmediate as nextTurn } from "node:timers/promises";
import { UserError } from "../../core/errors.ts";
import { hashOf } from "../../core/hash.ts";
import type { Decision } from "../../files/decision.ts";
import { fileMemo, type FileMemo } from "../../files/file-memo.ts";
import { openProposalStore } from "../../files/proposal-store.ts";
import { batchExclusion } from "../../review/acceptable.ts";
import type {
  ActivityEntry,
  ApplyView,
  Change,
  ComparisonView,
  DecisionRequest,
  Item,
  Queue,
  QueueRow,
} from "../../web/api.ts";
import type { ReviewDesk } from "../../web/review-desk.ts";
import type { Project } from "../open-project.ts";
import { plural } from "../format.ts";
import { idOfDecision, proposalActivity, standsAs } from "./review-desk-activity.ts";
import { applyNow, dryRun } from "./review-desk-apply.ts";
import { asSeen, CHANGED, done, faultWords, refused, type Deciding } from "./review-desk-change.ts";
import { compareForPage } from "./review-desk-compare.ts";
import { acceptClean, addStep, decideProposal } from "./review-desk-decide.ts";
import { saveProposalDraft } from "./review-desk-draft.ts";
import type { ProposalEntry } from "./review-desk-entry.ts";
import { watchedFolders } from "./review-desk-folders.ts";
import { DeskGrades } from "./review-desk-grades.ts";
import { proposalItem } from "./review-desk-item.ts";
import { DeskProposals, remembering } from "./review-desk-proposals.ts";
import { Steps } from "./review-desk-steps.ts";
import { watchFolders, type FolderWatch } from "./review-desk-watch.ts";
import { underBankLockSoon } from "../review/write-banks.ts";

/** So many are accepted at a time, so that others can look and decide in between. */
const BATCH = 25;

/** The review page's view of a project: proposals and grades for one reviewer, kept up with the disk until it is closed. */
export class ProjectDesk implements ReviewDesk {
  readonly #project: Project;
  readonly #actor: string;
  readonly #proposals: DeskProposals;
  readonly #grades: DeskGrades;
  readonly #steps = new Steps();
  readonly #decisions: FileMemo<readonly Decision[]>;
  readonly #listeners = new Set<(version: string) => void>();
  readonly #watch: FolderWatch;
  #version: string;

  /**
   * A desk whose proposals were read a few at a time, so that this process could do other things meanwhile.
   * Rejects with a UserError where there is no bank.
   */
  static async open(project: Project, operands: readonly string[], actor: string): Promise<ProjectDesk> {
    const remembered = remembering(project);
    await openProposalStore(project.workspace, remembered.memo.proposals).readAhead();
    return new ProjectDesk(remembered, operands, actor);
  }

  /** @throws UserError where there is no bank. */
  constructor(project: Project, operands: readonly string[], actor: string) {
    const remembered = remembering({ ...project, report: saidOnce(project) });
    this.#project = remembered;
    this.#decisions = fileMemo(() => project.clock.now());
    this.#actor = actor;
    this.#proposals = new DeskProposals(remembered, operands);
    this.#grades = new DeskGrades(this.#project, actor);
    this.#version = versionOf(this.#rows());
    this.#watch = watchFolders(() => this.#look());
    this.#watch.follow(this.#folders());
  }

  /** Changes made through this desk, those that were taken back again left out. */
  get changes(): number {
    return this.#steps.changes;
  }

  queue(): Queue {
    const rows = this.#rows();
    const drafts = rows.filter(({ kind }) => kind !== "grade");
    return {
      version: this.#version,
      rows,
      totals: {
        pending: rows.filter(({ status }) => status === "pending").length,
        acceptedNotApplied: drafts.filter(({ status }) => status === "accepted").length,
        conflicts: drafts.filter(({ status, state }) => isOpen(status) && state === "conflict").length,
        spent: rows.reduce((sum, { cost }) => sum + (cost ?? 0), 0),
      },
      actor: this.#actor,
    };
  }

  item(id: string, isBlind: boolean): Item | undefined {
    const entry = this.#proposals.entries.get(id);
    if (entry === undefined) return this.#grades.item(id, isBlind);
    return proposalItem(this.#proposals.session, entry, () => this.#allDecisions());
  }

  async decide(id: string, etag: string, decision: DecisionRequest): Promise<Change> {
    return this.#locked(() =>
      this.#grades.has(id)
        ? this.#decideGrade(id, etag, decision)
        : this.#onSeen(id, etag, (entry) => decideProposal(this.#deciding(), entry, decision)),
    );
  }

  async saveDraft(id: string, etag: string, draft: string): Promise<Change> {
    return this.#locked(() => this.#onSeen(id, etag, (entry) => saveProposalDraft(this.#deciding(), entry, draft)));
  }

  async acceptAll(items: readonly { readonly id: string; readonly etag: string }[], expected: number): Promise<Change> {
    const desk = this.#deciding();
    if (new Set(items.map(({ id }) => id)).size !== expected) {
      return { status: "conflict", message: `There are ${items.length} to accept, not ${expected}.` };
    }
    const first = await this.#locked(() => {
      const isAsSeen = items.every(({ id, etag }) => isClean(asSeen(desk, id, etag)));
      return isAsSeen ? done(undefined, "") : CHANGED;
    });
    if (first.status !== "done") return first;
    const accepted: ProposalEntry[] = [];
    for (let at = 0; at < items.length; at += BATCH) {
      const change = await this.#locked(() => {
        accepted.push(...acceptClean(desk, items.slice(at, at + BATCH)));
        return done(undefined, "");
      });
      if (change.status !== "done") return this.#batchStopped(accepted, change);
      await nextTurn();
    }
    addStep(desk, accepted);
    const left = items.length - accepted.length;
    const rest = left === 0 ? "" : ` ${left} changed in the meantime and were left.`;
    return done(undefined, `${plural(accepted.length, "draft")} accepted.${rest}`);
  }

  /** What was accepted before the fault stays, is told, and can be taken back as one. */
  #batchStopped(accepted: readonly ProposalEntry[], { message }: Change): Change {
    if (accepted.length > 0) addStep(this.#deciding(), accepted);
    return refused(`${plural(accepted.length, "draft")} accepted, then it stopped: ${message}`);
  }

  async apply(isDryRun: boolean): Promise<ApplyView> {
    try {
      if (isDryRun) {
        this.#proposals.refresh();
        return dryRun(this.#proposals.session);
      }
      return await underBankLockSoon(this.#project, () => applyNow(this.#deciding()));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { dryRun: isDryRun, written: 0, files: [], refused: [{ id: "", reason: faultWords(error) }] };
    } finally {
      this.#announce();
    }
  }

  async undo(seq: number | null): Promise<Change> {
    return this.#locked(() => {
      if (seq !== null) return this.#undoDecision(seq);
      return this.#steps.takeBack((id) => this.#grades.etag(id) ?? this.#proposals.fresh(id)?.row.etag);
    });
  }

  activity(): readonly ActivityEntry[] {
    const own = proposalActivity(this.#allDecisions(), this.#proposals.entries);
    const all = [...own, ...this.#grades.activity()];
    return all.toSorted((left, right) => Date.parse(right.at) - Date.parse(left.at) || right.seq - left.seq);
  }

  compare(left: string, right: string): ComparisonView | undefined {
    return compareForPage(this.#project, this.#grades, left, right);
  }

  onChange(listener: (version: string) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Stops looking at the disk, and makes the reports of grades again that were decided on. */
  async close(): Promise<void> {
    this.#watch.stop();
    this.#listeners.clear();
    await this.#grades.writeOutputs();
  }

  #rows(): readonly QueueRow[] {
    return [...Array.from(this.#proposals.entries.values(), ({ row }) => row), ...this.#grades.rows()];
  }

  #deciding(): Deciding {
    return { project: this.#project, proposals: this.#proposals, steps: this.#steps, actor: this.#actor };
  }

  #onSeen(id: string, etag: string, change: (entry: ProposalEntry) => Change): Change {
    const entry = asSeen(this.#deciding(), id, etag);
    return entry === undefined ? CHANGED : change(entry);
  }

  #decideGrade(id: string, etag: string, decision: DecisionRequest): Change {
    const change = this.#grades.decide(id, etag, decision);
    if (change.status !== "done" || change.etag === null) return change;
    if (decision.action === "undo") return change;
    const back = (): Change => this.#grades.decide(id, this.#grades.etag(id) ?? "", { action: "undo" });
    this.#steps.add({ changed: [{ id, etag: change.etag }], back });
    return change;
  }

  #undoDecision(seq: number): Change {
    const decisions = this.#allDecisions();
    const decision = decisions.find((each) => each.seq === seq);
    if (decision === undefined) return refused(`There is no decision ${seq}.`);
    const id = idOfDecision(decision);
    const entry = this.#proposals.fresh(id);
    const isLast = decisions.findLast((each) => idOfDecision(each) === id) === decision;
    if (entry === undefined || !isLast || !standsAs(entry, decision.action)) return CHANGED;
    return decideProposal(this.#deciding(), entry, { action: "undo" });
  }

  #allDecisions(): readonly Decision[] {
    const path = this.#project.workspace.decisions;
    const known = this.#decisions.recall(path);
    if (known !== undefined) return known;
    const read = this.#proposals.session.log.readAll();
    this.#decisions.keep(path, read);
    return read;
  }

  async #locked(change: () => Change): Promise<Change> {
    try {
      return await underBankLockSoon(this.#project, change);
    } catch (error) {
      if (error instanceof UserError) return refused(faultWords(error));
      throw error;
    } finally {
      this.#announce();
    }
  }

  #look(): void {
    try {
      this.#proposals.refreshIfChanged();
      this.#grades.refresh();
    } catch (error) {
      // A file in the middle of being written, or a folder that was moved: the next look will tell.
      if (!(error instanceof UserError)) throw error;
    }
    this.#watch.follow(this.#folders());
    this.#announce();
  }

  #folders(): ReadonlySet<string> {
    return new Set([...watchedFolders(this.#project.workspace, this.#proposals.session), ...this.#grades.folders()]);
  }

  #announce(): void {
    const version = versionOf(this.#rows());
    if (version === this.#version) return;
    this.#version = version;
    for (const listener of this.#listeners) listener(version);
  }
}

function isOpen(status: QueueRow["status"]): boolean {
  return status === "pending" || status === "accepted";
}

function isClean(entry: ProposalEntry | undefined): boolean {
  return entry !== undefined && batchExclusion(entry.item) === undefined;
}

function versionOf(rows: readonly QueueRow[]): string {
  return hashOf(rows.map(({ id, etag }) => id + etag).join()).slice("sha256:".length, "sha256:".length + 16);
}

/** Looking at files again and again says the same again and again; once is enough, and only what goes wrong. */
function saidOnce({ report }: Project): Project["report"] {
  const said = new Set<string>();
  const warn = (line: string): void => {
    if (said.has(line)) return;
    said.add(line);
    report.warn(line);
  };
  return { ...report, result: unsaid, note: unsaid, document: unsaid, warn };
}

function unsaid(): void {}
