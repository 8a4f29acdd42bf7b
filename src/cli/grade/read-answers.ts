import type { Bank } from "../../bank/question.ts";
import { readCandidateCodes, writeCandidateCodes } from "../../files/candidate-codes.ts";
import type { GradeSet } from "../../files/grade-set.ts";
import type { SubmissionFiles } from "../../files/submission-files.ts";
import { parseColumnMap } from "../../grade/submissions/column-map.ts";
import { readSubmissions, type ReadingNotes, type ReadSubmissions } from "../../grade/submissions/read-submissions.ts";
import { describeFault, type SourceFault } from "../../grade/submissions/source-fault.ts";
import type { CandidateCodes } from "../../grade/submissions/pseudonymise.ts";
import type { Submission } from "../../grade/submissions/submission.ts";
import { answerKey } from "../../grade/records/grade-log.ts";
import { UserError } from "../../core/errors.ts";
import { plural } from "../format.ts";
import type { GradeCommandOptions } from "./grade-options.ts";
import type { Project } from "../open-project.ts";
import type { Report } from "../report.ts";

/** What was handed in, by candidates' codes. */
export interface CandidateAnswers {
  /** Of all imports; of several of one answer the last. */
  readonly submissions: readonly Submission[];
  /** Those of the last import. */
  readonly imported: readonly Submission[];
  /** How many of earlier imports gave way to it. */
  readonly replaced: number;
  /** Codes given in this reading, to candidates not known before. */
  readonly newCodes: readonly string[];
  /** Everybody whose code was known before, or is what the answers themselves call the candidate. */
  readonly knownCodes: ReadonlySet<string>;
  /** Everybody's code, by what the answers call them. */
  readonly codes: CandidateCodes;
  /** Names that they have beside it, by code. */
  readonly names: ReadonlyMap<string, string>;
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
const LISTED_CODES = 5;

/** One import of answers: files, and how they are read. */
export interface ImportedFiles {
  readonly files: SubmissionFiles;
  readonly options: AnswerOptions;
}

/**
 * Reads candidates' answers. Writes nothing and tells nothing.
 * @param earlier imports before this one, the oldest first.
 * @throws UserError for a table that cannot be understood.
 */
export function readAnswers(
  project: Project,
  set: GradeSet,
  bank: Bank,
  last: ImportedFiles,
  earlier: readonly ImportedFiles[],
): CandidateAnswers {
  const stored = readCandidateCodes(set.candidates);
  let codes = stored.codes;
  const taken = new Set<string>();
  const readings = [...earlier, last].map((each) => {
    const read = readImport(project, bank, each, codes, taken);
    codes = read.codes;
    for (const { candidate } of read.submissions) taken.add(candidate);
    return read;
  });
  const { submissions: imported, faults, notes } = readings.at(-1) ?? readImport(project, bank, last, codes, taken);
  const before = new Map(readings.slice(0, -1).flatMap(({ submissions }) => submissions.map(keyed)));
  const now = new Map(imported.map(keyed));
  const submissions = [...new Map([...before, ...now]).values()];
  const newCodes = readings.flatMap((each) => each.newCodes);
  const names = new Map([...stored.names, ...readings.flatMap((each) => [...each.names])]);
  const given = new Set(newCodes);
  const called = submissions.map(({ candidate }) => candidate).filter((code) => !given.has(code));
  return {
    submissions,
    imported,
    replaced: [...before.keys()].filter((key) => now.has(key)).length,
    newCodes,
    knownCodes: new Set([...stored.codes.values(), ...called]),
    codes,
    names,
    faults,
    skipped: last.files.skipped,
    notes,
    keepCodes: () => writeCandidateCodes(set.candidates, stored, { codes, names }),
  };
}

function readImport(
  { config }: Project,
  bank: Bank,
  { files: { files }, options: { preset, map, attempts } }: ImportedFiles,
  known: CandidateCodes,
  taken: ReadonlySet<string>,
): ReadSubmissions {
  const columns = map === undefined ? undefined : parseColumnMap(map.join(","));
  return readSubmissions(files, bank, { banks: config.banks, known, taken, preset, map: columns, attempts });
}

function keyed(submission: Submission): readonly [string, Submission] {
  return [answerKey(submission), submission];
}

/**
 * Codes are given anew where the list of who has which is gone; then the old grades would be somebody else's.
 * @param graded codes of candidates of whom there are grades.
 * @throws UserError where the list does not hold one of them, and somebody is to get a code.
 */
export function refuseLostCodes(
  set: GradeSet,
  { newCodes, knownCodes }: CandidateAnswers,
  graded: Iterable<string>,
): void {
  if (newCodes.length === 0) return;
  refuseUnknownCodes(
    set,
    [...new Set(graded)].filter((code) => !knownCodes.has(code)),
  );
}

/** @throws UserError where there are codes that nobody has. */
export function refuseUnknownCodes(set: GradeSet, lost: readonly string[]): void {
  if (lost.length === 0) return;
  const named = `${lost.slice(0, LISTED_CODES).join(", ")}${lost.length > LISTED_CODES ? ", …" : ""}`;
  throw new UserError(
    `outputs/grades/${set.name}/candidates.json does not say who ${named} ${lost.length === 1 ? "is" : "are"}, of whom the set has grades`,
    {
      hint: "Restore that file from a copy, or grade into a new set with --set NAME: new codes could fall to other people.",
    },
  );
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
    const addresses = `${emails} e-mail ${emails === 1 ? "address" : "addresses"}`;
    report.note(
      `taken out of answers before grading: ${plural(names, "name")}, ${addresses}, ${plural(phones, "number")}`,
    );
  }
}
