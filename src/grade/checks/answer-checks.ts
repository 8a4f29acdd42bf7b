import type { GradeFlag } from "../records/record.ts";

/** What code finds in an answer before any model sees it. Nothing here changes a mark but an answer that says nothing. */
export interface AnswerChecks {
  /**
   * grade: goes to the judge · blank: nothing was handed in, which is no mark at all · degenerate: something was handed in that
   * says nothing ("I don't know", a colon), or only the question or rubric again: no credit is proposed, a person confirms.
   */
  readonly verdict: "grade" | "blank" | "degenerate";
  readonly flags: readonly GradeFlag[];
  /** Stretches that look like orders to the judge, by UTF-16 offsets into the answer; for the masked second look. */
  readonly suspects: readonly { readonly start: number; readonly end: number }[];
}

/** What an answer is compared with. Only texts: no mark and no other candidate's name. */
export interface CheckContext {
  readonly question: string;
  /** What a good answer says; "" where there is nothing. Saying the same is no fault. */
  readonly reference: string;
  /** Criteria and descriptors. Wordings that earn credit are no part of them, for an answer may be worded so. */
  readonly rubricTexts: readonly string[];
  /** Where answers of other candidates to the same question are (nearly) equal to this one. */
  readonly isCopied: boolean;
}
