import { UserError } from "../../core/errors.ts";
import type { GradeSet } from "../../files/grade-set.ts";
import { readSubmissionFiles } from "../../files/submission-files.ts";
import { foldGradeLog, type GradeBookState } from "../../grade/records/grade-log.ts";
import type { HumanMark } from "../../grade/submissions/submission.ts";
import type { BookAgreement, GradeBook } from "../../export/grade-book.ts";
import { agreementOf, labelsOf, readMarks } from "./read-marks.ts";
import { chooseGradeSet } from "./choose-grade-set.ts";
import type { CopiedAnswers } from "../../grade/judge/copied-answers.ts";
import { gradeBookOf } from "./grade-book.ts";
import { writeGradeOutputs } from "./grade-outputs.ts";
import { readGradedBank, showRubricFaults, type GradedBank } from "../graded-bank.ts";
import { givenPath, readGradeSettings, type AnswerImport, type GradeSettings } from "./grade-settings.ts";
import { openGradeLog, readGrades, type GradeLog } from "./grade-store.ts";
import type { Project } from "../open-project.ts";
import { readAnswers, refuseLostCodes, type CandidateAnswers, type ImportedFiles } from "./read-answers.ts";
import { refreshGrades } from "../rubric/rubric-refresh.ts";
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
  const { set, log, graded, answers } = session;
  const state = readGrades(log);
  refuseLostCodes(set, answers, candidatesOf(state));
  showRubricFaults(project.report, graded);
  return { ...session, state: refreshGrades(project.report, log, graded, state) };
}

/** The same without the grades, which are the log's to tell. Writes nothing. */
export function readGradeSession(project: Project, set: GradeSet): Omit<GradeSession, "state"> {
  const settings = readGradeSettings(set);
  const given = (paths: readonly string[]): readonly string[] => paths.map((path) => givenPath(project, path));
  const { bank, rubric } = settings;
  const graded = readGradedBank(project, { bank: bank && given(bank), rubric: rubric && given(rubric) });
  const files = readSubmissionFiles(project.workspace.root, given(settings.answers));
  const earlier = readEarlier(project, settings.earlier);
  const answers = readAnswers(project, set, graded.bank, { files, options: settings }, earlier);
  return { set, settings, log: openGradeLog(project, set), graded, answers };
}

/** Answers of imports before the last one; those that are gone are told, and grades are shown without them. */
export function readEarlier(project: Project, imports: readonly AnswerImport[]): readonly ImportedFiles[] {
  return imports.flatMap((options) => {
    try {
      const paths = options.answers.map((path) => givenPath(project, path));
      return [{ files: readSubmissionFiles(project.workspace.root, paths), options }];
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      project.report.warn(`answers of an earlier import cannot be shown: ${error.message}`);
      return [];
    }
  });
}

/** Codes of all candidates who have a grade. */
export function candidatesOf({ grades }: GradeBookState): readonly string[] {
  return [...new Set(Array.from(grades.values(), ({ candidate }) => candidate))];
}

/** What a set's outputs say, to be told as well. */
export type WrittenOutputs = Pick<GradeBook, "warnings"> & Pick<GradeBookState, "grades">;

/** Makes everything that people read of a set again. @param known what need not be worked out again. */
export async function writeSetOutputs(
  project: Project,
  session: Omit<GradeSession, "state">,
  known: { readonly agreement?: BookAgreement; readonly copied?: CopiedAnswers } = {},
): Promise<WrittenOutputs> {
  const { set, log, graded, answers } = session;
  const lines = log.readAll();
  const { grades, rubrics } = foldGradeLog(lines);
  const agreement = known.agreement ?? agreementOf(grades, allMarks(project, session, grades), graded);
  const book = gradeBookOf({
    set: set.name,
    // That of what is shown, so that the same records give the same bytes whenever they are shown.
    made: lines.at(-1)?.at ?? new Date(project.stamp()).toISOString(),
    graded,
    submissions: answers.submissions,
    grades,
    rubrics,
    calibrations: readCalibrations(set),
    agreement,
    copied: known.copied,
  });
  await writeGradeOutputs(set, book);
  return { warnings: book.warnings, grades };
}

/** Marks that came with the answers, that were given in the review, and those of files. */
export function allMarks(
  project: Project,
  session: Omit<GradeSession, "state">,
  grades: GradeBookState["grades"],
): readonly HumanMark[] {
  return [
    ...session.answers.submissions.flatMap(({ human }) => human),
    ...labelsOf(grades.values()),
    ...storedMarks(project, session, grades),
  ];
}

/** Grades are shown without people's marks rather than not at all. */
function storedMarks(
  project: Project,
  session: Pick<GradeSession, "set" | "graded" | "settings">,
  grades: GradeBookState["grades"],
): readonly HumanMark[] {
  const { marks } = session.settings;
  if (marks.length === 0) return [];
  try {
    const paths = marks.map((path) => givenPath(project, path));
    return readMarks(project, session, grades, readSubmissionFiles(project.workspace.root, paths)).marks;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    project.report.warn(`people's marks are left out of the report: ${error.message}`);
    return [];
  }
}
