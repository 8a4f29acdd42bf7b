import { hashOf } from "../../core/hash.ts";
import type { BookAgreement, BookGrade, BookQuestion, GradeBook } from "../../export/grade-book.ts";
import { applyCalibration } from "../../grade/calibration/apply-calibration.ts";
import type { Calibration } from "../../grade/calibration/calibration.ts";
import { scaleOfRubric } from "../../grade/agreement/mark-scale.ts";
import { answerKey, type CurrentGrade } from "../../grade/records/grade-log.ts";
import { canonicalRubric } from "../../grade/rubric/rubric-canonical.ts";
import { exact, type Thousandths } from "../../grade/rubric/points.ts";
import type { Submission } from "../../grade/submissions/submission.ts";
import { copiedAnswers, type CopiedAnswers } from "../../grade/judge/copied-answers.ts";
import { plural } from "../format.ts";
import type { GradedBank } from "../graded-bank.ts";
import { packageVersion } from "../package-root.ts";

export interface GradeBookParts {
  readonly set: string;
  /** ISO 8601. */
  readonly made: string;
  readonly graded: GradedBank;
  readonly submissions: readonly Submission[];
  readonly grades: ReadonlyMap<string, CurrentGrade>;
  /** As the records keep them, by content hash. */
  readonly rubrics: ReadonlyMap<string, unknown>;
  readonly calibrations: readonly Calibration[];
  readonly agreement: BookAgreement | undefined;
  /** Copies among all submissions; looked for where they are not known yet. */
  readonly copied?: CopiedAnswers | undefined;
}

/** Puts together what reports, sheets and tables show, in bank order; a question without a rubric now is shown by its last. */
export function gradeBookOf(parts: GradeBookParts): GradeBook {
  const { set, made } = parts;
  const grades = [...parts.grades.values()];
  const questions = bookQuestions(grades, parts.graded, parts.rubrics);
  const known = new Set(questions.map(({ id }) => id));
  const shown = grades.filter(({ question }) => known.has(question));
  const answers = new Map(parts.submissions.map((submission) => [answerKey(submission), submission.answer]));
  const copied = copiesOf(shown, parts);
  const isChanged = (current: CurrentGrade): boolean =>
    hashOf(answers.get(answerKey(current)) ?? "") !== current.grade.answer.hash;
  return {
    title: set,
    made,
    tool: `answerkey ${packageVersion()}`,
    questions,
    grades: shown.map((current): BookGrade => ({
      current,
      answer: isChanged(current) ? "" : (answers.get(answerKey(current)) ?? ""),
      copies: copied.get(answerKey(current)) ?? [],
      calibrated: calibratedMark(current, parts.graded, parts.calibrations),
    })),
    agreement: parts.agreement,
    warnings: warningsFor(shown, {
      byOldRubric: shown.filter(({ question }) => !parts.graded.questions.has(question)).length,
      changed: shown.filter(isChanged).length,
      leftOut: grades.length - shown.length,
    }),
  };
}

/** Only answers to questions in which a copy was found when they were graded are compared again. */
function copiesOf(shown: readonly CurrentGrade[], { submissions, graded, copied }: GradeBookParts): CopiedAnswers {
  const flagged = shown.filter(({ grade }) => grade.flags.includes("answer-copied"));
  const asked = new Set(flagged.map(({ question }) => question));
  const found =
    copied ??
    copiedAnswers(
      submissions.filter(({ question }) => asked.has(question)),
      graded.questions,
    );
  const keys = new Set(flagged.map((grade) => answerKey(grade)));
  return new Map([...found].filter(([key]) => keys.has(key)));
}

/** Questions that have a grade: those with a rubric in bank order, then those whose rubric only the records still hold. */
export function bookQuestions(
  grades: readonly CurrentGrade[],
  graded: GradedBank,
  rubrics: ReadonlyMap<string, unknown>,
): readonly BookQuestion[] {
  const asked = new Map(grades.map((each) => [each.question, each]));
  const ruled = [...graded.questions.values()].filter(({ question }) => asked.has(question.id));
  const present = ruled.map(({ question, text, rubric }) => ({
    id: question.id,
    number: question.number,
    text,
    rubric,
  }));
  const inBank = new Map(graded.bank.files.flatMap((file) => file.questions.map((each) => [String(each.id), each])));
  const others = [...asked].flatMap(([id, { countedBy }]): readonly BookQuestion[] => {
    if (graded.questions.has(id)) return [];
    const rubric = canonicalRubric.safeParse(rubrics.get(countedBy));
    const question = inBank.get(id);
    return rubric.success ? [{ id, number: question?.number, text: question?.text ?? id, rubric: rubric.data }] : [];
  });
  return [...present, ...others];
}

interface Oddities {
  readonly byOldRubric: number;
  readonly changed: number;
  readonly leftOut: number;
}

function warningsFor(shown: readonly CurrentGrade[], { byOldRubric, changed, leftOut }: Oddities): readonly string[] {
  const judged = shown.filter(({ grade }) => grade.criteria.length > 0);
  const offline = judged.filter(({ grade }) => grade.run.provider === "offline").length;
  const who = offline === judged.length ? "All grades" : "Some grades";
  return [
    ...(offline > 0
      ? [`${who} were made offline, by matching words and not meaning. They are a first sorting and no judgement.`]
      : []),
    ...(byOldRubric > 0
      ? [
          `${plural(byOldRubric, "grade")} of questions without a usable rubric now: shown by the rubric they were made with.`,
        ]
      : []),
    ...(leftOut > 0 ? [`${plural(leftOut, "grade")} whose rubric nobody knows any more are left out.`] : []),
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
