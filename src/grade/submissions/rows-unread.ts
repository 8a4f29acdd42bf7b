import type { SourceFault } from "./source-fault.ts";

const OF_ROWS: ReadonlySet<SourceFault["code"]> = new Set([
  "ragged-row",
  "not-a-record",
  "candidate-missing",
  "question-unknown",
  "question-ambiguous",
  "attempt-invalid",
  "answer-unreadable",
]);

/** What is told of a table of which nothing was read: its rows have one reason in common, most likely a column's name. */
export function withRowsAsOne(faults: readonly SourceFault[], columns: readonly string[]): readonly SourceFault[] {
  const ofRows = faults.filter(({ code }) => OF_ROWS.has(code));
  const [first] = ofRows.toSorted((left, right) => left.line - right.line);
  if (first === undefined || ofRows.length < 2) return faults;
  const rows = ofRows.reduce((sum, fault) => sum + ("rows" in fault ? fault.rows : 1), 0);
  const { path, line } = first;
  const others = faults.filter(({ code }) => !OF_ROWS.has(code));
  return [...others, { code: "no-row-read", path, line, rows, first, columns }];
}
