import type { Bank } from "../bank/question.ts";
import { readCandidateCodes, writeCandidateCodes } from "../files/candidate-codes.ts";
import type { GradeSet } from "../files/grade-set.ts";
import type { SubmissionFiles } from "../files/submission-files.ts";
import { parseColumnMap } from "../grade/submissions/column-map.ts";
import { readSubmissions, type ReadingNotes } from "../grade/submissions/read-submissions.ts";
import { describeFault } from "../grade/submissions/source-fault.ts";
import type { Submission } from "../grade/submission.ts";
import { plural } from "./format.ts";
import type { GradeCommandOptions } from "./grade-options.ts";
import type { Project } from "./open-project.ts";
import type { Report } from "./report.ts";

/** What was handed in, by candidates' codes. */
export interface CandidateAnswers {
  readonly submissions: readonly Submission[];
  /** Things that were not read; each was told. */
  readonly faults: number;
  readonly notes: ReadingNotes;
  /** Writes down which codes new candidates were given; until then nothing may be made of their answers. */
  readonly keepCodes: () => void;
}

export type AnswerOptions = Pick<GradeCommandOptions, "preset" | "map" | "attempts">;

/** Faults of one kind in one file are many or few for one reason. */
const LISTED_FAULTS = 20;

/**
 * Reads candidates' answers and tells what could not be read. Writes nothing.
 * @throws UserError for a table that cannot be understood.
 */
export function readAnswers(
  { config, report }: Project,
  set: GradeSet,
  bank: Bank,
  { files, skipped }: SubmissionFiles,
  { preset, map, attempts }: AnswerOptions,
): CandidateAnswers {
  const stored = readCandidateCodes(set.candidates);
  const read = readSubmissions(files, bank, {
    banks: config.banks,
    known: stored.codes,
    preset,
    map: map === undefined ? undefined : parseColumnMap(map.join(",")),
    attempts,
  });
  for (const { path, reason } of skipped) report.warn(`${path}: not read: ${reason}`);
  for (const fault of read.faults.slice(0, LISTED_FAULTS)) report.warn(describeFault(fault));
  if (read.faults.length > LISTED_FAULTS) report.warn(`… and ${read.faults.length - LISTED_FAULTS} more of the kind`);
  showNotes(report, read.notes);
  return {
    submissions: read.submissions,
    faults: read.faults.length,
    notes: read.notes,
    keepCodes: () => writeCandidateCodes(set.candidates, stored, read.codes),
  };
}

function showNotes(report: Report, notes: ReadingNotes): void {
  const { sources, attemptsDropped, duplicatesDropped, redactions } = notes;
  for (const { path, readAs, columns, questionColumns, ignored } of sources) {
    if (readAs === "bank-copy" || readAs === "answer-file" || readAs === "nothing") continue;
    const fields = columns.map(({ column, field }) => `${field} = "${column}"`);
    const asked = questionColumns > 0 ? [plural(questionColumns, "question column")] : [];
    report.note(`${path}: read as ${readAs}: ${[...fields, ...asked].join(", ")}`);
    if (ignored.length > 0) report.note(`  not read: ${ignored.join(", ")}`);
  }
  if (attemptsDropped > 0) report.note(`${plural(attemptsDropped, "attempt")} besides the one that counts left out`);
  if (duplicatesDropped > 0) report.note(`${plural(duplicatesDropped, "answer")} handed in twice, taken once`);
  const { names, emails, phones } = redactions;
  if (names + emails + phones > 0) {
    report.note(`taken out of answers before grading: ${names} names, ${emails} e-mail addresses, ${phones} numbers`);
  }
}
