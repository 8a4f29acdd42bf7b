import { candidateSheets } from "../../export/candidate-sheet.ts";
import { longTable } from "../../export/csv-long.ts";
import { csvText } from "../../export/csv-text.ts";
import { wideTable } from "../../export/csv-wide.ts";
import type { GradeBook } from "../../export/grade-book.ts";
import { gradeReport } from "../../export/report.ts";
import { sha256Hex } from "../../core/hash.ts";
import { isSafeName } from "../../core/ids.ts";
import type { GradeSet } from "../../files/grade-set.ts";
import { writeMadeFile, writeMadeFolder } from "../../files/made-files.ts";

/**
 * Writes everything that people read of a set. All of it can be made again from the records. A candidate who is no longer in
 * the set keeps no sheet.
 */
export async function writeGradeOutputs(set: GradeSet, book: GradeBook): Promise<void> {
  const sheets = candidateSheets(book, "grader").map(({ candidate, text }) => [sheetName(candidate), text] as const);
  writeMadeFolder(set.sheets, new Map(sheets), isSheet);
  writeMadeFile(set.long, csvText(longTable(book), { bom: true }));
  writeMadeFile(set.wide, csvText(wideTable(book), { bom: true }));
  writeMadeFile(set.report, await gradeReport(book));
}

/** Codes are safe names; what a records file from elsewhere calls one need not be. */
function sheetName(candidate: string): string {
  return `${isSafeName(candidate) ? candidate : `x-${sha256Hex(candidate).slice(0, 12)}`}.md`;
}

function isSheet(start: string): boolean {
  return /^---\n[^]*^kind: "?grade-sheet"?$/m.test(start);
}
