import { dirname, join } from "node:path";
import type { Proposal } from "../../bank/proposal.ts";
import { isRubricPath } from "../../bank/rubric-file.ts";
import { UserError } from "../../core/errors.ts";
import { hashOf } from "../../core/hash.ts";
import { questionId } from "../../core/ids.ts";
import type { NewDecision } from "../../files/decision.ts";
import type { DecisionLog } from "../../files/decision-log.ts";
import { faultCode } from "../../files/file-error.ts";
import { acquireLock, type Lock } from "../../files/lock.ts";
import type { ProposalStore } from "../../files/proposal-store.ts";
import { sweepTemporaryFiles } from "../../files/temporary-file.ts";
import { writeRubricFile } from "../../files/rubric-place.ts";
import { writeBankFile } from "../../files/write-bank-file.ts";
import { decide } from "../../review/decide.ts";
import type { SlotRecord } from "../../review/slot-record.ts";
import type { FilePlan } from "../../review/write-plan.ts";
import type { Project } from "../open-project.ts";
import type { Report } from "../report.ts";

const PATIENCE_MS = 5_000;

/** One slot that a file plan changes, and the proposal it belongs to. */
export interface SlotWrite {
  readonly proposal: Proposal;
  readonly record: SlotRecord;
  /** True where a person had changed the draft. */
  readonly isEdited: boolean;
}

export interface BankWriting {
  readonly action: "apply" | "revert";
  readonly actor: string;
  readonly store: ProposalStore;
  readonly log: DecisionLog;
}

/** A file that stayed as it was, and why. */
export interface UnwrittenFile {
  readonly path: string;
  readonly reason: string;
  readonly hint: string | undefined;
}

/**
 * Does work that writes banks or decides on proposals: one at a time in a project. The work is done at once, for whoever waits
 * for the lock holds up its whole process, this one too.
 */
export function underBankLock<Result>(project: Project, work: () => Result): Result {
  return holding(project, acquireBankLock(project, PATIENCE_MS), work);
}

/**
 * As {@link underBankLock}, for a process that others wait for: while the lock is held elsewhere it does other things, and
 * soon says who holds it. Rejects with a UserError then.
 */
export async function underBankLockSoon<Result>(project: Project, work: () => Result): Promise<Result> {
  return holding(project, await lockSoon(project), work);
}

const TURN_MS = 20;
const TURNS = 50;

async function lockSoon(project: Project): Promise<Lock> {
  for (let turn = 1; ; turn += 1) {
    try {
      return acquireBankLock(project, 0);
    } catch (error) {
      // A disk that takes no lock takes none soon either, and has said what to do.
      if (!(error instanceof UserError) || faultCode(error.cause) !== undefined) throw error;
      if (turn === TURNS) {
        throw new UserError(`${error.message}; nothing was changed, try again when it is done`, { cause: error });
      }
    }
    await project.clock.sleep(TURN_MS);
  }
}

function acquireBankLock({ workspace, clock }: Project, patienceMs: number): Lock {
  return acquireLock(join(workspace.locks, "bank.lock"), clock, { patienceMs });
}

function holding<Result>(project: Project, lock: Lock, work: () => Result): Result {
  if (lock.takenOverFrom !== undefined) {
    project.report.note(`took over from process ${lock.takenOverFrom.pid}, which did not finish`);
  }
  try {
    return work();
  } finally {
    lock.release();
  }
}

/**
 * Carries plans out, file by file: what will be replaced goes into the log first, then the file changes as a whole, then
 * the proposals' status follows. Stopped anywhere, running again finds out by the hashes what is left to do.
 */
export function writeBanks(
  project: Project,
  files: readonly FilePlan[],
  writes: readonly SlotWrite[],
  writing: BankWriting,
): readonly UnwrittenFile[] {
  const unwritten: UnwrittenFile[] = [];
  const swept = new Set<string>();
  for (const file of files) {
    const own = writes.filter(({ record }) => record.path === file.path);
    writing.log.append(own.map((write) => decisionOf(write, writing)));
    const failure = writeOne(project, file, swept);
    if (failure !== undefined) {
      unwritten.push(failure);
      writing.log.append(own.map((write) => withdrawal(write, writing, failure.reason)));
      continue;
    }
    for (const { proposal } of own) settle(proposal, writing);
  }
  return unwritten;
}

/** The proposal's status after its slot was written or put back. */
export function settle({ header }: Proposal, { action, store }: Pick<BankWriting, "action" | "store">): void {
  // An answer whose writer was killed is in the bank while its proposal still says accepted.
  const isUnsaid = action === "revert" && header.status === "accepted";
  const decision = decide(header.status, isUnsaid ? "undo" : action);
  if (decision.kind === "refused") return;
  // Should it get lost, the bank itself tells that the draft is in it or out of it.
  store.setStatus(header.source.path, questionId(header.id), decision.status, { durable: false });
}

function writeOne(
  { workspace, report }: Project,
  { path, after, baseHash }: FilePlan,
  swept: Set<string>,
): UnwrittenFile | undefined {
  const full = join(workspace.root, path);
  try {
    sweepOnce(report, dirname(full), swept);
    const result = isRubricPath(path)
      ? writeRubricFile(workspace.root, path, after, baseHash)
      : writeBankFile(full, after, baseHash);
    if (result.status === "written-unconfirmed") {
      report.warn(
        `${path} is written, but the disk did not confirm that it survives a power failure: ${result.reason}`,
      );
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { path, reason: error.message, hint: error.hint };
  }
}

/** A folder may hold thousands of rubrics. */
function sweepOnce(report: Report, folder: string, swept: Set<string>): void {
  if (swept.has(folder)) return;
  for (const leftover of sweepTemporaryFiles(folder)) report.note(`removed what a killed process left: ${leftover}`);
  swept.add(folder);
}

function decisionOf({ proposal, record, isEdited }: SlotWrite, { action, actor }: BankWriting): NewDecision {
  const { header, body } = proposal;
  return {
    action,
    actor,
    via: "apply",
    ...record,
    place: { ...record.place, headings: [...record.place.headings] },
    draft_hash: hashOf(body),
    edited: isEdited,
    model: header.run.model_answered ?? header.run.model,
    prompt: header.run.prompt,
    run: header.run.id,
  };
}

/** Says in the log that the write before did not happen: the same slot, the other way round. */
function withdrawal(write: SlotWrite, writing: BankWriting, reason: string): NewDecision {
  const { record } = write;
  const reversed: SlotRecord = {
    ...record,
    before_slot: record.after_slot,
    after_slot: record.before_slot,
    after_slot_hash: hashOf(record.before_slot),
    edit: { start: record.edit.start, removed: record.edit.inserted, inserted: record.edit.removed },
    before_file_hash: record.after_file_hash,
    after_file_hash: record.before_file_hash,
  };
  const action = writing.action === "apply" ? "revert" : "apply";
  return { ...decisionOf({ ...write, record: reversed }, { ...writing, action }), reason: `not written: ${reason}` };
}
