import type { AgreementReport } from "../grade/agreement/agreement-report.ts";
import type { AgreementRow } from "../grade/agreement/agreement-row.ts";
import type { CurrentGrade } from "../grade/records/grade-log.ts";
import type { Thousandths } from "../grade/rubric/points.ts";
import type { Rubric } from "../grade/rubric/rubric.ts";

/** Everything that a report, a sheet or a table of grades is made from. Tokens, costs and counts are read off the grades. */
export interface GradeBook {
  /** What was graded, in the user's words: the name of a set, a course, a round of interviews. */
  readonly title: string;
  /** ISO 8601: when the book was put together. */
  readonly made: string;
  /** Name and version of the tool. */
  readonly tool: string;
  /** In the order of the bank. Every question that has a grade is among them. */
  readonly questions: readonly BookQuestion[];
  readonly grades: readonly BookGrade[];
  /** How far the judge agrees with people; undefined where nobody marked. */
  readonly agreement: BookAgreement | undefined;
  /** What a reader must know before the figures, in plain words. */
  readonly warnings: readonly string[];
}

export interface BookQuestion {
  readonly id: string;
  /** As the bank writes it; undefined where it writes none. */
  readonly number: string | undefined;
  readonly text: string;
  /** As it is now: maxima, wordings and pass marks are read from here. */
  readonly rubric: Rubric;
}

export interface BookGrade {
  readonly current: CurrentGrade;
  /** The text that was graded; the offsets of the evidence are offsets into it. */
  readonly answer: string;
  /** The mark after calibration, beside the raw one and never instead of it; undefined where none was done. */
  readonly calibrated: Thousandths | undefined;
  /** Codes of other candidates whose answer it nearly equals; none where it was not flagged for that. */
  readonly copies: readonly string[];
}

export interface BookAgreement {
  readonly report: AgreementReport;
  /** What the report was made of. */
  readonly rows: readonly AgreementRow[];
}
