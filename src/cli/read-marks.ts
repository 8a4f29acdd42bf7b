import type { BookAgreement } from "../export/grade-book.ts";
import { readCandidateCodes } from "../files/candidate-codes.ts";
import type { GradeSet } from "../files/grade-set.ts";
import type { SubmissionFiles } from "../files/submission-files.ts";
import { agreementReport, type AgreementOptions } from "../grade/agreement/agreement-report.ts";
import { pairMarks } from "../grade/agreement/pair-marks.ts";
import type { CurrentGrade } from "../grade/records/grade-log.ts";
import type { HumanMark } from "../grade/submissions/submission.ts";
import { readHumanMarks } from "../grade/submissions/read-human-marks.ts";
import { describeFault } from "../grade/submissions/source-fault.ts";
import type { GradedBank } from "./graded-bank.ts";
import type { Project } from "./open-project.ts";

const LISTED_FAULTS = 20;

/** People's marks from files; tells what could not be read. */
export function readMarks(
  { config, report }: Project,
  { set, graded }: { readonly set: GradeSet; readonly graded: GradedBank },
  grades: ReadonlyMap<string, CurrentGrade>,
  { files, skipped }: SubmissionFiles,
): readonly HumanMark[] {
  const attempts = new Map([...grades.values()].map((each) => [`${each.candidate} ${each.question}`, each.attempt]));
  const read = readHumanMarks(files, graded.bank, {
    banks: config.banks,
    known: readCandidateCodes(set.candidates).codes,
    attemptOf: (candidate, question) => attempts.get(`${candidate} ${question}`),
  });
  for (const { path, reason } of skipped) report.warn(`${path}: not read: ${reason}`);
  for (const fault of read.faults.slice(0, LISTED_FAULTS)) report.warn(describeFault(fault));
  if (read.faults.length > LISTED_FAULTS) report.warn(`… and ${read.faults.length - LISTED_FAULTS} more of the kind`);
  return read.marks;
}

/** What people said of answers in the review, as marks like those of a file. */
export function labelsOf(grades: Iterable<CurrentGrade>): readonly HumanMark[] {
  return [...grades].flatMap(({ candidate, question, attempt, marks }) =>
    marks.flatMap(({ by: rater, levels }) =>
      levels.map(({ criterion, level }): HumanMark => {
        return { candidate, question, attempt, rater, mark: { kind: "level", criterion, level } };
      }),
    ),
  );
}

/** How far the judge's own grades, before any person changed them, agree with people's; undefined without people's marks. */
export function agreementOf(
  grades: ReadonlyMap<string, CurrentGrade>,
  marks: readonly HumanMark[],
  { questions }: GradedBank,
  options: Partial<AgreementOptions> = {},
): BookAgreement | undefined {
  if (marks.length === 0) return undefined;
  const rubrics = new Map([...questions].map(([id, { rubric }]) => [id, rubric]));
  const { rows, problems } = pairMarks(judgedOf(grades), marks, rubrics);
  return { report: agreementReport(rows, { ...options, problems }), rows };
}

/** The judge's word, counted by the rubric as it is now. */
function judgedOf(grades: ReadonlyMap<string, CurrentGrade>): readonly CurrentGrade["grade"][] {
  return [...grades.values()].map(({ grade, override, state, mark, criteria }) =>
    override === undefined ? { ...grade, state, mark, criteria: [...criteria] } : grade,
  );
}
