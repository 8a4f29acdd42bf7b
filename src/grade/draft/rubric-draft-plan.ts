import type { ProposalTarget } from "../../bank/new-proposal.ts";
import type { ProposalHeader } from "../../bank/proposal.ts";
import type { BankFile, Question } from "../../bank/question.ts";
import { rubricFile, rubricPlace, type RubricPlace } from "../../bank/rubric-file.ts";
import { hashOf } from "../../core/hash.ts";
import { matchRubrics } from "../rubric/rubric-match.ts";
import type { PlacedRubric } from "../rubric/rubric-reader.ts";

/** A question whose rubric is drafted: its answer in the bank, and the rubric file that the draft is for. */
export interface PlannedRubric {
  readonly question: Question;
  readonly target: ProposalTarget & { readonly bank: string };
  /** The bank's own answer, as markdown. */
  readonly reference: string;
  readonly keyPoints: readonly string[];
}

/** Why a question is passed over. */
export const RUBRIC_SKIPS = [
  "not-selected",
  "no-answer",
  "has-rubric",
  "file-in-the-way",
  "read-only",
  "long-id",
  "proposal-pending",
  "proposal-accepted",
  "proposal-rejected",
  "proposal-unreadable",
  "over-limit",
] as const;
export type RubricSkip = (typeof RUBRIC_SKIPS)[number];

export interface RubricDraftPlan {
  readonly planned: readonly PlannedRubric[];
  /** Questions by why they are passed over. */
  readonly skipped: ReadonlyMap<RubricSkip, number>;
  readonly questions: number;
}

/** What the plan needs of a proposal on disk. */
export interface KnownRubricProposal {
  readonly header: Pick<ProposalHeader, "status" | "source" | "revision" | "run">;
}

export interface RubricDraftScope {
  /** The files that were asked about. */
  readonly files: readonly BankFile[];
  /** All there are beside the bank. */
  readonly rubrics: readonly PlacedRubric[];
  /** Proposals for rubrics. */
  readonly proposals: readonly KnownRubricProposal[];
  /** Paths of rubric files whose proposals are there and cannot be read. */
  readonly unreadable: ReadonlySet<string>;
  /** Ids of proposals that a reviewer sent back. */
  readonly sentBack: ReadonlySet<string>;
  /** Only these questions; naming one lets `redo` replace its rubric, or a draft that was accepted. */
  readonly only: ReadonlySet<string> | undefined;
  readonly limit: number | undefined;
  readonly redo: boolean;
  /** The run that is taken up again: what it has drafted already is not redone. */
  readonly takenUp: string | undefined;
  /** What stands at a path. */
  readonly contentAt: (path: string) => { readonly bytes: Uint8Array; readonly readOnly: string | undefined };
  readonly keyPointsOf: (path: string, question: Question) => readonly string[];
}

/**
 * Decides for which questions a rubric is drafted: those with an answer of their own, and without a rubric or a proposal for
 * one. A rubric that is there is drafted anew only if it is asked for by name, and only in its own file.
 */
export function planRubricDrafts(scope: RubricDraftScope): RubricDraftPlan {
  const candidates = candidatesIn(scope);
  const decided = candidates.map((candidate) => planFor(candidate, scope));
  const open = decided.filter((each) => typeof each !== "string");
  const planned = open.slice(0, scope.limit);
  const reasons = [...decided.filter((each) => typeof each === "string"), ...open.slice(planned.length).map(overLimit)];
  const skipped = new Map(RUBRIC_SKIPS.map((reason) => [reason, 0]));
  for (const reason of reasons) skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
  return { planned, skipped, questions: candidates.length };
}

function overLimit(): RubricSkip {
  return "over-limit";
}

/** A question with what there is for it already. */
interface Candidate {
  readonly path: string;
  readonly question: Question;
  readonly place: RubricPlace | undefined;
  /** Rubrics that mark it. */
  readonly rubrics: readonly PlacedRubric[];
  readonly proposal: KnownRubricProposal["header"] | undefined;
}

function candidatesIn({ files, rubrics, proposals }: RubricDraftScope): readonly Candidate[] {
  const { matched, contested } = matchRubrics(rubrics, { files });
  const known = new Map([
    ...matched.map(({ question, rubric }) => [question, [rubric]] as const),
    ...contested.map(({ question, rubrics: several }) => [question, several] as const),
  ]);
  const drafted = new Map(proposals.map(({ header }) => [header.source.path, header]));
  return files.flatMap(({ path, questions }) =>
    questions.map((question): Candidate => {
      const place = rubricPlace(path, question.id);
      const proposal = place === undefined ? undefined : drafted.get(place.path);
      return { path, question, place, rubrics: known.get(question) ?? [], proposal };
    }),
  );
}

function planFor(candidate: Candidate, scope: RubricDraftScope): PlannedRubric | RubricSkip {
  const { path, question, place, proposal } = candidate;
  if (scope.only?.has(question.id) === false) return "not-selected";
  if (question.state !== "filled") return "no-answer";
  if (place === undefined) return "long-id";
  if (scope.unreadable.has(place.path)) return "proposal-unreadable";
  const isNamed = scope.only !== undefined;
  const file = rubricFile(place, question, scope.contentAt(place.path));
  const [slot = question] = file.questions;
  const skip = occupied(candidate, file, scope.redo && isNamed) ?? blockedBy(proposal, slot, scope, isNamed);
  if (skip !== undefined) return skip;
  const fileHash = hashOf(file.source.bytes);
  return {
    question,
    target: { question: slot, path: place.path, bank: path, fileHash, revision: (proposal?.revision ?? 0) + 1 },
    reference: question.slot.answer,
    keyPoints: scope.keyPointsOf(path, question),
  };
}

function occupied({ rubrics }: Candidate, file: BankFile, mayReplace: boolean): RubricSkip | undefined {
  const isOwn = rubrics.every((rubric) => rubric.file === file.path);
  if (rubrics.length > 0 && !(mayReplace && isOwn)) return "has-rubric";
  if (file.readOnly !== undefined) return "read-only";
  return file.source.bytes.length > 0 && !mayReplace ? "file-in-the-way" : undefined;
}

/** Unread drafts and a person's decisions are not paid for again, while the question is still the one they are about. */
function blockedBy(
  proposal: Candidate["proposal"],
  { id, textHash }: Question,
  { redo, sentBack, takenUp }: RubricDraftScope,
  isNamed: boolean,
): RubricSkip | undefined {
  if (proposal === undefined || proposal.source.question_hash !== textHash) return undefined;
  const { status, run } = proposal;
  if (status === "applied") return undefined;
  const isSentBack = status === "rejected" && sentBack.has(id);
  const isRedone = redo && run.id !== takenUp && (status !== "accepted" || isNamed);
  return isSentBack || isRedone ? undefined : `proposal-${status}`;
}
