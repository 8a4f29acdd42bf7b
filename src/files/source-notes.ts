import { readdirSync } from "node:fs";
import { posix } from "node:path";
import { faultCode, fileError } from "./file-error.ts";
import { readFile } from "./read-file.ts";
import { resolveInside } from "./safe-path.ts";

/** A note that drafts may rest on. */
export interface SourceNote {
  /** Relative to the project root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

const FOLDER = "sources";
const LENIENT = new TextDecoder();

/**
 * Reads the notes that belong to bank files: `sources/*.md` beside them or beside any folder above them, in path order.
 *
 * @param bankPaths relative to the root, with forward slashes.
 * @throws UserError if a note cannot be read, or is a link that leads out of the project.
 */
export function readSourceNotes(root: string, bankPaths: readonly string[]): readonly SourceNote[] {
  const folders = new Set(bankPaths.flatMap(foldersAbove));
  return Array.from(folders, (folder) => posix.join(folder, FOLDER))
    .flatMap((folder) => notesIn(root, folder))
    .toSorted()
    .map((path) => ({ path, text: LENIENT.decode(readFile(resolveInside(root, path))) }));
}

function foldersAbove(path: string): readonly string[] {
  const folder = posix.dirname(path);
  return folder === "." || folder === "/" ? [folder] : [folder, ...foldersAbove(folder)];
}

function notesIn(root: string, folder: string): readonly string[] {
  try {
    return readdirSync(resolveInside(root, folder))
      .filter((name) => name.endsWith(".md") && !name.startsWith("."))
      .map((name) => posix.join(folder, name));
  } catch (error) {
    if (faultCode(error) === "ENOENT" || faultCode(error) === "ENOTDIR") return [];
    throw fileError("read the folder", folder, error);
  }
}
