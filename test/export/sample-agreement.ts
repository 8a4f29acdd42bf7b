import type { BookAgreement, GradeBook } from "../../src/export/grade-book.ts";
import { agreementReport } from "../../src/grade/agreement/agreement-report.ts";
import { pairMarks } from "../../src/grade/agreement/pair-marks.ts";
import type { HumanMark } from "../../src/grade/submissions/submission.ts";

/** Two raters, a little stricter than the judge; the second marked every other answer. */
export function sampleAgreement({ grades, questions }: GradeBook): BookAgreement {
  const marks = grades.flatMap(({ current }, at) => (current.mark === null ? [] : marksOf(current, at)));
  const { rows, problems } = pairMarks(
    grades.map(({ current }) => current.grade),
    marks,
    new Map(questions.map(({ id, rubric }) => [id, rubric])),
  );
  return { rows, report: agreementReport(rows, { seed: 1, resamples: 100, problems }) };
}

function marksOf(
  { candidate, question, attempt, grade }: GradeBook["grades"][number]["current"],
  at: number,
): HumanMark[] {
  const judged = (grade.mark ?? 0) / 1000;
  const shared = { candidate, question, attempt };
  const mark = (rater: string, shift: number): HumanMark => {
    const points = Math.min(grade.max / 1000, Math.max(0, judged + shift));
    return { ...shared, rater, mark: { kind: "total", points } };
  };
  const first = mark("r1", [0, -0.5, 0, -1, 0.5, 0, -1][at % 7] ?? 0);
  return at % 2 === 0 ? [first] : [first, mark("r2", [0, 0.5, -1][at % 3] ?? 0)];
}
