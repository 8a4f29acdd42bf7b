import type { Hash } from "../../core/hash.ts";
import type { QuestionId } from "../../core/ids.ts";
import type { HumanMark } from "./submission.ts";
import type { Identity } from "./identity.ts";

/** One answer as its source gives it: the candidate has no code yet, and attempts of one answer are not told apart yet. */
export interface AnswerRow {
  readonly identity: Identity;
  readonly question: QuestionId;
  /** As plain text with LF line ends; "" where nothing but blanks was handed in. */
  readonly answer: string;
  readonly rawHash: Hash;
  /** As the source numbers it; undefined where it does not. */
  readonly attempt: number | undefined;
  /** Orders the attempts that have no number; undefined where they stand in order. */
  readonly order: number | undefined;
  readonly submitted: string | undefined;
  readonly marks: readonly RowMark[];
  readonly source: { readonly path: string; readonly line: number };
}

/** A mark of the row's answer. */
export type RowMark = Pick<HumanMark, "rater" | "mark">;
