import { readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve, sep } from "node:path";
import { UserError } from "../core/errors.ts";
import { visibleLine } from "../core/sanitise.ts";
import { ANSWER_WALK, readBankFiles, type SkippedFile } from "./bank-files.ts";

/** A file with candidates' answers. */
export interface SubmissionFile {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  /** Names of the folders between what was named and the file. */
  readonly folders: readonly string[];
  readonly bytes: Uint8Array;
}

export interface SubmissionFiles {
  /** In path order. */
  readonly files: readonly SubmissionFile[];
  readonly skipped: readonly SkippedFile[];
}

const READABLE = new Set([".md", ".markdown", ".mdx", ".txt", ".csv", ".tsv", ".tab", ".jsonl", ".ndjson"]);
const KINDS = "markdown, text, CSV and JSON lines";
const NOTE_TO_READERS = /(?:^|\/)readme\.[a-z]+$/i;

/**
 * Reads all files with answers that the user named or that stand below the folders named, as `readBankFiles` reads banks:
 * past hidden files and links, none larger than 50 MB. A file of a kind that is not read is told, since it may be an answer.
 *
 * @param operands files and folders, absolute or relative to the root.
 * @throws UserError if something named is not there, lies outside the project or cannot be read, or if there is nothing.
 */
export function readSubmissionFiles(root: string, operands: readonly string[]): SubmissionFiles {
  const { files, skipped } = readBankFiles(root, operands, (path, bytes) => ({ path, bytes }), {
    ...ANSWER_WALK,
    accepts: (path) => !NOTE_TO_READERS.test(path),
  });
  const realRoot = realpathSync(root);
  const named = operands.map((operand) => placeOf(realRoot, operand));
  const others = files.filter((file) => !isReadable(file));
  for (const { path } of others) if (named.some((place) => place.path === path)) throw unreadable(path);
  const folders = named.filter(({ isFolder }) => isFolder).map(({ path }) => path);
  const readable = files.filter(isReadable);
  if (readable.length === 0) throw nothing(operands);
  return {
    files: readable.map((file) => ({ ...file, folders: foldersBelow(folders, file.path) })),
    skipped: [
      ...skipped,
      ...others.map(({ path }) => ({ path, reason: `${KINDS} are read, this is none` })),
      ...folders.flatMap((folder) => emptyFolders(realRoot, folder)).map((path) => ({ path, reason: EMPTY })),
    ],
  };
}

const EMPTY = "the folder is empty, so there is no answer of whoever it is for";

/** Folders without anything in them, as a candidate's may be; hidden ones are passed over, as their files are. */
function emptyFolders(root: string, folder: string): readonly string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  if (entries.length === 0) return [folder];
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .flatMap(({ name }) => emptyFolders(root, folder === "" ? name : `${folder}/${name}`))
    .toSorted();
}

function isReadable({ path }: Pick<SubmissionFile, "path">): boolean {
  return READABLE.has(extname(path).toLowerCase());
}

interface Place {
  /** Relative to the root. */
  readonly path: string;
  readonly isFolder: boolean;
}

// As `readBankFiles` does it: links on the way are followed, and that of a file itself is not.
function placeOf(root: string, operand: string): Place {
  const absolute = resolve(root, operand);
  const isFolder = statSync(absolute).isDirectory();
  const real = isFolder ? realpathSync(absolute) : join(realpathSync(dirname(absolute)), basename(absolute));
  return { path: relative(root, real).split(sep).join("/"), isFolder };
}

/** Folders between a file and the nearest folder that was named; none where the file itself was. */
function foldersBelow(named: readonly string[], path: string): readonly string[] {
  const above = named.filter((folder) => folder === "" || path.startsWith(`${folder}/`));
  const nearest = above.toSorted((left, right) => right.length - left.length)[0];
  if (nearest === undefined) return [];
  return path
    .slice(nearest === "" ? 0 : nearest.length + 1)
    .split("/")
    .slice(0, -1);
}

function unreadable(path: string): UserError {
  return new UserError(`cannot read answers from ${visibleLine(path)}: ${KINDS} are read, this is none`, {
    hint: "Save a spreadsheet as CSV, a document as text or markdown.",
  });
}

function nothing(operands: readonly string[]): UserError {
  return new UserError(`there are no answers in ${operands.map(visibleLine).join(", ")}`, {
    hint: `Name files or a folder; ${KINDS} are read.`,
  });
}
