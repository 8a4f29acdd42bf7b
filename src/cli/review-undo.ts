import { z } from "zod";
import { EXIT, UserError, type ExitCode } from "../core/errors.ts";
import type { Decision } from "../files/decision.ts";
import type { ReviewItem } from "../review/states.ts";
import type { SlotRecord } from "../review/slot-record.ts";
import { planUndo } from "../review/undo.ts";
import { refusalWords } from "./apply.ts";
import { plural } from "./format.ts";
import type { CommandContext } from "./main.ts";
import { openProject, type Project } from "./open-project.ts";
import { commonOptions, parseOptions } from "./options.ts";
import { carryOut, itemsWithId, openReview, REFUSAL_WORDS, reviewer, type ReviewSession } from "./review-session.ts";
import { bankReader, underBankLock, writeBanks, type SlotWrite } from "./write-banks.ts";

const undoOptions = commonOptions.extend({
  all: z.boolean().default(false),
  by: z.string().optional(),
  reason: z.string().optional(),
});

interface Undone {
  readonly takenBack: readonly string[];
  readonly reverted: readonly string[];
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
}

/** `answerkey review undo`: takes decisions back; applied answers leave the bank again. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { operands, options: flags } = context.invocation;
  const options = parseOptions(undoOptions, flags);
  if (options.all === operands.length > 0) {
    throw new UserError(options.all ? "ids and --all exclude each other" : "no proposal is named", {
      hint: "answerkey review undo <id…>, or --all",
    });
  }
  const project = await openProject(context, options);
  const actor = await reviewer(project, options.by);
  const undone = await underBankLock(project, async () => {
    const session = openReview(project, []);
    const items = options.all
      ? session.items.filter((item) => item.proposal.header.status !== "pending")
      : operands.flatMap((id) => itemsWithId(session, id));
    return undoItems(project, session, items, { actor, reason: options.reason });
  });
  show(project, undone);
  return undone.refused.length > 0 ? EXIT.open : EXIT.done;
}

function undoItems(
  project: Project,
  session: ReviewSession,
  items: readonly ReviewItem[],
  by: { readonly actor: string; readonly reason: string | undefined },
): Undone {
  const applied = items.filter((item) => item.proposal.header.status === "applied");
  const refused: { id: string; reason: string }[] = [];
  const takenBack: string[] = [];
  for (const item of items.filter((each) => !applied.includes(each))) {
    const { id } = item.proposal.header;
    const refusal = carryOut(session, item, { action: "undo", ...by, via: "script" });
    if (refusal === undefined) takenBack.push(id);
    else refused.push({ id, reason: REFUSAL_WORDS[refusal] });
  }
  const reverted = revert(project, session, applied, by.actor);
  return { takenBack, reverted: reverted.ids, refused: [...refused, ...reverted.refused] };
}

function revert(
  project: Project,
  session: ReviewSession,
  applied: readonly ReviewItem[],
  actor: string,
): { readonly ids: readonly string[]; readonly refused: Undone["refused"] } {
  const records = lastWrites(session.log.readAll());
  const wanted = new Map<SlotRecord, ReviewItem>();
  const refused: { id: string; reason: string }[] = [];
  for (const item of applied) {
    const { id, source } = item.proposal.header;
    const record = records.get(`${source.path} ${id}`);
    if (record === undefined)
      refused.push({ id, reason: "is not in the decision log, so nobody knows what it replaced" });
    else wanted.set(record, item);
  }
  const plan = planUndo({ bank: session.bank, records: [...wanted.keys()], read: bankReader(project, session.bank) });
  const writes: SlotWrite[] = [];
  for (const result of plan.results) {
    const item = wanted.get(result.undone);
    if (item === undefined) continue;
    const { id } = item.proposal.header;
    if (result.kind === "undone")
      writes.push({ proposal: item.proposal, record: result.record, isEdited: item.isEdited });
    else refused.push({ id, reason: refusalWords(result.refusal) });
  }
  const { store, log } = session;
  const unwritten = writeBanks(project, plan.files, writes, { action: "revert", actor, store, log });
  const lost = new Set(unwritten.map(({ path }) => path));
  for (const { record } of writes) {
    if (lost.has(record.path)) refused.push({ id: record.id, reason: "its file could not be written" });
  }
  for (const { reason } of unwritten) project.report.warn(reason);
  return { ids: writes.filter(({ record }) => !lost.has(record.path)).map(({ record }) => record.id), refused };
}

/** The last write into each slot that still stands, as the log has it. */
function lastWrites(decisions: readonly Decision[]): ReadonlyMap<string, SlotRecord> {
  const standing = new Map<string, SlotRecord>();
  for (const decision of decisions) {
    const key = `${decision.path} ${decision.id}`;
    if (decision.action === "apply") standing.set(key, decision);
    else if (decision.action === "revert") standing.delete(key);
  }
  return standing;
}

function show({ report }: Project, { takenBack, reverted, refused }: Undone): void {
  if (reverted.length > 0)
    report.result(report.style("green", `${plural(reverted.length, "answer")} taken out of the bank again`));
  if (takenBack.length > 0 || reverted.length === 0)
    report.result(`${plural(takenBack.length, "decision")} taken back`);
  for (const { id, reason } of refused) report.result(report.style("yellow", `${id} ${reason}`));
  report.document({ schema: 1, taken_back: takenBack, reverted, refused });
}
