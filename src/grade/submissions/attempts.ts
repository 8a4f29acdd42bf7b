import { canonicalJson } from "../../core/canonical-json.ts";
import type { AnswerRow } from "./answer-row.ts";
import type { SourceFault } from "./source-fault.ts";

/** A row whose candidate has a code. */
export interface CodedRow extends AnswerRow {
  readonly candidate: string;
}

/** A row that knows the number of its attempt. */
export type NumberedRow = CodedRow & { readonly attempt: number };

export type AttemptChoice = "last" | "first" | "all";

export interface ChosenAttempts {
  /** In the order of the rows. */
  readonly rows: readonly NumberedRow[];
  readonly faults: readonly SourceFault[];
  /** Attempts that were not chosen. */
  readonly dropped: number;
  /** Rows that say again what another says. */
  readonly duplicates: number;
}

/**
 * Numbers the attempts of each candidate at each question and keeps those wanted. Rows without a number are attempts in
 * their order; the same answer handed in at the same time is one attempt, with the marks of all its rows.
 */
export function chooseAttempts(rows: readonly CodedRow[], choice: AttemptChoice): ChosenAttempts {
  const chosen: NumberedRow[] = [];
  const faults: SourceFault[] = [];
  let dropped = 0;
  let duplicates = 0;
  for (const group of groupRows(rows)) {
    const { attempts, faults: repeated } = numberAttempts(group);
    const kept = choice === "all" ? attempts : choice === "last" ? attempts.slice(-1) : attempts.slice(0, 1);
    for (const row of kept) chosen.push(row);
    for (const fault of repeated) faults.push(fault);
    dropped += attempts.length - kept.length;
    duplicates += group.length - attempts.length - repeated.length;
  }
  return { rows: chosen, faults, dropped, duplicates };
}

function groupRows(rows: readonly CodedRow[]): Iterable<readonly CodedRow[]> {
  const groups = new Map<string, CodedRow[]>();
  for (const row of rows) {
    const key = `${row.question} ${row.candidate}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [row]);
    else known.push(row);
  }
  return groups.values();
}

interface Numbered {
  /** In ascending order. */
  readonly attempts: readonly NumberedRow[];
  readonly faults: readonly SourceFault[];
}

function numberAttempts(group: readonly CodedRow[]): Numbered {
  const merged = [...rowsByAttempt(group)]
    .toSorted(([left], [right]) => left - right)
    .map(([attempt, rows]) => mergeRows(attempt, rows));
  return {
    attempts: merged.flatMap(({ row }) => row),
    faults: merged.flatMap(({ faults }) => faults),
  };
}

function rowsByAttempt(group: readonly CodedRow[]): ReadonlyMap<number, readonly CodedRow[]> {
  const attempts = new Map<number, CodedRow[]>();
  const numbers = new Map<string, number>();
  let highest = 0;
  for (const row of inOrder(group)) {
    const key = `${row.order ?? ""} ${row.submitted ?? ""} ${row.answer}`;
    const attempt = row.attempt ?? numbers.get(key) ?? highest + 1;
    highest = Math.max(highest, attempt);
    if (row.attempt === undefined) numbers.set(key, attempt);
    const known = attempts.get(attempt);
    if (known === undefined) attempts.set(attempt, [row]);
    else known.push(row);
  }
  return attempts;
}

function inOrder(group: readonly CodedRow[]): readonly CodedRow[] {
  if (group.some(({ order }) => order === undefined)) return group;
  return group.toSorted((left, right) => (left.order ?? 0) - (right.order ?? 0));
}

/** The rows of one attempt as one, with the marks of all. A blank gives way to an answer; a different answer is a fault. */
function mergeRows(
  attempt: number,
  rows: readonly CodedRow[],
): { readonly row: readonly NumberedRow[]; readonly faults: readonly SourceFault[] } {
  const kept = rows.find(({ answer }) => answer !== "") ?? rows[0];
  if (kept === undefined) return { row: [], faults: [] };
  const { path: firstPath, line: firstLine } = kept.source;
  const isOther = ({ answer }: CodedRow): boolean => answer !== "" && answer !== kept.answer;
  const [others, same] = [rows.filter(isOther), rows.filter((row) => !isOther(row))];
  const marks = new Map(same.flatMap((row) => row.marks.map((mark) => [canonicalJson(mark), mark] as const)));
  return {
    row: [{ ...kept, attempt, marks: [...marks.values()] }],
    faults: others.map(({ source }) => ({ code: "answer-repeated", ...source, firstPath, firstLine })),
  };
}
