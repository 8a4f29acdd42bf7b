import type { Bank } from "../bank/question.ts";
import { readCandidateCodes, writeCandidateCodes } from "../files/candidate-codes.ts";
import type { GradeSet } from "../files/grade-set.ts";
import type { SubmissionFiles } from "../files/submission-files.ts";
import { parseColumnMap } from "../grade/submissions/column-map.ts";
import { readSubmissions, type ReadingNotes } from "../grade/submissions/read-submissions.ts";
import { describeFault, type SourceFault } from "../grade/submissions/source-fault.ts";
import type { Submission } from "../grade/submissions/submission.ts";
import { plural } from "./format.ts";
import type { GradeCommandOptions } from "./grade-options.ts";
import type { Project } from "./open-project.ts";
import type { Report } from "./report.ts";

/** What was handed in, by candidates' codes. */
export interface CandidateAnswers {
  readonly submissions: readonly Submission[];
  readonly faults: readonly SourceFault[];
  /** Files that were not read, and why. */
  readonly skipped: SubmissionFiles["skipped"];
  readonly notes: ReadingNotes;
  /** Writes down which codes new candidates were given; until then nothing may be made of their answers. */
  readonly keepCodes: () => void;
}

export type AnswerOptions = Pick<GradeCommandOptions, "preset" | "map" | "attempts">;

/** Faults of one kind in one file are many or few for one reason. */
const LISTED_FAULTS = 20;

/**
 * Reads candidates' answers. Writes nothing and tells nothing.
 * @throws UserError for a table that cannot be understood.
 */
export function readAnswers(
  { config }: Project,
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
  return {
    submissions: read.submissions,
    faults: read.faults,
    skipped,
    notes: read.notes,
    keepCodes: () => writeCandidateCodes(set.candidates, stored, read.codes),
  };
}

/** What could not be read, as what the rest was read, and what was taken out of it. */
export function tellReading(report: Report, { faults, skipped, notes }: CandidateAnswers): void {
  for (const { path, reason } of skipped) report.warn(`${path}: not read: ${reason}`);
  for (const fault of faults.slice(0, LISTED_FAULTS)) report.warn(describeFault(fault));
  if (faults.length > LISTED_FAULTS) report.warn(`… and ${faults.length - LISTED_FAULTS} more of the kind`);
  showNotes(report, notes);
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
