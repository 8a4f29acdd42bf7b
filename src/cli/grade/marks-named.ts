import { resolve } from "node:path";
import { UserError } from "../../core/errors.ts";
import { readNamedFiles, type NamedFiles } from "../../files/named-files.ts";
import type { HumanMark } from "../../grade/submissions/submission.ts";
import { markCopies } from "./grade-settings.ts";
import type { GradeSession } from "./open-grades.ts";
import type { Project } from "../open-project.ts";
import { readMarks, tellMarks } from "./read-marks.ts";

/** People's marks from files that the user named, and those of the files that are worth remembering. */
export interface NamedMarks {
  readonly marks: readonly HumanMark[];
  readonly files: NamedFiles;
}

/**
 * Reads people's marks and tells what could not be read, and which file holds no mark of any answer here.
 * @throws UserError for files that are not there, or where none of them holds such a mark.
 */
export function marksNamed(project: Project, session: GradeSession, operands: readonly string[]): NamedMarks {
  const read = (paths: readonly string[]): NamedFiles =>
    readNamedFiles(project.workspace.root, paths, markCopies(session.set));
  const named = operands.map((operand) => resolve(project.folder, operand));
  // Each by itself, since only then it can be said of which file a mark is.
  read(named);
  const grades = [...session.state.grades.values()];
  const asked = new Set(grades.map(({ candidate, question }) => `${candidate} ${question}`));
  const readings = named.map((path, at) => {
    const reading = readMarks(project, session, session.state.grades, read([path]));
    tellMarks(project.report, reading);
    const isOfUse = reading.marks.some(({ candidate, question }) => asked.has(`${candidate} ${question}`));
    if (!isOfUse && named.length > 1)
      project.report.warn(`${operands[at] ?? ""}: no mark of an answer of this set; it is not remembered`);
    return { path, marks: reading.marks, isOfUse };
  });
  const used = readings.filter(({ isOfUse }) => isOfUse).map(({ path }) => path);
  if (used.length === 0) throw nothingOfUse(readings.some(({ marks }) => marks.length > 0));
  return { marks: readings.flatMap(({ marks }) => marks), files: read(used) };
}

function nothingOfUse(hasMarks: boolean): UserError {
  return hasMarks
    ? new UserError("none of these marks is of an answer of this set", {
        hint: "candidates are named as in the answers or by code, questions by id, number or text",
      })
    : new UserError("there is no mark in these files", {
        hint: "the columns are rater, candidate, question and either mark (of the whole answer) or criterion with level or points",
      });
}
