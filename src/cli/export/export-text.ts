import { ankiText } from "../../export/anki.ts";
import { bankTable } from "../../export/bank-csv.ts";
import type { BankExport } from "../../export/bank-export.ts";
import { bankJsonLines } from "../../export/bank-jsonl.ts";
import { csvText } from "../../export/csv-text.ts";
import { studyGuide } from "../../export/guide.ts";
import { moodleXml } from "../../export/moodle.ts";
import type { ExportFormat } from "./export-format.ts";

const WRITERS: Readonly<Record<ExportFormat, (bank: BankExport) => string>> = {
  jsonl: ({ questions }) => bankJsonLines(questions),
  csv: ({ questions }) => csvText(bankTable(questions), { bom: true }),
  html: studyGuide,
  anki: ankiText,
  moodle: moodleXml,
};

export function exportText(format: ExportFormat, bank: BankExport): string {
  return WRITERS[format](bank);
}
