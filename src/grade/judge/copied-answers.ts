import { groupBy } from "../../core/group-by.ts";
import { findCopies } from "../checks/copies.ts";
import { answerKey } from "../records/grade-log.ts";
import type { Submission } from "../submissions/submission.ts";
import type { GradableQuestion } from "./gradable-question.ts";

/** By {@link answerKey}, with the codes of the others. */
export type CopiedAnswers = ReadonlyMap<string, readonly string[]>;

/**
 * Answers that (nearly) equal those of other candidates to the same question, by {@link answerKey}, with the codes of these
 * others in the order in which they were handed in.
 */
export function copiedAnswers(
  submissions: readonly Submission[],
  questions: ReadonlyMap<string, Pick<GradableQuestion, "text" | "reference">>,
): CopiedAnswers {
  const copied = new Map<string, readonly string[]>();
  for (const [id, own] of groupBy(submissions, ({ question }) => question)) {
    const question = questions.get(id);
    const candidates = new Map(own.map((each) => [answerKey(each), each.candidate]));
    const answers = own.map((each) => ({ key: answerKey(each), text: each.answer }));
    // What everybody was given to read is nobody's to copy.
    const given = question === undefined ? [] : [question.text, question.reference];
    for (const { keys } of findCopies(answers, given)) {
      const codes = [...new Set(keys.map((key) => candidates.get(key) ?? ""))];
      if (codes.length === 1) continue;
      for (const key of keys)
        copied.set(
          key,
          codes.filter((code) => code !== candidates.get(key)),
        );
    }
  }
  return copied;
}
