import { hashOf } from "../core/hash.ts";
import type { BookAgreement, BookGrade, BookQuestion, GradeBook } from "../export/grade-book.ts";
import { applyCalibration } from "../grade/calibration/apply-calibration.ts";
import type { Calibration } from "../grade/calibration/calibration.ts";
import { scaleOfRubric } from "../grade/agreement/mark-scale.ts";
import { answerKey, type CurrentGrade } from "../grade/grade-log.ts";
import { exact, type Thousandths } from "../grade/points.ts";
import type { Submission } from "../grade/submission.ts";
import { plural } from "./format.ts";
import type { GradedBank } from "./graded-bank.ts";
import { packageVersion } from "./package-root.ts";

export interface GradeBookParts {
  readonly set: string;
  /** ISO 8601. */
  readonly made: string;
  readonly graded: GradedBank;
  readonly submissions: readonly Submission[];
  readonly grades: ReadonlyMap<string, CurrentGrade>;
  readonly calibrations: readonly Calibration[];
  readonly agreement: BookAgreement | undefined;
}

/** Puts together what reports, sheets and tables show: grades of questions that still have a rubric, in bank order. */
export function gradeBookOf(parts: GradeBookParts): GradeBook {
  const { graded, set, made } = parts;
  const questions = [...graded.questions.values()].map(({ question, text, rubric }): BookQuestion => ({
    id: question.id,
    number: question.number,
    text,
    rubric,
  }));
  const known = new Set(questions.map(({ id }) => id));
  const shown = [...parts.grades.values()].filter(({ question }) => known.has(question));
  const answers = new Map(parts.submissions.map((submission) => [answerKey(submission), submission.answer]));
  const isChanged = (current: CurrentGrade): boolean =>
    hashOf(answers.get(answerKey(current)) ?? "") !== current.grade.answer.hash;
  const asked = new Set(shown.map(({ question }) => question));
  return {
    title: set,
    made,
    tool: `answerkey ${packageVersion()}`,
    questions: questions.filter(({ id }) => asked.has(id)),
    grades: shown.map((current): BookGrade => ({
      current,
      answer: isChanged(current) ? "" : (answers.get(answerKey(current)) ?? ""),
      calibrated: calibratedMark(current, graded, parts.calibrations),
    })),
    agreement: parts.agreement,
    warnings: warningsFor(parts.grades.size - shown.length, shown.filter(isChanged).length, shown),
  };
}

function warningsFor(unknown: number, changed: number, shown: readonly CurrentGrade[]): readonly string[] {
  const isOffline = shown.some(({ grade }) => grade.run.provider === "offline" && grade.criteria.length > 0);
  return [
    ...(isOffline
      ? ["Some grades were made offline, by matching words and not meaning. They are a first sorting and no judgement."]
      : []),
    ...(unknown > 0 ? [`${plural(unknown, "grade")} of questions that now have no rubric are left out.`] : []),
    ...(changed > 0
      ? [`${plural(changed, "answer")} changed or went away since the grade was made; the text is not shown.`]
      : []),
  ];
}

/** Beside the judge's mark; a person's mark needs none. */
function calibratedMark(
  { grade, mark, state }: CurrentGrade,
  graded: GradedBank,
  calibrations: readonly Calibration[],
): Thousandths | undefined {
  const question = graded.questions.get(grade.question);
  const scale = question === undefined ? undefined : scaleOfRubric(question.rubric);
  if (question === undefined || scale === undefined || mark === null || state !== "graded") return undefined;
  for (const calibration of calibrations) {
    const result = applyCalibration(calibration, {
      question: grade.question,
      mark: exact(mark),
      scale,
      model: grade.run.model,
      promptHash: grade.run.prompt_hash,
      rubric: question.hashes.content,
    });
    if (result.kind === "calibrated") return result.mark;
  }
  return undefined;
}
