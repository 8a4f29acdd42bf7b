import { lstatSync, readdirSync, realpathSync, type Dirent } from "node:fs";
import { basename, dirname, extname, join, relative, resolve, sep } from "node:path";
import { UserError } from "../core/errors.ts";
import { visibleLine } from "../core/sanitise.ts";
import { fileError } from "./file-error.ts";
import { readFile } from "./read-file.ts";
import { isInside } from "./safe-path.ts";

/** A file that a walk came upon and did not read. */
export interface SkippedFile {
  readonly path: string;
  readonly reason: string;
}

export interface BankFiles<File> {
  /** In path order. */
  readonly files: readonly File[];
  readonly skipped: readonly SkippedFile[];
}

const BANK_EXTENSIONS = new Set([".md", ".mdx", ".markdown"]);
const OTHER_FOLDERS = new Set(["node_modules", "outputs", "_backup", "sources", "rubrics", "candidates"]);

/** By default markdown files are banks; a file that the user names is one whatever its ending. */
export function isBankPath(path: string): boolean {
  return BANK_EXTENSIONS.has(extname(path).toLowerCase());
}

/**
 * Reads all bank files that the user named or that stand below the folders named. A walk passes over dot folders,
 * folders that hold something else than banks, and links that lead out of the project or to folders.
 *
 * @param operands files and folders, absolute or relative to the root.
 * @param read makes a bank file of a path (relative to the root, with forward slashes) and its bytes.
 * @throws UserError if something named is not there, lies outside the project or cannot be read.
 */
export function readBankFiles<File>(
  root: string,
  operands: readonly string[],
  read: (path: string, bytes: Uint8Array) => File,
): BankFiles<File> {
  const realRoot = realPathOf(root);
  const found = new Map<string, Found>();
  for (const operand of operands) {
    for (const each of filesAt(realRoot, resolve(realRoot, operand))) {
      if (!found.has(each.path) || each.isNamed) found.set(each.path, each);
    }
  }
  const files: File[] = [];
  const skipped: SkippedFile[] = [];
  for (const { path, isNamed } of Array.from(found.values()).toSorted(byPath)) {
    try {
      const shown = relative(realRoot, path).split(sep).join("/");
      files.push(read(shown, readFile(isNamed ? path : linkInside(realRoot, path))));
    } catch (error) {
      if (isNamed || !(error instanceof UserError)) throw error;
      skipped.push({ path: relative(realRoot, path).split(sep).join("/"), reason: error.message });
    }
  }
  return { files, skipped };
}

interface Found {
  readonly path: string;
  readonly isNamed: boolean;
}

function byPath(left: Found, right: Found): number {
  if (left.path === right.path) return 0;
  return left.path < right.path ? -1 : 1;
}

function filesAt(root: string, operand: string): readonly Found[] {
  // The folder's links are followed and the file's own is not: a named link is a bank under its own name.
  const path = join(realPathOf(dirname(operand)), basename(operand));
  const isFolder =
    statOf(path).isDirectory() || (statOf(path).isSymbolicLink() && statOf(realPathOf(path)).isDirectory());
  const start = isFolder ? realPathOf(path) : path;
  if (!isInside(root, start)) {
    throw new UserError(`${visibleLine(operand)} lies outside the project folder ${visibleLine(root)}`, {
      hint: "Run answerkey in the folder that holds the banks.",
    });
  }
  return isFolder ? walk(start) : [{ path: start, isNamed: true }];
}

function walk(folder: string): readonly Found[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".")) return [];
    if (entry.isDirectory()) return OTHER_FOLDERS.has(entry.name) ? [] : walk(path);
    return isBankPath(path) ? [{ path, isNamed: false }] : [];
  });
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw fileError("read the folder", folder, error);
  }
}

function linkInside(root: string, path: string): string {
  const real = realPathOf(path);
  if (isInside(root, real)) return real;
  throw new UserError(`${visibleLine(path)} is a symbolic link that leads out of the project`);
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    throw fileError("read", path, error);
  }
}

function statOf(path: string): ReturnType<typeof lstatSync> & object {
  try {
    return lstatSync(path);
  } catch (error) {
    throw fileError("read", path, error);
  }
}
