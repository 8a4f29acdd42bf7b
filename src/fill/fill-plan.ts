import type { ProposalHeader } from "../bank/proposal.ts";
import type { Question, QuestionState } from "../bank/question.ts";
import type { Hash } from "../core/hash.ts";
import type { OutcomeStatus } from "../core/outcome.ts";

/** Which questions a run takes. Absent means: no restriction. */
export interface FillOptions {
  readonly states: ReadonlySet<QuestionState>;
  /** Only these ids; names an accepted proposal may be redone by. */
  readonly only?: ReadonlySet<string> | undefined;
  /** At most this many questions, in bank order. */
  readonly limit?: number | undefined;
  /** This many questions spread over the bank, the same ones every time. */
  readonly sample?: number | undefined;
  /** False drafts also where the bank answers the same question elsewhere. */
  readonly copies?: boolean | undefined;
  /** Draft again although a proposal is pending or was rejected. */
  readonly redo: boolean;
  /** Questions whose draft a reviewer sent back, by id, with what the next one should heed ("" for nothing said). */
  readonly sentBack: ReadonlyMap<string, string>;
  /** Only questions whose last outcome was one of these. */
  readonly retry?: ReadonlySet<OutcomeStatus> | undefined;
  /** Questions, as `path id`, whose proposal is there and cannot be read: it may hold a person's work. */
  readonly unreadable?: ReadonlySet<string> | undefined;
  /** By question id, from the last run. */
  readonly lastOutcomes: ReadonlyMap<string, OutcomeStatus>;
}

/** A question that gets a proposal, with what the proposal must record. */
export interface PlannedQuestion {
  readonly question: Question;
  /** What stands below the question and belongs to it, such as a program or choices; "" for nothing. */
  readonly body: string;
  readonly path: string;
  readonly fileHash: Hash;
  /** 1 for a first proposal, one more than the proposal it replaces for a redo. */
  readonly revision: number;
  /** What a reviewer said of the draft before; "" where nobody sent one back. */
  readonly note: string;
}

/** Questions that ask the same, in text and in what stands below it: one draft serves them all. */
export interface DraftGroup {
  readonly askedHash: Hash;
  /** The wording with the most blanks: where one copy lost them, another may have kept them. */
  readonly text: string;
  /** What stands below the question. */
  readonly body: string;
  readonly headings: readonly string[];
  /** `Task.sample`: 0, or one more for every redo. */
  readonly sample: number;
  /** What reviewers said of earlier drafts, one a line. */
  readonly note: string;
  /** In bank order, at least one. */
  readonly members: readonly PlannedQuestion[];
}

/** A question that is answered elsewhere in the bank: copied, not drafted. */
export interface ReusedAnswer {
  readonly planned: PlannedQuestion;
  readonly answer: string;
  readonly from: { readonly path: string; readonly line: number };
  /** True where the bank answers it in more than one way. */
  readonly isConflicting: boolean;
}

export type SkipReason =
  | "state"
  | "read-only"
  | "not-selected"
  | "last-outcome"
  | "proposal-pending"
  | "proposal-accepted"
  | "proposal-rejected"
  | "proposal-unreadable"
  | "over-limit";

export interface SkippedQuestion {
  readonly question: Question;
  readonly path: string;
  readonly reason: SkipReason;
  /** For `read-only`: why. */
  readonly detail?: string | undefined;
}

export interface FillCounts {
  readonly questions: number;
  readonly drafts: number;
  /** Questions served by those drafts. */
  readonly drafted: number;
  readonly reused: number;
  readonly conflicting: number;
  readonly skipped: Readonly<Record<SkipReason, number>>;
}

/** What a run will do, before anything is sent. */
export interface FillPlan {
  readonly groups: readonly DraftGroup[];
  readonly reused: readonly ReusedAnswer[];
  /** Every other question of the bank, filled ones aside. */
  readonly skipped: readonly SkippedQuestion[];
  readonly counts: FillCounts;
}

/** What the plan needs of a proposal on disk. */
export type KnownProposal = Pick<ProposalHeader, "status" | "source" | "revision"> & {
  /** True where the run that is planned made it before it was taken up: it is not redone by it. */
  readonly isOwn?: boolean | undefined;
};
