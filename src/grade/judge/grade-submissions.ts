import { repairGlue } from "../../bank/glue.ts";
import type { Bank } from "../../bank/question.ts";
import { vocabularyOfBank } from "../../bank/vocabulary.ts";
import { groupBy } from "../../core/group-by.ts";
import type { Model } from "../../core/model.ts";
import { checkAnswer } from "../checks/check-answer.ts";
import { findCopies } from "../checks/copies.ts";
import { compareWith } from "../lexical/lexical-features.ts";
import { shareOf } from "../lexical/lexical.ts";
import { answerKey } from "../records/grade-log.ts";
import type { GradeRecord } from "../records/record.ts";
import { hashRubric } from "../rubric/rubric-hashes.ts";
import { matchRubrics, type BankQuestion } from "../rubric/rubric-match.ts";
import type { PlacedRubric } from "../rubric/rubric-reader.ts";
import type { Submission } from "../submissions/submission.ts";
import { gradeAnswer, type GradeOptions } from "./grade-answer.ts";
import type { GradePrompts } from "./grade-prompts.ts";
import type { GradingItem } from "./grading-item.ts";
import { givenTexts } from "./judge-subject.ts";

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
  const asked = matchedQuestions(bank, rubrics);
  const copied = copiedAmong(submissions, asked);
  const graded = await Promise.all(
    submissions.map(async (submission) => {
      const matched = asked.get(submission.question);
      if (matched === undefined) return { submission };
      const item = itemOf(submission, matched, copied.has(answerKey(submission)));
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

/** A question with its rubric. */
interface Matched extends BankQuestion {
  readonly rubric: PlacedRubric;
  /** As the bank words it, lost blanks put back. */
  readonly text: string;
}

function matchedQuestions(bank: Bank, rubrics: readonly PlacedRubric[]): ReadonlyMap<string, Matched> {
  const vocabulary = vocabularyOfBank(bank);
  return new Map(
    matchRubrics(rubrics, bank).matched.map((each) => [
      each.question.id,
      { ...each, text: repairGlue(each.question.text, vocabulary).text },
    ]),
  );
}

function referenceOf({ question: { state, slot }, rubric: { rubric } }: Matched): string {
  if (rubric.reference.from === "rubric") return rubric.reference.text;
  return state === "filled" || state === "partial" ? slot.answer : "";
}

function itemOf(submission: Submission, matched: Matched, isCopied: boolean): GradingItem {
  const { rubric } = matched.rubric;
  const texts = { rubric, question: matched.text, reference: referenceOf(matched) };
  const rubricTexts = rubric.criteria.flatMap(({ text, levels, accepts }) => [
    text,
    ...levels.flatMap(({ descriptor, anchors }) => [descriptor, ...anchors]),
    ...accepts,
  ]);
  const features = compareWith({ question: texts.question, reference: texts.reference, rubricTexts })?.(
    submission.answer,
  );
  return {
    submission,
    ...texts,
    hashes: hashRubric(rubric),
    checks: checkAnswer(submission.answer, { ...givenTexts(texts), isCopied }),
    crossCheck: features === undefined ? undefined : shareOf(features),
  };
}

/** Answers that (nearly) equal that of another candidate to the same question. */
function copiedAmong(submissions: readonly Submission[], asked: ReadonlyMap<string, Matched>): ReadonlySet<string> {
  const copied = Array.from(groupBy(submissions, ({ question }) => question)).flatMap(([id, own]) => {
    const matched = asked.get(id);
    const candidates = new Map(own.map((each) => [answerKey(each), each.candidate]));
    const answers = own.map((each) => ({ key: answerKey(each), text: each.answer }));
    // What everybody was given to read is nobody's to copy.
    const given = matched === undefined ? [] : [matched.text, referenceOf(matched)];
    return findCopies(answers, given).flatMap(({ keys }) =>
      new Set(keys.map((key) => candidates.get(key))).size > 1 ? keys : [],
    );
  });
  return new Set(copied);
}
