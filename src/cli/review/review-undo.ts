import { z } from "zod";
import type { Proposal } from "../../bank/proposal.ts";
import { EXIT, UserError, type ExitCode } from "../../core/errors.ts";
import { hashOf } from "../../core/hash.ts";
import type { Decision } from "../../files/decision.ts";
import type { ReviewItem } from "../../review/states.ts";
import type { SlotRecord } from "../../review/slot-record.ts";
import { planUndoInTurn } from "../../review/undo.ts";
import { refusalWords } from "./apply.ts";
import { draftsInWords } from "../fill/drafts-in-words.ts";
import { filterOption, itemsThat } from "./review-filter.ts";
import { refuseUnnamed } from "./review-named.ts";
import { plural } from "../format.ts";
import type { CommandContext } from "../main.ts";
import { openProject, type Project } from "../open-project.ts";
import { commonOptions, parseOptions } from "../options.ts";
import {
  carryOutAll,
  itemsWithId,
  openReview,
  REFUSAL_WORDS,
  reviewer,
  type ReviewSession,
  type Verdict,
} from "./review-session.ts";
import { settle, underBankLock, writeBanks, type SlotWrite } from "./write-banks.ts";

const undoOptions = commonOptions.extend({
  ...filterOption.shape,
  all: z.boolean().default(false),
  by: z.string().optional(),
  reason: z.string().optional(),
});

interface Undone {
  readonly takenBack: readonly string[];
  readonly reverted: readonly Proposal[];
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
}

/** `answerkey review undo`: takes decisions back; applied answers leave the bank again. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { operands, options: flags } = context.invocation;
  const options = parseOptions(undoOptions, flags);
  refuseUnnamed(context.invocation, options);
  const project = await openProject(context, options);
  const actor = await reviewer(project, options.by);
  const undone = underBankLock(project, () => {
    const session = openReview(project, []);
    const items = options.all
      ? itemsThat(session.items, options.filter).filter((item) => item.proposal.header.status !== "pending")
      : [...new Set(operands)].flatMap((id) => itemsWithId(session, id));
    return undoItems(project, session, items, { actor, reason: options.reason, via: "script" });
  });
  show(project, undone);
  return undone.refused.length > 0 ? EXIT.open : EXIT.done;
}

function refuseBrokenLog({ log }: ReviewSession): void {
  const chain = log.verifyChain();
  if (chain.status === "whole") return;
  throw new UserError(`outputs/decisions.jsonl:${chain.line}: the log was tampered with: ${chain.reason}`, {
    hint: "nothing is undone from it; restore the log, or take the answers out by hand",
  });
}

/**
 * Takes back the last decision on each, by carrying out what undoes it; the caller holds the bank lock.
 * @throws UserError for a log that was tampered with.
 */
export function undoItems(
  project: Project,
  session: ReviewSession,
  items: readonly ReviewItem[],
  by: Omit<Verdict, "action">,
): Undone {
  refuseBrokenLog(session);
  const writes = lastWrites(session.log.readAll());
  const inBank = items.filter((item) => isInBank(item, writes));
  const written = new Set(inBank);
  const refused: { id: string; reason: string }[] = [];
  const takenBack: string[] = [];
  const decided = items.filter((item) => !written.has(item));
  const refusals = carryOutAll(session, decided, { action: "undo", ...by });
  for (const [at, item] of decided.entries()) {
    const { id } = item.proposal.header;
    const refusal = refusals[at];
    if (refusal === undefined) takenBack.push(id);
    else refused.push({ id, reason: REFUSAL_WORDS[refusal] });
  }
  const reverted = revert(project, session, inBank, writes, by.actor);
  return { takenBack, reverted: reverted.proposals, refused: [...refused, ...reverted.refused] };
}

type Writes = ReadonlyMap<string, SlotRecord>;

/** Applied, or written into the bank by a process that was killed before it could say so. */
function isInBank({ proposal, state }: ReviewItem, writes: Writes): boolean {
  const { header } = proposal;
  if (header.status === "applied") return true;
  return header.status === "accepted" && state.kind === "done" && lastWriteOf(header, writes) !== undefined;
}

