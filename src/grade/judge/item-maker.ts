import { answerChecker } from "../checks/check-answer.ts";
import { compareWith, type LexicalComparer } from "../lexical/lexical-features.ts";
import { shareOf } from "../lexical/lexical.ts";
import { answerKey } from "../records/grade-log.ts";
import type { Submission } from "../submissions/submission.ts";
import type { CopiedAnswers } from "./copied-answers.ts";
import type { GradableQuestion } from "./gradable-question.ts";
import type { GradingItem } from "./grading-item.ts";
import { givenTexts } from "./judge-subject.ts";

/**
 * Puts together what the grade of each answer is made from.
 * @param questions by id; only answers to these may be given.
 * @param copied among all answers to these questions.
 */
export function itemMaker(
  questions: ReadonlyMap<string, GradableQuestion>,
  copied: CopiedAnswers,
): (submission: Submission) => GradingItem {
  const readers = new Map<string, AnswerReader>();
  return (submission) => {
    const question = questions.get(submission.question);
    if (question === undefined) throw new Error("only answers to questions with a rubric are graded");
    const { text, reference, rubric, hashes } = question;
    const reader = readers.get(submission.question) ?? readerFor(question);
    readers.set(submission.question, reader);
    const features = reader.compare?.(submission.answer);
    return {
      submission,
      rubric,
      hashes,
      question: text,
      reference,
      checks: reader.check(submission.answer, copied.has(answerKey(submission))),
      crossCheck: features === undefined ? undefined : shareOf(features),
    };
  };
}

/** What looks at the answers to one question: what belongs to the question is worked out once. */
interface AnswerReader {
  readonly check: ReturnType<typeof answerChecker>;
  /** Undefined where there is nothing to compare with. */
  readonly compare: LexicalComparer | undefined;
}

function readerFor(question: GradableQuestion): AnswerReader {
  const { text, reference, rubric } = question;
  return { check: answerChecker(givenTexts({ rubric, question: text, reference })), compare: comparerFor(question) };
}

function comparerFor({ text, reference, rubric }: GradableQuestion): LexicalComparer | undefined {
  const rubricTexts = rubric.criteria.flatMap((criterion) => [
    criterion.text,
    ...criterion.levels.flatMap(({ descriptor, anchors }) => [descriptor, ...anchors]),
    ...criterion.accepts,
  ]);
  return compareWith({ question: text, reference, rubricTexts });
}
