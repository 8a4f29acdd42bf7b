import type { BookAgreement } from "../../export/grade-book.ts";
import { readCandidateCodes } from "../../files/candidate-codes.ts";
import type { GradeSet } from "../../files/grade-set.ts";
import type { SubmissionFiles } from "../../files/submission-files.ts";
import { agreementReport, type AgreementOptions } from "../../grade/agreement/agreement-report.ts";
import { pairMarks } from "../../grade/agreement/pair-marks.ts";
import type { CurrentGrade } from "../../grade/records/grade-log.ts";
import type { HumanMark } from "../../grade/submissions/submission.ts";
import { codesByName } from "../../grade/submissions/candidate-names.ts";
import { readHumanMarks } from "../../grade/submissions/read-human-marks.ts";
import { describeFault, type SourceFault } from "../../grade/submissions/source-fault.ts";
import { exact, pointsOf } from "../../grade/rubric/points.ts";
import type { GradedBank } from "../graded-bank.ts";
import type { Project } from "../open-project.ts";
import type { Report } from "../report.ts";

const LISTED_FAULTS = 20;

/** People's marks from files, and what of these could not be read. */
export interface MarksReading {
  readonly marks: readonly HumanMark[];
  readonly faults: readonly SourceFault[];
  readonly skipped: SubmissionFiles["skipped"];
}

/** Tells nothing. */
export function readMarks(
  { config }: Pick<Project, "config">,
  { set, graded }: { readonly set: GradeSet; readonly graded: GradedBank },
  grades: ReadonlyMap<string, CurrentGrade>,
  { files, skipped }: SubmissionFiles,
): MarksReading {
  const { codes, names } = readCandidateCodes(set.candidates);
  const attempts = new Map([...grades.values()].map((each) => [`${each.candidate} ${each.question}`, each.attempt]));
  const read = readHumanMarks(files, graded.bank, {
    banks: config.banks,
    known: codesByName(codes, names),
    attemptOf: (candidate, question) => attempts.get(`${candidate} ${question}`),
  });
  return { marks: read.marks, faults: read.faults, skipped };
}

export function tellMarks(report: Report, { faults, skipped }: MarksReading): void {
  for (const { path, reason } of skipped) report.warn(`${path}: not read: ${reason}`);
  for (const fault of faults.slice(0, LISTED_FAULTS)) report.warn(describeFault(fault));
  if (faults.length > LISTED_FAULTS) report.warn(`… and ${faults.length - LISTED_FAULTS} more of the kind`);
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

/** What people put in place of the judge's word, as marks: levels where they gave levels, else the mark of the whole. */
export function overridesOf(grades: Iterable<CurrentGrade>): readonly HumanMark[] {
  return [...grades].flatMap(({ candidate, question, attempt, override, criteria, marks }): readonly HumanMark[] => {
    if (override === undefined || marks.some(({ by }) => by === override.by)) return [];
    const place = { candidate, question, attempt, rater: override.by };
    const { mark } = override;
    if (mark !== null) return [{ ...place, mark: { kind: "total", points: pointsOf(exact(mark)) } }];
    return criteria.map(({ criterion, level }) => ({ ...place, mark: { kind: "level", criterion, level } }));
  });
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
