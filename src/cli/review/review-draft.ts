import { isBlankText } from "../../bank/blank-text.ts";
import type { Proposal } from "../../bank/proposal.ts";
import { canonicalJson } from "../../core/canonical-json.ts";
import { hashOf } from "../../core/hash.ts";
import { questionId } from "../../core/ids.ts";
import { planApply } from "../../review/apply.ts";
import { decide, type RefusedDecision } from "../../review/decide.ts";
import type { Place } from "../../review/question-index.ts";
import { reanchored } from "../../review/reanchor.ts";
import type { ReviewItem } from "../../review/states.ts";
import { decisionOf, type ReviewSession, type Verdict } from "./review-session.ts";

/** Who gave a proposal another draft or place, by which door, and why. */
export type DraftEditor = Omit<Verdict, "action">;

export type DraftResult =
  | { readonly status: "saved"; readonly proposal: Proposal }
  | { readonly status: "refused"; readonly reason: RefusedDecision }
  /** The file holds something else than the item that was seen. */
  | { readonly status: "changed" }
  /** The question that the draft would go to has a proposal of its own. */
  | { readonly status: "taken" };

/** True while the file holds exactly the proposal that was seen: what is decided is what was read. */
export function isAsSeen({ store }: ReviewSession, { proposal }: ReviewItem): boolean {
  const stored = store.read(proposal.header.source.path, questionId(proposal.header.id));
  return stored.status === "read" && canonicalJson(stored.proposal) === canonicalJson(proposal);
}

/**
 * Why a text may not be the draft: it is empty, or applied alone it would do more than fill its slot. Undefined where it may
 * be, and where the bank has no place for it, which is for the state to say.
 */
export function draftFault(session: ReviewSession, { proposal }: ReviewItem, body: string): string | undefined {
  if (isBlankText(body)) return "it is empty";
  const shelf = session.shelves.find(({ kind }) => kind === proposal.header.kind);
  if (shelf === undefined) return undefined;
  const candidate = withStatus({ ...proposal, body }, "accepted");
  // The others are there to hold their questions; only this one is written.
  const others = shelf.proposals.filter(({ header }) => keyOf(header) !== keyOf(proposal.header));
  const proposals = [...others.map((other) => withStatus(other, "pending")), candidate];
  const { isOwnChange } = session;
  const plan = planApply({ bank: shelf.bank, proposals, read: shelf.read, guard: shelf.guards.apply, isOwnChange });
  const [result] = plan.results;
  if (result?.kind !== "refused") return undefined;
  const { refusal } = result;
  if (refusal.code === "breaks-file") return refusal.detail;
  return refusal.code === "no-change" ? "it would change nothing" : undefined;
}

/** Gives a proposal another draft. It waits for a decision then, whatever was decided about the one before. */
export function saveDraft(session: ReviewSession, item: ReviewItem, body: string, by: DraftEditor): DraftResult {
  return replaceProposal(session, item, withStatus({ ...item.proposal, body }, "pending"), by);
}

/** Says that a draft, or `body` instead, is meant for this place as it is now: over what it holds, under its question. */
export function reanchorDraft(
  session: ReviewSession,
  item: ReviewItem,
  to: { readonly place: Place; readonly body?: string | undefined },
  by: DraftEditor,
): DraftResult {
  return replaceProposal(session, item, reanchored(item.proposal, to.place, to.body), by);
}

/** Takes a change of draft or place back: the proposal is as it was, and waits for a decision. */
export function restoreDraft(session: ReviewSession, item: ReviewItem, before: Proposal, by: DraftEditor): DraftResult {
  return replaceProposal(session, item, withStatus(before, "pending"), by);
}

function replaceProposal(session: ReviewSession, item: ReviewItem, next: Proposal, by: DraftEditor): DraftResult {
  const decision = decide(item.proposal.header.status, "edit");
  if (!isAsSeen(session, item)) return { status: "changed" };
  if (decision.kind === "refused") return { status: "refused", reason: decision.reason };
  if (keyOf(next.header) !== keyOf(item.proposal.header) && isThere(session, next)) return { status: "taken" };
  const isEdited = hashOf(next.body) !== next.header.content_hash;
  session.log.append([decisionOf({ proposal: next, isEdited }, { ...by, action: "edit" })]);
  session.store.replace(item.proposal, next);
  return { status: "saved", proposal: next };
}

function isThere({ store }: ReviewSession, { header }: Proposal): boolean {
  return store.read(header.source.path, questionId(header.id)).status !== "missing";
}

function withStatus(proposal: Proposal, status: Proposal["header"]["status"]): Proposal {
  return { ...proposal, header: { ...proposal.header, status } };
}

function keyOf({ id, source }: Proposal["header"]): string {
  return `${source.path} ${id}`;
}
