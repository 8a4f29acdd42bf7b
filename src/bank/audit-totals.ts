import type { Diagnostic } from "../core/diagnostics.ts";
import { mapLines } from "./line-map.ts";
import type { Bank, BankFile } from "./question.ts";
import { statedTotals, type StatedTotal } from "./stated-totals.ts";

/** A stated total that is not what is there. */
export interface WrongTotal {
  readonly file: BankFile;
  readonly stated: StatedTotal;
  readonly counted: number;
}

const INDEX = /(?:^|\/)(?:readme|index)\.[a-z]+$/i;

/** Totals stated outside the questions that are not what is there. */
export function auditTotals(bank: Bank): Diagnostic[] {
  return wrongTotals(bank).map(({ file: { path }, stated: { total, line }, counted }) => ({
    code: "wrong-total",
    severity: "warning",
    path,
    line: line + 1,
    arguments: { stated: total, counted },
  }));
}

/** In bank order. What the file holds is right, and for a README also what its folder or the bank holds. */
export function wrongTotals(bank: Bank): readonly WrongTotal[] {
  const inBank = bank.files.reduce((sum, file) => sum + file.questions.length, 0);
  const inFolder = countsByFolder(bank);
  return bank.files.flatMap((file) => wrongIn(file, { inBank, inFolder: inFolder.get(folderOf(file.path)) ?? 0 }));
}

function wrongIn(file: BankFile, { inBank, inFolder }: { inBank: number; inFolder: number }): readonly WrongTotal[] {
  const inFile = file.questions.length;
  const meant = INDEX.test(file.path) ? inFolder : inFile;
  const inSection = countsByHeading(file);
  return statedTotals(file, mapLines(file.source)).flatMap((stated): WrongTotal[] => {
    const right =
      stated.section === undefined ? [meant, inFile, inFolder, inBank] : [inSection.get(stated.section) ?? 0];
    const [counted = 0] = right;
    return counted === 0 || right.includes(stated.total) ? [] : [{ file, stated, counted }];
  });
}

function countsByHeading({ questions }: BankFile): Map<string, number> {
  const counts = new Map<string, number>();
  for (const heading of questions.flatMap((question) => [...new Set(question.headings)])) {
    counts.set(heading, (counts.get(heading) ?? 0) + 1);
  }
  return counts;
}

/** Questions in each folder and all folders below it. */
function countsByFolder(bank: Bank): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { path, questions } of bank.files) {
    for (let folder = folderOf(path); ; folder = folderOf(folder)) {
      counts.set(folder, (counts.get(folder) ?? 0) + questions.length);
      if (folder === "") break;
    }
  }
  return counts;
}

/** Without a slash at its end; "" for the top. */
function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
