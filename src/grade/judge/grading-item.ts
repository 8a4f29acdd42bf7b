import type { AnswerChecks } from "../checks/answer-checks.ts";
import type { Rubric, RubricHashes } from "../rubric/rubric.ts";
import type { Submission } from "../submissions/submission.ts";

/** One answer with everything its grade is made from. */
export interface GradingItem {
  readonly submission: Submission;
  readonly rubric: Rubric;
  readonly hashes: RubricHashes;
  /** As the bank words it, lost blanks put back. */
  readonly question: string;
  /** What a good answer says; "" where neither bank nor rubric has one. */
  readonly reference: string;
  readonly checks: AnswerChecks;
  /** What the offline cross-check gives, as a share of full marks; undefined where there is nothing to compare with. */
  readonly crossCheck: number | undefined;
}
