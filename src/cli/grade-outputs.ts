import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { candidateSheets } from "../export/candidate-sheet.ts";
import { longTable } from "../export/csv-long.ts";
import { csvText } from "../export/csv-text.ts";
import { wideTable } from "../export/csv-wide.ts";
import type { GradeBook } from "../export/grade-book.ts";
import { gradeReport } from "../export/report.ts";
import { sha256Hex } from "../core/hash.ts";
import { isSafeName } from "../core/ids.ts";
import { writeFileAtomic } from "../files/atomic-write.ts";
import type { GradeSet } from "../files/grade-set.ts";
import { ensureFolder, PRIVATE_MODE } from "../files/workspace.ts";

/** Writes everything that people read of a set. All of it can be made again from the records. */
export async function writeGradeOutputs(set: GradeSet, book: GradeBook): Promise<void> {
  ensureFolder(set.sheets);
  const sheets = candidateSheets(book, "grader");
  dropOldSheets(set, new Set(sheets.map(({ candidate }) => sheetName(candidate))));
  for (const { candidate, text } of sheets) write(join(set.sheets, sheetName(candidate)), text);
  write(set.long, csvText(longTable(book), { bom: true }));
  write(set.wide, csvText(wideTable(book), { bom: true }));
  write(set.report, await gradeReport(book));
}

/** Codes are safe names; what a records file from elsewhere calls one need not be. */
function sheetName(candidate: string): string {
  return `${isSafeName(candidate) ? candidate : `x-${sha256Hex(candidate).slice(0, 12)}`}.md`;
}

/** A candidate who is no longer in the set keeps no sheet. */
function dropOldSheets({ sheets }: GradeSet, current: ReadonlySet<string>): void {
  if (!existsSync(sheets)) return;
  const old = readdirSync(sheets).filter((name) => name.endsWith(".md") && !current.has(name));
  for (const name of old) rmSync(join(sheets, name));
}

function write(path: string, text: string): void {
  writeFileAtomic(path, Buffer.from(text), { durable: false, newFileMode: PRIVATE_MODE });
}
