import { posix } from "node:path";
import type { BankFile } from "../../bank/question.ts";
import { groupBy } from "../../core/group-by.ts";
import { pathPattern } from "./init-pattern.ts";
import { isBank } from "./init-survey.ts";

/** One entry of `banks:` in the configuration. */
export interface BankEntry {
  /** Patterns from the project folder. */
  readonly files: readonly string[];
  /** Empty: the layout is guessed, file by file. */
  readonly dialects: readonly string[];
  /** The bank files that it is there for. */
  readonly covers: readonly BankFile[];
}

/** True where a file, read with these dialects alone, holds the questions that were found in it. */
export type ReadsSame = (file: BankFile, dialects: readonly string[]) => boolean;

/** More entries than this for one folder are not worth their precision. */
const MOST_ENTRIES = 8;

/**
 * Entries that bind the layouts that were found to patterns of files, as few as it takes for every file to be read as it
 * was found. A folder is named as a whole only where that holds for all in it; one with many layouts is left to detection.
 */
export function bankEntries(files: readonly BankFile[], readsSame: ReadsSame): readonly BankEntry[] {
  return entriesBelow("", files, readsSame);
}

function entriesBelow(folder: string, files: readonly BankFile[], readsSame: ReadsSame): readonly BankEntry[] {
  const banks = files.filter(isBank);
  if (banks.length === 0) return [];
  const own = files.filter(({ path }) => folderOf(path) === folder);
  const deeper = foldersBelow(folder, files);
  const isSpread = deeper.filter(([, inside]) => inside.some(isBank)).length + Number(own.some(isBank)) > 1;
  if (folder !== "" && isSpread && readAlike(files, banks, readsSame)) {
    return [entry([allBelow(folder, banks)], dialectsOf(banks), banks)];
  }
  const found = [
    ...entriesOf(folder, own, readsSame),
    ...deeper.flatMap(([name, inside]) => entriesBelow(name, inside, readsSame)),
  ];
  if (folder === "" || found.length <= MOST_ENTRIES) return found;
  return [entry([allBelow(folder, banks)], [], banks)];
}

/** The entries for what lies in a folder itself. */
function entriesOf(folder: string, own: readonly BankFile[], readsSame: ReadsSame): readonly BankEntry[] {
  const banks = own.filter(isBank);
  if (banks.length > 1 && folder !== "" && readAlike(own, banks, readsSame)) {
    return [entry([allIn(folder, banks)], dialectsOf(banks), banks)];
  }
  const byDialects = groupBy(banks, (file) => dialectsOf([file]).join(" "));
  const named = [...byDialects.values()].map((each) =>
    entry(
      each.map(({ path }) => pathPattern(path)),
      dialectsOf(each),
      each,
    ),
  );
  const isLong = named.some(({ files }) => files.length > MOST_ENTRIES);
  return isLong ? [entry([allIn(folder, banks)], [], banks)] : named;
}

function readAlike(all: readonly BankFile[], banks: readonly BankFile[], readsSame: ReadsSame): boolean {
  const dialects = dialectsOf(banks);
  const isOne = banks.every((file) => dialectsOf([file]).join(" ") === dialects.join(" "));
  return isOne && all.every((file) => readsSame(file, dialects));
}

function entry(files: readonly string[], dialects: readonly string[], covers: readonly BankFile[]): BankEntry {
  return { files, dialects, covers };
}

function dialectsOf([first]: readonly BankFile[]): readonly string[] {
  return first?.dialects ?? [];
}

function foldersBelow(folder: string, files: readonly BankFile[]): readonly (readonly [string, readonly BankFile[]])[] {
  const start = folder === "" ? "" : `${folder}/`;
  const deeper = files.filter(({ path }) => folderOf(path) !== folder);
  const byFolder = groupBy(deeper, ({ path }) => start + (path.slice(start.length).split("/")[0] ?? ""));
  return [...byFolder];
}

function folderOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === "." ? "" : folder;
}

function allBelow(folder: string, banks: readonly BankFile[]): string {
  return `${pathPattern(folder)}/**/${ending(banks)}`;
}

function allIn(folder: string, banks: readonly BankFile[]): string {
  return folder === "" ? ending(banks) : `${pathPattern(folder)}/${ending(banks)}`;
}

function ending(banks: readonly BankFile[]): string {
  const endings = [...new Set(banks.map(({ path }) => posix.extname(path).slice(1)))].toSorted();
  return endings.length === 1 ? `*.${endings.join("")}` : `*.{${endings.join(",")}}`;
}
