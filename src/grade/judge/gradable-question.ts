import { repairGlue } from "../../bank/glue.ts";
import type { Bank, Question } from "../../bank/question.ts";
import type { Vocabulary } from "../../bank/vocabulary.ts";
import type { RubricNow } from "../records/rubric-change.ts";
import { hashRubric } from "../rubric/rubric-hashes.ts";
import { matchRubrics, type BankQuestion } from "../rubric/rubric-match.ts";
import type { PlacedRubric } from "../rubric/rubric-reader.ts";

/** A question with the one rubric that marks it. */
export interface GradableQuestion extends BankQuestion, RubricNow {
  /** As the bank words it, lost blanks put back. */
  readonly text: string;
  /** What a good answer says; "" where neither bank nor rubric has one. */
  readonly reference: string;
}

/** By question id, in bank order. */
export function gradableQuestions(
  rubrics: readonly PlacedRubric[],
  bank: Bank,
  vocabulary: Vocabulary,
): ReadonlyMap<string, GradableQuestion> {
  return new Map(
    matchRubrics(rubrics, bank).matched.map(({ file, question, rubric: { rubric } }) => {
      const text = repairGlue(question.text, vocabulary).text;
      const reference = referenceOf(question, rubric);
      return [question.id, { file, question, rubric, hashes: hashRubric(rubric), text, reference }];
    }),
  );
}

function referenceOf({ state, slot }: Question, { reference }: RubricNow["rubric"]): string {
  if (reference.from === "rubric") return reference.text;
  return state === "filled" || state === "partial" ? slot.answer : "";
}
