import { hashOf } from "../../core/hash.ts";
import { answerKey, type CurrentGrade } from "../../grade/records/grade-log.ts";
import type { CandidateAnswers } from "./read-answers.ts";

/**
 * Tells the grades under whose code another answer stands now: it was handed in since, or the list of candidates was changed, and
 * the mark would go to somebody who did not earn it.
 */
export function otherAnswers({
  submissions,
}: Pick<CandidateAnswers, "submissions">): (current: CurrentGrade) => boolean {
  const present = new Map(submissions.map((each) => [answerKey(each), each]));
  return (current) => {
    const now = present.get(answerKey(current));
    const { hash, raw_hash } = current.grade.answer;
    return now !== undefined && now.rawHash !== raw_hash && hashOf(now.answer) !== hash;
  };
}
