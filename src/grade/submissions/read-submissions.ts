import type { BankConfig } from "../../bank/bank-config.ts";
import type { Bank } from "../../bank/question.ts";
import type { HumanMark, Submission } from "./submission.ts";
import { type AttemptChoice, chooseAttempts, type NumberedRow } from "./attempts.ts";
import { questionFinder } from "./find-question.ts";
import { pathWithoutName } from "./path-without-name.ts";
import { type CandidateCodes, pseudonymise } from "./pseudonymise.ts";
import { readSources, type SourceNote, type TableOptions } from "./read-sources.ts";
import { addRedactions, makeRedactor, NO_REDACTIONS, type Redactions } from "./redact.ts";
import type { SubmissionSource } from "./source.ts";
import type { SourceFault } from "./source-fault.ts";

export interface SubmissionOptions extends TableOptions {
  /** The dialects by which the bank was read; copies of its files are read by the same. */
  readonly banks: BankConfig;
  /** Codes that candidates were given before. */
  readonly known: CandidateCodes;
  /** Codes that stand for somebody though no identity is known for them; nobody new is given one. */
  readonly taken?: ReadonlySet<string> | undefined;
  /** Names that other systems have for questions, with the bank's ids. */
  readonly aliases?: ReadonlyMap<string, string> | undefined;
  /** "last" by default. */
  readonly attempts?: AttemptChoice | undefined;
  /** False leaves names, addresses and telephone numbers in the answers. */
  readonly redact?: boolean | undefined;
}

export interface ReadSubmissions {
  /** In the order of the sources. */
  readonly submissions: readonly Submission[];
  readonly faults: readonly SourceFault[];
  /** All codes, to be kept before any of the submissions is used. */
  readonly codes: CandidateCodes;
  /** Names that the sources have beside what they call a candidate, by code: for the user's own list and nothing else. */
  readonly names: ReadonlyMap<string, string>;
  /** Those of the codes that were given in this reading, to candidates not known before. */
  readonly newCodes: readonly string[];
  readonly notes: ReadingNotes;
}

/** What was done that is no fault, for the user to know. */
export interface ReadingNotes {
  readonly sources: readonly SourceNote[];
  readonly candidates: number;
  /** Answers that were not given. They are among the submissions, and are no zeros. */
  readonly blanks: number;
  readonly attemptsDropped: number;
  readonly duplicatesDropped: number;
  readonly redactions: Redactions;
}

/**
 * Reads candidates' answers from whatever they were handed in as. Nothing is guessed: what cannot be read for sure is a
 * fault with its place, and the rest is read. Submissions name candidates by code alone.
 */
export function readSubmissions(
  sources: readonly SubmissionSource[],
  bank: Bank,
  options: SubmissionOptions,
): ReadSubmissions {
  const finder = questionFinder(bank, options.aliases);
  const read = readSources(sources, finder, options, "answers");
  const named = pseudonymise(read.rows, options.known, options.taken);
  const chosen = chooseAttempts(named.rows, options.attempts ?? "last");
  const redactor = makeRedactor(named.rows.map(({ identity }) => identity));
  let redactions = NO_REDACTIONS;
  const submissions = chosen.rows.map((row) => {
    const nameless = pathWithoutName(row.source.path, row.identity, row.candidate, redactor);
    if (options.redact === false) return submissionOf(row, row.answer, nameless);
    const { text, replaced } = redactor(row.answer, row.identity);
    redactions = addRedactions(redactions, replaced);
    return submissionOf(row, text, nameless);
  });
  return {
    submissions,
    faults: [...read.faults, ...named.faults, ...chosen.faults],
    codes: named.codes,
    names: named.names,
    newCodes: [...named.codes].flatMap(([key, code]) => (options.known.has(key) ? [] : [code])),
    notes: {
      sources: read.notes,
      candidates: new Set(submissions.map(({ candidate }) => candidate)).size,
      blanks: submissions.filter(({ answer }) => answer === "").length,
      attemptsDropped: chosen.dropped,
      duplicatesDropped: chosen.duplicates,
      redactions,
    },
  };
}

function submissionOf(row: NumberedRow, answer: string, nameless: string): Submission {
  const { candidate, question, rawHash, attempt, submitted, marks } = row;
  const source = nameless === row.source.path ? row.source : { ...row.source, nameless };
  const human = marks.map((mark): HumanMark => ({ candidate, question, attempt, ...mark }));
  return { candidate, question, answer, rawHash, attempt, submitted, source, human };
}
