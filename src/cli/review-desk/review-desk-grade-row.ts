import { answerKey } from "../../grade/records/grade-log.ts";
import type { QueueRow, ReviewStatus } from "../../web/api.ts";
import { deskId, etagOf, titleOf } from "./review-desk-entry.ts";
import type { GradedAnswer } from "./review-desk-grade-set.ts";

export function gradeId({ set, current }: GradedAnswer): string {
  return deskId("grade", set, answerKey(current));
}

/** Changes with every word about the answer, with the answer itself and with its rubric. Tells nothing of what was said. */
export function gradeEtag({ set, current, question, answer, lines }: GradedAnswer): string {
  const last = lines.at(-1)?.prev ?? "";
  return etagOf([set, answerKey(current), last, lines.length, question.hashes.content, answer === undefined]);
}

/** @param isOpen true where the reviewer may know what the judge said. */
export function gradeRow(graded: GradedAnswer, isOpen: boolean): QueueRow {
  const { set, current, question } = graded;
  const { run, flags, doubt, answer } = current.grade;
  return {
    id: gradeId(graded),
    name: current.question,
    kind: "grade",
    status: statusOf(graded),
    state: current.state,
    title: titleOf(question.text),
    place: set,
    candidate: current.candidate,
    words: answer.words,
    confidence: isOpen ? 1 - doubt : null,
    cost: run.cost,
    model: run.model_answered ?? run.model,
    prompt: run.prompt,
    run: run.id,
    flags: isOpen ? flags : [],
    edited: current.override !== undefined,
    revision: 1 + run.sample,
    etag: gradeEtag(graded),
  };
}

/** Grades that nobody needs to look at are in effect already. */
function statusOf({ current }: GradedAnswer): ReviewStatus {
  if (current.override !== undefined || current.marks.length > 0) return "accepted";
  return current.state === "graded" || current.state === "blank" ? "applied" : "pending";
}

/** The most doubtful first: an order that tells how sure the judge was and never how it marked. */
export function byDoubt(left: GradedAnswer, right: GradedAnswer): number {
  return right.current.grade.doubt - left.current.grade.doubt;
}
