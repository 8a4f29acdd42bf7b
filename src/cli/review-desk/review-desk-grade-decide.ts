import { answerKey, foldGradeLog } from "../../grade/records/grade-log.ts";
import {
  planConfirmation,
  planMark,
  planMarkWithdrawal,
  planOverride,
  planReinstatement,
  planWithdrawal,
} from "../../grade/records/override.ts";
import type { GradeLogEntry } from "../../grade/records/record.ts";
import type { DecisionRequest } from "../../web/api.ts";
import type { GradedAnswer } from "./review-desk-grade-set.ts";

export interface Reviewer {
  readonly by: string;
  /** True once the reviewer knows, or may know, what the judge said. */
  readonly hasSeenJudge: boolean;
}

type Levels = Readonly<Record<string, string>>;

const TAKEN_BACK = "taken back";
const JUDGE_IS_RIGHT = "the judge's levels are right";

/**
 * What a reviewer's decision on a grade becomes in the log, or why it may not be.
 * @throws UserError for levels that the rubric does not have, and for a grade without what is to be confirmed or taken back.
 */
export function planWord(graded: GradedAnswer, decision: DecisionRequest, reviewer: Reviewer): GradeLogEntry | string {
  switch (decision.action) {
    case "mark":
      return planLabel(graded, decision.levels, reviewer);
    case "override":
      return planLevels(graded, decision, reviewer);
    case "confirm":
      return planAgreement(graded, decision.reason, reviewer);
    case "withdraw":
      return planWithdrawal(graded.current, reviewer.by, decision.reason);
    case "undo":
      return planUndo(graded, reviewer.by);
    case "accept":
    case "reject":
    case "redo":
    case "reanchor":
      return "That is for drafts.";
    default:
      return decision satisfies never;
  }
}

/** Takes the last word back: what stood before it stands again. */
function planUndo({ current, lines }: GradedAnswer, by: string): GradeLogEntry | string {
  const last = lines.at(-1)?.entry;
  if ((last?.type !== "override" && last?.type !== "mark") || last.by !== by) {
    return "The last word on this grade is not yours.";
  }
  if (last.type === "mark") return planMarkWithdrawal(current, by);
  const before = foldGradeLog(lines.slice(0, -1)).grades.get(answerKey(current));
  if (before?.override === undefined) return planWithdrawal(current, by, TAKEN_BACK);
  return planReinstatement(current, before, by) ?? "The rubric changed after what stood before; set it anew.";
}

const ANSWER_CHANGED = "The answer is no longer what was graded; grade it again.";

/** A label stays as it was given: what one says after having seen the judge's word is an override. */
function planLabel(
  { current, question, answer }: GradedAnswer,
  levels: Levels,
  reviewer: Reviewer,
): GradeLogEntry | string {
  const { by, hasSeenJudge } = reviewer;
  if (answer === undefined) return ANSWER_CHANGED;
  if (current.marks.some((mark) => mark.by === by)) {
    return "Your own levels are stored already; to change the grade, override it.";
  }
  return planMark(current, question, { levels: new Map(Object.entries(levels)), by, blind: !hasSeenJudge });
}

/** Nobody can agree with what was not shown. */
function planAgreement(
  { current, question, answer }: GradedAnswer,
  reason: string,
  reviewer: Reviewer,
): GradeLogEntry | string {
  if (!reviewer.hasSeenJudge) return "Look at the judge's levels first, or save your own.";
  if (answer === undefined) return ANSWER_CHANGED;
  // Of a grade that somebody overrode, too, it is the judge's own levels that are right.
  const { criteria } = current.override === undefined ? current : current.grade;
  return planConfirmation({ ...current, criteria }, question, reviewer.by, reason.trim() || JUDGE_IS_RIGHT);
}

/** Levels that are all as they are confirm the grade. */
function planLevels(
  { current, question, answer }: GradedAnswer,
  { levels: wanted, reason }: { readonly levels: Levels; readonly reason: string },
  { by }: Reviewer,
): GradeLogEntry | string {
  if (answer === undefined) return ANSWER_CHANGED;
  const now = new Map(current.criteria.map(({ criterion, level }) => [criterion, level]));
  const levels = new Map(Object.entries(wanted).filter(([criterion, level]) => now.get(criterion) !== level));
  if (levels.size === 0) return planConfirmation(current, question, by, reason);
  return planOverride(current, question, { levels, mark: undefined, by, reason });
}
