import type { Hash } from "../../core/hash.ts";
import { answerKey, type CurrentGrade } from "./grade-log.ts";
import type { RubricHashes } from "../rubric/rubric.ts";
import type { Submission } from "../submissions/submission.ts";

/** Why an answer is graded now. */
export const GRADING_REASONS = ["new", "answer-changed", "rubric-changed", "other-judge", "no-mark", "redo"] as const;
export type GradingReason = (typeof GRADING_REASONS)[number];

/** Why one is not. */
export const SKIP_REASONS = ["up-to-date", "overridden", "no-rubric", "not-asked", "over-limit"] as const;
export type GradingSkip = (typeof SKIP_REASONS)[number];

export interface PlannedGrading {
  readonly submission: Submission;
  readonly reason: GradingReason;
  /** 0 at first, one more for each redo, so that a redo is a new request. */
  readonly sample: number;
}

export interface GradingPlan {
  /** In the order of the submissions. */
  readonly planned: readonly PlannedGrading[];
  readonly skipped: Readonly<Record<GradingSkip, number>>;
}

/** Codes of candidates and ids of questions, an answer of any of the first to any of the second; an empty set is all of them. */
export interface OnlyAsked {
  readonly candidates: ReadonlySet<string>;
  readonly questions: ReadonlySet<string>;
}

/** Who would grade: a grade of another judge is made again. */
export interface Judge {
  readonly provider: string;
  readonly model: string;
  readonly promptHash: Hash;
  readonly samples: number;
}

export interface PlanGradingOptions {
  readonly submissions: readonly Submission[];
  readonly grades: ReadonlyMap<string, CurrentGrade>;
  /** By question id. */
  readonly rubrics: ReadonlyMap<string, RubricHashes>;
  readonly judge: Judge;
  /** Hash of the graded text of an answer. */
  readonly hashOfAnswer: (submission: Submission) => Hash;
  /** What to grade; undefined for all. */
  readonly only: OnlyAsked | undefined;
  readonly limit: number | undefined;
  readonly redo: boolean;
  /** Id of a run that goes on: what it has graded it does not redo. */
  readonly takenUp?: string | undefined;
}

/** Which answers a run grades: those without a grade that still holds. A person's mark is never graded over. */
export function planGrading(options: PlanGradingOptions): GradingPlan {
  const planned: PlannedGrading[] = [];
  const skipped: Record<GradingSkip, number> = {
    "up-to-date": 0,
    overridden: 0,
    "no-rubric": 0,
    "not-asked": 0,
    "over-limit": 0,
  };
  for (const submission of options.submissions) {
    const decision = decide(submission, options);
    if ("skip" in decision) skipped[decision.skip] += 1;
    else if (planned.length >= (options.limit ?? Number.POSITIVE_INFINITY)) skipped["over-limit"] += 1;
    else planned.push({ submission, ...decision });
  }
  return { planned, skipped };
}

type Decision = { readonly skip: GradingSkip } | { readonly reason: GradingReason; readonly sample: number };

function decide(submission: Submission, options: PlanGradingOptions): Decision {
  const { only, rubrics, grades } = options;
  if (only !== undefined && !isAmong(submission, only)) return { skip: "not-asked" };
  const hashes = rubrics.get(submission.question);
  if (hashes === undefined) return { skip: "no-rubric" };
  const current = grades.get(answerKey(submission));
  return current === undefined ? { reason: "new", sample: 0 } : decideAgain(submission, current, hashes, options);
}

function isAmong({ candidate, question }: Submission, { candidates, questions }: OnlyAsked): boolean {
  return (candidates.size === 0 || candidates.has(candidate)) && (questions.size === 0 || questions.has(question));
}

/** What becomes of an answer that has a grade. */
function decideAgain(
  submission: Submission,
  { grade, state }: CurrentGrade,
  hashes: RubricHashes,
  { redo, takenUp, judge, hashOfAnswer }: PlanGradingOptions,
): Decision {
  const { sample } = grade.run;
  if (redo && grade.run.id !== takenUp) return { reason: "redo", sample: sample + 1 };
  if (grade.answer.hash !== hashOfAnswer(submission)) return { reason: "answer-changed", sample: 0 };
  if (state === "overridden") return { skip: "overridden" };
  if (!isSameRubric(grade.rubric, hashes)) return { reason: "rubric-changed", sample: 0 };
  if (state === "blank") return { skip: "up-to-date" };
  if (!isSameJudge(grade.run, judge)) return { reason: "other-judge", sample: 0 };
  // A fault is tried again; what a model replied is in the journal and is not paid for twice.
  return state === "error" || state === "refused" ? { reason: "no-mark", sample } : { skip: "up-to-date" };
}

function isSameRubric(then: Omit<RubricHashes, "content">, now: RubricHashes): boolean {
  return then.wording === now.wording && then.structure === now.structure;
}

function isSameJudge(run: CurrentGrade["grade"]["run"], judge: Judge): boolean {
  const { provider, model, prompt_hash: promptHash, samples_asked: samples } = run;
  return (
    provider === judge.provider && model === judge.model && promptHash === judge.promptHash && samples === judge.samples
  );
}
