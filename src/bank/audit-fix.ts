import type { BankFile, Question } from "./question.ts";

/** What rules can put right: lost blanks, stated totals, tables of contents between marks, duplicates without an answer. */
export const FIXES = ["glue", "totals", "contents", "links"] as const;
export type FixName = (typeof FIXES)[number];

/** A place in the bank, what should stand there instead, and why. */
export interface Fix {
  readonly name: FixName;
  readonly file: BankFile;
  /** As the review sees the place: a wording, an overview, or a question whose answer is still to come. */
  readonly question: Question;
  readonly body: string;
  readonly flags: readonly string[];
  readonly doubts: readonly string[];
  /** Where the bank itself has it right; undefined where a rule made it. */
  readonly from: { readonly path: string; readonly text: string } | undefined;
}

/** A finding that no rule puts right. */
export interface LeftFix {
  readonly name: FixName;
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly reason: string;
}

export interface FixPlan {
  readonly fixes: readonly Fix[];
  readonly left: readonly LeftFix[];
}
