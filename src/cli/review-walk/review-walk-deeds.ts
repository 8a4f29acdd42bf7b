import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../core/errors.ts";
import type { ReviewItem } from "../../review/states.ts";
import { isAsSeen } from "../review/review-draft.ts";
import { presentAnswer } from "../review/review-card.ts";
import { applyCards, previewApply, undoApply } from "./review-walk-apply.ts";
import { decideItems, undoDecisions } from "./review-walk-decide.ts";
import { reanchorItem, restoreItem } from "./review-walk-draft.ts";
import { editItem } from "./review-walk-edit.ts";
import { detailsPane, troublePane } from "./review-walk-look.ts";
import { sentence } from "./review-walk-moves.ts";
import type { Happening, UndoStep, WalkEffect, WalkState } from "./review-walk-state.ts";
import { readAgain, refreshed, type Walker } from "./review-walker.ts";
import { underBankLock } from "../review/write-banks.ts";

/** Effects on files; leaving and suspending are the terminal's. */
export type WalkDeed = Exclude<WalkEffect, { readonly type: "suspend" | "leave" }>;

/** Carries out what a key came to and says what came of it; what a person can put right is said and not thrown. */
export async function carryOutDeed(walker: Walker, deed: WalkDeed, state: WalkState): Promise<Happening> {
  try {
    return await happeningOf(walker, deed, state);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // It may have come half way: what is shown is what is there.
    return readAgain(walker, sentence(error.message, error.hint ?? ""));
  }
}

async function happeningOf(walker: Walker, deed: WalkDeed, state: WalkState): Promise<Happening> {
  switch (deed.type) {
    case "decide":
      return locked(walker, () => decideItems(walker, deed, state));
    case "edit":
      return withItem(walker, state, deed.key, (item) => editItem(walker, item, deed.over));
    case "reanchor":
      return withItem(walker, state, deed.key, (item) => locked(walker, () => reanchorItem(walker, item, deed)));
    case "undo":
      return undo(walker, deed.step, state);
    case "look-up-details":
      return withItem(walker, state, deed.key, (item) => detailsPane(walker, item));
    case "look-up-trouble":
      return withItem(walker, state, deed.key, (item) => troublePane(walker, item));
    case "show-diff-tool":
      return withItem(walker, state, deed.key, (item) => showInTool(walker, item));
    case "preview-apply":
      return previewApply(walker, deed.keys);
    case "apply":
      return locked(walker, () => applyCards(walker, deed.keys));
    case "read-again":
      return readAgain(walker, "everything was read again");
    default:
      return deed satisfies never;
  }
}

/** Tried once, whatever came of it: a step that cannot be taken back must not hold up the ones before it. */
async function undo(walker: Walker, step: UndoStep, state: WalkState): Promise<Happening> {
  const happening = await takeBack(walker, step, state);
  switch (happening.type) {
    case "replaced":
    case "read-again":
      return { ...happening, isUndone: true };
    case "told":
      return { type: "replaced", replaced: [], notice: happening.notice, isUndone: true };
    case "opened":
      return happening;
    default:
      return happening satisfies never;
  }
}

async function takeBack(walker: Walker, step: UndoStep, state: WalkState): Promise<Happening> {
  switch (step.kind) {
    case "decided":
      return locked(walker, () => undoDecisions(walker, step.keys, state));
    case "redrafted":
      return withItem(walker, state, step.key, (item) => locked(walker, () => restoreItem(walker, item, step.before)));
    case "applied":
      return locked(walker, () => undoApply(walker, step.keys));
    default:
      return step satisfies never;
  }
}

async function locked(walker: Walker, deed: () => Happening): Promise<Happening> {
  return underBankLock(walker.project, () => Promise.resolve(deed()));
}

async function withItem(
  walker: Walker,
  { items }: WalkState,
  key: string,
  deed: (item: ReviewItem) => Happening | Promise<Happening>,
): Promise<Happening> {
  const item = items.get(key);
  if (item === undefined) return readAgain(walker, "that proposal is gone");
  return isAsSeen(walker.session, item) ? deed(item) : refreshed(walker, item);
}

/** In files of their own, readable by their owner only, and gone afterwards. */
function showInTool(walker: Walker, item: ReviewItem): Happening {
  const folder = mkdtempSync(join(tmpdir(), "answerkey-"));
  try {
    const files = [
      { path: join(folder, "now.md"), text: presentAnswer(item) ?? "" },
      { path: join(folder, "draft.md"), text: item.proposal.body },
    ];
    for (const { path, text } of files) writeFileSync(path, `${text}\n`);
    const paths = files.map(({ path }) => path);
    const status = walker.runTool(walker.project.environment.diffTool ?? "diff", paths, true);
    // 1 is what such tools say of files that differ.
    return { type: "told", notice: status === 0 || status === 1 ? "" : "the tool in REVIEW_DIFF_TOOL failed" };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
