import { UserError } from "../../core/errors.ts";
import { hashOf } from "../../core/hash.ts";
import { questionId } from "../../core/ids.ts";
import type { NewDecision } from "../../files/decision.ts";
import { openDecisionLog, type DecisionLog } from "../../files/decision-log.ts";
import { openProposalStore, type ProposalStore, type UnreadableProposal } from "../../files/proposal-store.ts";
import { decide, type DecisionAction, type RefusedDecision } from "../../review/decide.ts";
import { ownChanges, type IsOwnChange, type LoggedWrite } from "../../review/own-writes.ts";
import { reviewItems, type ReviewItem } from "../../review/states.ts";
import { actorName } from "../actor.ts";
import type { Project } from "../open-project.ts";
import { chosenFiles, readBank } from "../read-bank.ts";
import { shelvesOf, type Shelf } from "./review-shelf.ts";
import { didYouMean } from "../nearest-names.ts";

/** What every review command looks at: files as they are now and all proposals against them. */
export interface ReviewSession {
  /** All files and proposals there are, whatever was asked about. */
  readonly shelves: readonly Shelf[];
  /** What the log knows of the bank files; read where nothing else tells twins apart. */
  readonly isOwnChange: IsOwnChange;
  /** Those whose file was asked about, or whose bank: answers first, in the order of their paths. */
  readonly items: readonly ReviewItem[];
  readonly unreadable: readonly UnreadableProposal[];
  readonly store: ProposalStore;
  readonly log: DecisionLog;
}

export function openReview(project: Project, operands: readonly string[]): ReviewSession {
  const { workspace, clock, stamp } = project;
  const store = openProposalStore(workspace, project.memo?.proposals);
  const { proposals, unreadable } = store.list();
  const everything = proposals.map(({ proposal }) => proposal);
  const proposed = everything.map(({ header: { source } }) => source.bank ?? source.path);
  const shelves = shelvesOf(project, readBank(project, operands, proposed), everything);
  const log = openDecisionLog(workspace, { ...clock, now: stamp });
  const isOwnChange = ownChanges(() => writesIn(log));
  const all = shelves.flatMap((shelf) => reviewItems(shelf.bank, shelf.proposals, isOwnChange));
  return { shelves, isOwnChange, items: chosenItems(project, all, { shelves, operands }), unreadable, store, log };
}

/** A damaged log vouches for nothing; that it is damaged is for `doctor` and for what must have it whole to say. */
function writesIn(log: DecisionLog): readonly LoggedWrite[] {
  try {
    return log.readAll().flatMap((each) => (each.action === "apply" || each.action === "revert" ? [each] : []));
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

function chosenItems(
  project: Project,
  all: readonly ReviewItem[],
  { shelves, operands }: { readonly shelves: readonly Shelf[]; readonly operands: readonly string[] },
): readonly ReviewItem[] {
  if (operands.length === 0) return all;
  const chosen = shelves.flatMap(({ bank }) => chosenFiles(project, bank, operands));
  const paths = new Set(chosen.map((file) => file.path));
  return all.filter(({ proposal: { header } }) => {
    const { path, bank } = header.source;
    return paths.has(path) || (bank !== undefined && paths.has(bank));
  });
}

/**
 * The item that an id means; with proposals of one id in several banks, all of them are meant.
 * @throws UserError suggesting the nearest where there is none.
 */
export function itemsWithId(session: ReviewSession, id: string): readonly ReviewItem[] {
  const found = session.items.filter((item) => item.proposal.header.id === id);
  if (found.length > 0) return found;
  const known = session.items.map((item) => item.proposal.header.id);
  throw new UserError(`there is no proposal ${id}`, {
    hint: didYouMean(id, known, "answerkey review list shows them all"),
  });
}

export interface Verdict {
  readonly action: Extract<DecisionAction, "accept" | "reject" | "redo" | "undo">;
  readonly actor: string;
  readonly reason: string | undefined;
  readonly via: "script" | "terminal" | "web";
}

/**
 * Carries one decision out on each of several: the log first, then the proposals' own status, which is read again because
 * another window may have decided meanwhile.
 * @returns for each why not, where it may not be.
 */
export function carryOutAll(
  { store, log }: ReviewSession,
  items: readonly ReviewItem[],
  verdict: Verdict,
): readonly (RefusedDecision | undefined)[] {
  const planned = items.map((item) => {
    const { source, id } = item.proposal.header;
    const stored = store.read(source.path, questionId(id));
    const status = stored.status === "read" ? stored.proposal.header.status : item.proposal.header.status;
    return { item, decision: decide(status, verdict.action) };
  });
  log.append(planned.flatMap(({ item, decision }) => (decision.kind === "refused" ? [] : [decisionOf(item, verdict)])));
  // Waiting for the disk thousands of times would take a minute; the log is there already.
  const durable = items.length === 1;
  return planned.map(({ item: { proposal }, decision }) => {
    if (decision.kind === "refused") return decision.reason;
    store.setStatus(proposal.header.source.path, questionId(proposal.header.id), decision.status, { durable });
    return undefined;
  });
}

/** The line for the log; `edit` stands for any other draft or origin that a person gave the proposal. */
export function decisionOf(
  { proposal, isEdited }: Omit<ReviewItem, "state">,
  { action, actor, reason, via }: Omit<Verdict, "action"> & { readonly action: Verdict["action"] | "edit" },
): NewDecision {
  const { header, body } = proposal;
  return {
    action,
    actor,
    via,
    id: header.id,
    path: header.source.path,
    question_hash: header.source.question_hash,
    draft_hash: hashOf(body),
    ...(reason === undefined ? {} : { reason }),
    edited: isEdited,
    model: header.run.model_answered ?? header.run.model,
    prompt: header.run.prompt,
    run: header.run.id,
  };
}

export async function reviewer(project: Project, by: string | undefined): Promise<string> {
  return actorName(by, project.workspace.root);
}

export const REFUSAL_WORDS: Readonly<Record<RefusedDecision, string>> = {
  "already-accepted": "is accepted already",
  "already-rejected": "is rejected already",
  "already-applied": "is in the bank already",
  "not-accepted": "is not accepted",
  "not-applied": "is not in the bank",
  "nothing-to-undo": "has no decision to take back",
  "undo-the-apply-first": "is in the bank; take that back first with: answerkey review undo",
};
