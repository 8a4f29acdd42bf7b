import type { ExportedQuestion } from "./bank-export.ts";
import type { CsvCell, CsvTable } from "./csv-text.ts";

type Column = readonly [name: string, cell: (question: ExportedQuestion) => CsvCell];

const COLUMNS: readonly Column[] = [
  ["id", ({ id }) => id],
  ["question", ({ text }) => text],
  ["read_as", ({ text, reading }) => (reading === text ? undefined : reading)],
  ["body", ({ body }) => (body === "" ? undefined : body)],
  ["answer", ({ answer }) => (answer === "" ? undefined : answer)],
  ["state", ({ state }) => state],
  ["file", ({ path }) => path],
  ["line", ({ line }) => line],
  ["number", ({ number }) => number],
  ["section", ({ headings }) => headings.join(" > ")],
  ["tags", ({ tags }) => tags.join(", ")],
];

/** A row a question. */
export function bankTable(questions: readonly ExportedQuestion[]): CsvTable {
  return {
    columns: COLUMNS.map(([name]) => name),
    rows: questions.map((question) => COLUMNS.map(([, cell]) => cell(question))),
  };
}