function revert(
  project: Project,
  session: ReviewSession,
  inBank: readonly ReviewItem[],
  writes: Writes,
  actor: string,
): { readonly proposals: readonly Proposal[]; readonly refused: Undone["refused"] } {
  const { store, log, shelves } = session;
  const refused: { id: string; reason: string }[] = [];
  const proposals: Proposal[] = [];
  const wanted = new Map<SlotRecord, ReviewItem>();
  for (const item of inBank) {
    const { id } = item.proposal.header;
    const record = lastWriteOf(item.proposal.header, writes);
    if (isOutAlready(item)) {
      settle(item.proposal, { action: "revert", store });
      proposals.push(item.proposal);
    } else if (record === undefined) {
      refused.push({ id, reason: "is not in the decision log, so nobody knows what it replaced" });
    } else if (!isOfProposal(record, item)) {
      refused.push({ id, reason: "has a record in the log that does not fit what stood there; take it out by hand" });
    } else wanted.set(record, item);
  }
  const requests = shelves.map(({ bank, kind, read, guards }) => {
    const records = [...wanted].flatMap(([record, { proposal }]) => (proposal.header.kind === kind ? [record] : []));
    return { bank, records, read, guard: guards.undo };
  });
  const plan = planUndoInTurn(requests);
  const slots: SlotWrite[] = [];
  for (const result of plan.results) {
    const item = wanted.get(result.undone);
    if (item === undefined) continue;
    const { proposal, isEdited } = item;
    if (result.kind === "undone") slots.push({ proposal, record: result.record, isEdited });
    else refused.push({ id: proposal.header.id, reason: refusalWords(result.refusal) });
  }
  const unwritten = writeBanks(project, plan.files, slots, { action: "revert", actor, store, log });
  for (const { reason } of unwritten) project.report.warn(reason);
  const lost = new Set(unwritten.map(({ path }) => path));
  for (const { record, proposal } of slots) {
    if (lost.has(record.path)) refused.push({ id: record.id, reason: "its file could not be written" });
    else proposals.push(proposal);
  }
  return { proposals, refused };
}

/** The slot is as it was when the draft was made: an undo that was killed had come that far, or somebody put it back. */
function isOutAlready({ state }: ReviewItem): boolean {
  return state.kind === "clean" || state.kind === "moved";
}

/** What a record would put back is what the proposal was made over: a record that was tampered with is not followed. */
function isOfProposal({ before_slot: before, edit }: SlotRecord, { proposal }: ReviewItem): boolean {
  const unix = before.replaceAll("\r\n", "\n");
  const spellings = [before, unix, unix.replaceAll("\n", "\r\n")].map((text) => hashOf(text));
  return edit.removed === before && spellings.includes(proposal.header.source.base_slot_hash);
}

/** The last write into each slot, by its file and by its question. Whether it still stands is for the bank to say: a revert may have been cut short. */
function lastWrites(decisions: readonly Decision[]): Writes {
  const writes = new Map<string, SlotRecord>();
  for (const decision of decisions) {
    if (decision.action !== "apply") continue;
    for (const where of [decision.path, decision.question_hash]) writes.set(keyOf(where, decision.id), decision);
  }
  return writes;
}

/** By its file, or by its question where that had moved to another file before it was answered. */
function lastWriteOf({ id, source }: Proposal["header"], writes: Writes): SlotRecord | undefined {
  return writes.get(keyOf(source.path, id)) ?? writes.get(keyOf(source.question_hash, id));
}

function keyOf(where: string, id: string): string {
  return `${where} ${id}`;
}

function show({ report }: Project, { takenBack, reverted, refused }: Undone): void {
  if (reverted.length > 0)
    report.result(report.style("green", `${draftsInWords(reverted)} taken out of the bank again`));
  if (takenBack.length > 0 || reverted.length === 0)
    report.result(`${plural(takenBack.length, "decision")} taken back`);
  for (const { id, reason } of refused) report.result(report.style("yellow", `${id} ${reason}`));
  report.document({ schema: 1, taken_back: takenBack, reverted: reverted.map(({ header }) => header.id), refused });
}
