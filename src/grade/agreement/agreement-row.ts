import type { Thousandths } from "../rubric/points.ts";
import type { GradeState } from "../records/record.ts";
import type { MarkScale } from "./mark-scale.ts";

/** One answer, or one criterion of it, as a judge and people marked it. */
export interface AgreementRow {
  readonly candidate: string;
  readonly question: string;
  readonly attempt: number;
  /** Undefined for the whole answer. */
  readonly criterion: string | undefined;
  readonly scale: MarkScale;
  readonly state: GradeState;
  /** What the judge gave, before any person changed it; undefined where the state carries none. */
  readonly judge: Thousandths | undefined;
  /** What people gave, one mark a rater; empty where nobody marked it. */
  readonly human: readonly { readonly rater: string; readonly points: Thousandths }[];
  /** Length of the answer. */
  readonly words: number;
  /** What the lexical cross-check gives, as a share of full marks; undefined where it was not run. */
  readonly lexical?: number | undefined;
}

/** Rows, and the raters of each, in an order of their own, so that no figure depends on the order they came in. */
export function inOrder(rows: readonly AgreementRow[]): readonly AgreementRow[] {
  return rows.toSorted(compareRows).map((row) => ({
    ...row,
    human: row.human.toSorted((left, right) => compareText(left.rater, right.rater)),
  }));
}

function compareRows(left: AgreementRow, right: AgreementRow): number {
  return (
    compareText(left.question, right.question) ||
    compareText(left.criterion ?? "", right.criterion ?? "") ||
    compareText(left.candidate, right.candidate) ||
    left.attempt - right.attempt
  );
}

/** By code unit, so that the order is the same on every machine. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** What was marked, whoever answered: a question, or a criterion of it. */
export function itemOf({ question, criterion }: Pick<AgreementRow, "question" | "criterion">): string {
  return JSON.stringify([question, criterion]);
}

/** The answer that a row is about, whole or in part. */
export function answerOf({ candidate, question, attempt }: AgreementRow): string {
  return JSON.stringify([candidate, question, attempt]);
}
