import type { Bank } from "../../bank/question.ts";
import { vocabularyOfBank } from "../../bank/vocabulary.ts";
import type { Model } from "../../core/model.ts";
import type { GradeRecord } from "../records/record.ts";
import type { PlacedRubric } from "../rubric/rubric-reader.ts";
import type { Submission } from "../submissions/submission.ts";
import { copiedAnswers } from "./copied-answers.ts";
import { gradableQuestions } from "./gradable-question.ts";
import { gradeAnswer, type GradeOptions } from "./grade-answer.ts";
import type { GradePrompts } from "./grade-prompts.ts";
import { itemMaker } from "./item-maker.ts";

export interface GradeSubmissionsRequest {
  readonly bank: Bank;
  readonly rubrics: readonly PlacedRubric[];
  readonly submissions: readonly Submission[];
  readonly prompts: GradePrompts;
  readonly model: Model;
  /** What each record says of where it comes from. */
  readonly run: { readonly id: string; readonly provider: string; readonly model: string };
  readonly options?: Partial<GradeOptions> | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface GradedSubmissions {
  /** In the order of the submissions. A record without a mark says why: a fault is never a mark. */
  readonly records: readonly GradeRecord[];
  /** Answers that were not graded: no rubric marks their question, or the run was stopped first. */
  readonly ungraded: readonly Submission[];
}

const PLAIN: GradeOptions = {
  samples: 1,
  sample: 0,
  canary: true,
  perCriterion: false,
  doubleCheckFlagged: true,
};

/**
 * Grades answers against the rubrics of their questions: every level rests on words that code found in the answer, points are
 * added by code, copies and orders to the judge are flagged. Nothing is written.
 */
export async function gradeSubmissions(request: GradeSubmissionsRequest): Promise<GradedSubmissions> {
  const { bank, rubrics, submissions, options, signal = new AbortController().signal } = request;
  const questions = gradableQuestions(rubrics, bank, vocabularyOfBank(bank));
  const itemOf = itemMaker(questions, copiedAnswers(submissions, questions));
  const graded = await Promise.all(
    submissions.map(async (submission) => {
      if (!questions.has(submission.question)) return { submission };
      const item = itemOf(submission);
      const { prompts, model, run } = request;
      const result = await gradeAnswer({ item, prompts, model, signal, run, options: { ...PLAIN, ...options } });
      return { submission, record: result.status === "recorded" ? result.record : undefined };
    }),
  );
  return {
    records: graded.flatMap(({ record }) => (record === undefined ? [] : [record])),
    ungraded: graded.flatMap(({ submission, record }) => (record === undefined ? [submission] : [])),
  };
}
