import type { GradeSet } from "../files/grade-set.ts";
import type { GradeBookState } from "../grade/grade-log.ts";
import type { HumanMark } from "../grade/submission.ts";
import type { BookAgreement } from "../export/grade-book.ts";
import { agreementOf, labelsOf, readMarks } from "./read-marks.ts";
import { chooseGradeSet } from "./choose-grade-set.ts";
import { gradeBookOf } from "./grade-book.ts";
import { writeGradeOutputs } from "./grade-outputs.ts";
import { readGradedBank, type GradedBank } from "./graded-bank.ts";
import { givenPath, readGradeSettings, type GradeSettings } from "./grade-settings.ts";
import { openGradeLog, readGrades, type GradeLog } from "./grade-store.ts";
import type { Project } from "./open-project.ts";
import { readAnswers, type CandidateAnswers } from "./read-answers.ts";
import { refreshGrades } from "./rubric-refresh.ts";
import { readCalibrations } from "./stored-calibration.ts";

/** What every command about existing grades works with. Changed rubrics have reached the grades. */
export interface GradeSession {
  readonly set: GradeSet;
  readonly settings: GradeSettings;
  readonly log: GradeLog;
  readonly graded: GradedBank;
  readonly answers: CandidateAnswers;
  readonly state: GradeBookState;
}

/** @throws UserError where there are no grades, or what they were made from is gone. */
export function openGrades(project: Project, name: string | undefined): GradeSession {
  const session = readGradeSession(project, chooseGradeSet(project, name));
  return { ...session, state: refreshGrades(project.report, session.log, session.graded) };
}

/** The same without the grades, which are the log's to tell. Writes nothing. */
export function readGradeSession(project: Project, set: GradeSet): Omit<GradeSession, "state"> {
  const settings = readGradeSettings(set);
  const given = (paths: readonly string[]): readonly string[] => paths.map((path) => givenPath(project, path));
  const { bank, rubric } = settings;
  const graded = readGradedBank(project, { bank: bank && given(bank), rubric: rubric && given(rubric) });
  const answers = readAnswers(project, set, graded.bank, given(settings.answers), { ...settings, isDryRun: true });
  return { set, settings, log: openGradeLog(project, set), graded, answers };
}

/** Makes everything that people read of a set again. */
export async function writeSetOutputs(project: Project, session: Omit<GradeSession, "state">): Promise<void> {
  const { set, log, graded, answers, settings } = session;
  const { grades } = readGrades(log);
  const marks: readonly HumanMark[] = [
    ...answers.submissions.flatMap(({ human }) => human),
    ...labelsOf(grades.values()),
    ...(settings.marks.length === 0 ? [] : readMarks(project, session, grades, settings.marks)),
  ];
  const agreement: BookAgreement | undefined = agreementOf(grades, marks, graded);
  const book = gradeBookOf({
    set: set.name,
    now: project.stamp(),
    graded,
    submissions: answers.submissions,
    grades,
    calibrations: readCalibrations(set),
    agreement,
  });
  await writeGradeOutputs(set, book);
}
