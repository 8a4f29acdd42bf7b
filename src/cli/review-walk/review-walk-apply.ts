import { groupBy } from "../../core/group-by.ts";
import { applyAccepted, planFor, refusalsOf } from "../review/apply.ts";
import { draftsInWords } from "../fill/drafts-in-words.ts";
import { plural } from "../format.ts";
import { openReview, type ReviewSession } from "../review/review-session.ts";
import { undoItems } from "../review/review-undo.ts";
import { readAgain, type Walker } from "./review-walker.ts";
import { sentence } from "./review-walk-moves.ts";
import { keyOf, type ApplyPreview, type Happening } from "./review-walk-state.ts";

/** Which files writing would change, from the bank as it is now. */
export function previewApply(walker: Walker, keys: readonly string[]): Happening {
  const plan = planFor(chosenOf(walker, keys));
  const written = plan.results.flatMap((result) => (result.kind === "applied" ? [result] : []));
  const files = groupBy(written, ({ record }) => record.path);
  const preview: ApplyPreview = {
    keys: plan.results.flatMap((result) => (result.kind === "refused" ? [] : [keyOf(result.proposal)])),
    files: [...files].map(([path, own]) => ({ path, drafts: draftsInWords(own.map(({ proposal }) => proposal)) })),
    refused: refusalsOf(plan).map(({ id, reason }) => ({ id, reason })),
  };
  return { type: "opened", pane: { kind: "apply", preview } };
}

/** Writes what was shown, as far as it is still accepted; whoever calls holds the bank lock. */
export function applyCards(walker: Walker, keys: readonly string[]): Happening {
  const { project, actor } = walker;
  const { written, files, alreadyDone, refused, unwritten } = applyAccepted(project, chosenOf(walker, keys), actor);
  const notice = sentence(
    `${draftsInWords(written.map(({ proposal }) => proposal))} written into ${plural(files, "file")}`,
    alreadyDone === 0 ? "" : `${alreadyDone} were there already`,
    ...refused.map(({ id, reason }) => `${id} ${reason}`),
    ...unwritten.map(({ path, reason }) => `${path}: ${reason}`),
  );
  const step = { kind: "applied", keys: written.map(({ proposal }) => keyOf(proposal)) } as const;
  return readAgain(walker, notice, written.length === 0 ? {} : { step });
}

/** Takes out of the bank what was written from here; whoever calls holds the bank lock. */
export function undoApply(walker: Walker, keys: readonly string[]): Happening {
  const { project, actor } = walker;
  const chosen = chosenOf(walker, keys);
  const { reverted, refused } = undoItems(project, chosen, chosen.items, { actor, reason: undefined, via: "terminal" });
  const notice = sentence(
    `${draftsInWords(reverted)} taken out of the bank again, to be decided anew`,
    ...refused.map(({ id, reason }) => `${id} ${reason}`),
  );
  return readAgain(walker, notice);
}

/** Everything read anew, with only these items asked about. */
function chosenOf({ project, operands }: Walker, keys: readonly string[]): ReviewSession {
  const chosen = new Set(keys);
  const session = openReview(project, operands);
  return { ...session, items: session.items.filter(({ proposal }) => chosen.has(keyOf(proposal))) };
}
