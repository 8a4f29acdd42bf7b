import { lstatSync, realpathSync, rmdirSync, type Stats } from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "../core/errors.ts";
import { hashOf, type Hash } from "../core/hash.ts";
import { visibleLine } from "../core/sanitise.ts";
import { removeFileDurably, writeFileAtomic, type WriteResult } from "./atomic-write.ts";
import { faultCode, fileError } from "./file-error.ts";
import { readFile } from "./read-file.ts";
import { pathFault } from "./safe-path.ts";
import { ensureFolder } from "./workspace.ts";
import { refuseOpen, writeBankFile } from "./write-bank-file.ts";

/** What stands where a rubric belongs. */
export interface RubricContent {
  /** Empty where there is no file, and only there as long as it may be written. */
  readonly bytes: Uint8Array;
  /** Why nothing may be written there; undefined where writing is allowed. */
  readonly readOnly: string | undefined;
}

const NOTHING = new Uint8Array();
const NOTHING_HASH = hashOf(NOTHING);

/**
 * Reads a rubric file, or that there is none. Nothing behind a symbolic link is read or written: a cloned folder must not
 * say where a rubric goes.
 *
 * @param root absolute, links resolved.
 * @param path relative to the root, with forward slashes.
 * @throws UserError if the disk fails.
 */
export function readRubricPlace(root: string, path: string): RubricContent {
  const readOnly = placeFault(root, path);
  if (readOnly !== undefined) return { bytes: NOTHING, readOnly };
  const full = join(root, path);
  return { bytes: statsOf(full) === undefined ? NOTHING : readFile(full), readOnly };
}

/**
 * Writes a rubric file that holds exactly what the new bytes were made for. Where nothing was it is made, with its folder;
 * where nothing is left it is removed, with its folder if that is empty then.
 *
 * @throws UserError if the file stayed as it was.
 */
export function writeRubricFile(root: string, path: string, bytes: Uint8Array, expectedHash: Hash): WriteResult {
  const fault = placeFault(root, path);
  if (fault !== undefined) {
    throw new UserError(`cannot write ${visibleLine(path)}: ${fault}`, {
      hint: "Put that right; rubrics are plain files in a plain folder beside their bank.",
    });
  }
  const full = join(root, path);
  if (bytes.length === 0) return removeRubric(full, expectedHash);
  if (expectedHash !== NOTHING_HASH) return writeBankFile(full, bytes, expectedHash);
  refuseOpen(full);
  ensureFolder(dirname(full));
  return writeFileAtomic(full, bytes, { onlyNew: true });
}

function removeRubric(full: string, expectedHash: Hash): WriteResult {
  refuseOpen(full);
  const result = removeFileDurably(full, expectedHash);
  try {
    rmdirSync(dirname(full));
  } catch {
    // Other rubrics stand there.
  }
  return result;
}

function placeFault(root: string, path: string): string | undefined {
  const fault = pathFault(path);
  if (fault !== undefined) return fault;
  const full = join(root, path);
  if (isBehindLink(dirname(full))) return "its folder is behind a symbolic link";
  const stats = statsOf(full);
  if (stats === undefined) return undefined;
  if (stats.isSymbolicLink()) return "it is a symbolic link";
  if (!stats.isFile()) return "it is not a regular file";
  // An empty file stands for none here, and taking a rubric back would remove it.
  return stats.size === 0 ? "it is there and empty; remove it first" : undefined;
}

/** Of a folder that is not there, the nearest one above it counts. */
function isBehindLink(folder: string): boolean {
  try {
    return realpathSync(folder) !== folder;
  } catch (error) {
    if (faultCode(error) !== "ENOENT") throw fileError("follow", folder, error);
    return statsOf(folder) !== undefined || isBehindLink(dirname(folder));
  }
}

function statsOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}
