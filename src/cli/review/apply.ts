import { z } from "zod";
import type { Proposal } from "../../bank/proposal.ts";
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { planApplyInTurn, type ApplyPlan, type ApplyRefusal } from "../../review/apply.ts";
import type { UndoRefusal } from "../../review/undo.ts";
import { unifiedDiff } from "../../review/unified-diff.ts";
import { countOf, draftsInWords } from "../fill/drafts-in-words.ts";
import { plural } from "../format.ts";
import type { CommandContext } from "../main.ts";
import { openProject, type Project } from "../open-project.ts";
import { commonOptions, parseOptions } from "../options.ts";
import { openReview, reviewer, type ReviewSession } from "./review-session.ts";
import { settle, underBankLock, writeBanks, type SlotWrite, type UnwrittenFile } from "./write-banks.ts";

const applyOptions = commonOptions.extend({ dryRun: z.boolean().default(false), by: z.string().optional() });

/** What applying came to. */
export interface Applied {
  readonly plan: ApplyPlan;
  readonly written: readonly SlotWrite[];
  readonly alreadyDone: number;
  readonly refused: readonly { readonly id: string; readonly path: string; readonly reason: string }[];
  readonly unwritten: readonly UnwrittenFile[];
  readonly files: number;
}

/** `answerkey apply`: writes accepted proposals into the bank. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(applyOptions, context.invocation.options);
  const project = await openProject(context, options);
  const { operands } = context.invocation;
  if (options.dryRun) return showDryRun(project, planFor(openReview(project, operands)));
  const actor = await reviewer(project, options.by);
  const applied = underBankLock(project, () => applyAccepted(project, openReview(project, operands), actor));
  show(project, applied);
  return applied.refused.length + applied.unwritten.length > 0 ? EXIT.open : EXIT.done;
}

/** Applies what is accepted; the caller holds the bank lock. */
export function applyAccepted(project: Project, session: ReviewSession, actor: string): Applied {
  const plan = planFor(session);
  const { store, log } = session;
  const writes = plan.results.flatMap((result): readonly SlotWrite[] => {
    if (result.kind !== "applied") return [];
    const item = session.items.find(({ proposal }) => proposal === result.proposal);
    return [{ proposal: result.proposal, record: result.record, isEdited: item?.isEdited ?? false }];
  });
  const unwritten = writeBanks(project, plan.files, writes, { action: "apply", actor, store, log });
  const lost = new Set(unwritten.map(({ path }) => path));
  const done = plan.results.filter((result) => result.kind === "already-done");
  for (const { proposal } of done) settle(proposal, { action: "apply", store });
  return {
    plan,
    written: writes.filter(({ record }) => !lost.has(record.path)),
    alreadyDone: done.length,
    refused: refusalsOf(plan),
    unwritten,
    files: plan.files.length - unwritten.length,
  };
}

/** What applying would write of the session's accepted items. */
export function planFor({ shelves, items, isOwnChange }: ReviewSession): ApplyPlan {
  // All proposals are given, so that a question which is surely another's is not mistaken; only chosen ones are written.
  const chosen = new Set(items.map(({ proposal }) => proposal));
  const asChosen = (proposal: Proposal): Proposal =>
    chosen.has(proposal) || proposal.header.status !== "accepted"
      ? proposal
      : { ...proposal, header: { ...proposal.header, status: "pending" } };
  return planApplyInTurn(
    shelves.map(({ bank, proposals, read, guards }) => ({
      bank,
      proposals: proposals.map(asChosen),
      read,
      guard: guards.apply,
      isOwnChange,
    })),
  );
}

export function refusalsOf({ results }: ApplyPlan): Applied["refused"] {
  return results.flatMap((result) => {
    if (result.kind !== "refused") return [];
    const { id, source } = result.proposal.header;
    return [{ id, path: source.path, reason: refusalWords(result.refusal) }];
  });
}

export function refusalWords(refusal: ApplyRefusal | UndoRefusal): string {
  switch (refusal.code) {
    case "conflict":
      return "the place holds something else now; nothing was overwritten";
    case "changed":
      return "was changed in the bank since; take it out by hand";
    case "stale":
      return "the question was reworded since";
    case "ambiguous":
      return "several questions could be meant";
    case "missing":
      return "the question is gone";
    case "slot-taken":
      return "another accepted proposal goes to the same place";
    case "empty":
      return "the draft is empty";
    case "no-change":
      return "it would change nothing";
    case "read-only":
      return `the file is not written: ${refusal.detail}`;
    case "breaks-file":
      return `it would break the file: ${refusal.detail}`;
    default:
      return refusal satisfies never;
  }
}

function showDryRun({ report }: Project, plan: ApplyPlan): ExitCode {
  const diffs = plan.files.map(({ path, before, after }) => ({ path, diff: unifiedDiff(path, before, after) }));
  for (const { diff } of diffs) for (const line of diff.replace(/\n$/, "").split("\n")) report.result(line);
  const refused = refusalsOf(plan);
  for (const { id, path, reason } of refused) report.warn(`${path}: ${id}: ${reason}`);
  const going = plan.results.filter((result) => result.kind === "applied").map(({ proposal }) => proposal);
  if (plan.results.length === 0) report.note("nothing to apply: no proposal is accepted\nnext: answerkey review");
  else
    report.note(
      `dry run: ${draftsInWords(going)} would go into ${plural(plan.files.length, "file")}; nothing was written`,
    );
  const [answers, rubrics] = [countOf(going, "answer"), countOf(going, "rubric")];
  const [wordings, overviews] = [countOf(going, "wording"), countOf(going, "overview")];
  report.document({ schema: 1, answers, rubrics, wordings, overviews, files: diffs, refused });
  return refused.length > 0 ? EXIT.open : EXIT.done;
}

function show({ report }: Project, { written, alreadyDone, refused, unwritten, files }: Applied): void {
  const isIdle = written.length + alreadyDone + refused.length + unwritten.length === 0;
  if (isIdle) {
    report.result("nothing to apply: no proposal is accepted");
    report.result("next: answerkey review");
  } else {
    report.result(
      report.style(
        "green",
        `${draftsInWords(written.map(({ proposal }) => proposal))} written into ${plural(files, "file")}`,
      ),
    );
  }
  if (alreadyDone > 0) report.result(`${alreadyDone} were there already`);
  for (const { id, path, reason } of refused) report.result(report.style("yellow", `${path}: ${id}: ${reason}`));
  for (const { reason, hint } of unwritten) {
    report.warn(report.style("red", reason));
    if (hint !== undefined) report.warn(`  ${hint}`);
  }
  if (written.length > 0) report.result("to take it back: answerkey review undo --all");
  report.document({
    schema: 1,
    written: written.map(({ record }) => ({
      id: record.id,
      path: record.path,
      after_file_hash: record.after_file_hash,
    })),
    already_done: alreadyDone,
    refused,
    unwritten,
  });
}
