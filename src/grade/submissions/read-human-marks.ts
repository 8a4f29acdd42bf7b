import type { BankConfig } from "../../bank/bank-config.ts";
import type { Bank } from "../../bank/question.ts";
import type { HumanMark } from "./submission.ts";
import type { AnswerRow } from "./answer-row.ts";
import { questionFinder } from "./find-question.ts";
import { codeIn } from "./identity.ts";
import type { CandidateCodes } from "./pseudonymise.ts";
import { readSources, type SourceNote, type TableOptions } from "./read-sources.ts";
import type { SubmissionSource } from "./source.ts";
import type { SourceFault } from "./source-fault.ts";

export interface HumanMarkOptions extends TableOptions {
  readonly banks: BankConfig;
  readonly known: CandidateCodes;
  readonly aliases?: ReadonlyMap<string, string> | undefined;
  /** The attempt that a mark without a number is of: the graded one. The first by default. */
  readonly attemptOf?: ((candidate: string, question: string) => number | undefined) | undefined;
}

export interface ReadHumanMarks {
  /** In the order of the sources. */
  readonly marks: readonly HumanMark[];
  readonly faults: readonly SourceFault[];
  readonly notes: readonly SourceNote[];
}

/**
 * Reads marks that people gave: rows with candidate, question, and `total` or `criterion` with `level` or `points`, by
 * `rater`; or any table of answers that holds marks. A candidate is told by code or as in the answers; one of whom no
 * answers are known is told once a file, with how many rows there are.
 */
export function readHumanMarks(
  sources: readonly SubmissionSource[],
  bank: Bank,
  options: HumanMarkOptions,
): ReadHumanMarks {
  const read = readSources(sources, questionFinder(bank, options.aliases), options, "marks");
  const marks: HumanMark[] = [];
  const strangers = new Map<string, { readonly source: AnswerRow["source"]; rows: number }>();
  for (const { identity, question, attempt, marks: given, source } of read.rows) {
    if (given.length === 0) continue;
    const candidate = options.known.get(identity.key) ?? codeIn(identity.key);
    if (candidate === undefined) {
      const stranger = JSON.stringify([source.path, identity.key]);
      const known = strangers.get(stranger);
      if (known === undefined) strangers.set(stranger, { source, rows: 1 });
      else known.rows++;
      continue;
    }
    const marked = attempt ?? options.attemptOf?.(candidate, question) ?? 1;
    for (const mark of given) marks.push({ candidate, question, attempt: marked, ...mark });
  }
  const unknown = [...strangers.values()].map(({ source, rows }): SourceFault => {
    return { code: "candidate-unknown", rows, ...source };
  });
  return { marks, faults: [...read.faults, ...unknown], notes: read.notes };
}
