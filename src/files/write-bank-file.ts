import { lstatSync, realpathSync, type Stats } from "node:fs";
import { basename, dirname, join } from "node:path";
import { UserError } from "../core/errors.ts";
import type { Hash } from "../core/hash.ts";
import { visibleLine } from "../core/sanitise.ts";
import { writeFileAtomic, type WriteResult } from "./atomic-write.ts";
import { fileError } from "./file-error.ts";

/** What editors keep beside a file while they have it open, or while it has changes that are not saved. */
const EDITOR_FILES: readonly { readonly editor: string; readonly nameFor: (name: string) => string }[] = [
  { editor: "Vim", nameFor: (name) => `.${name}.swp` },
  { editor: "Vim", nameFor: (name) => `.${name}.swo` },
  { editor: "Emacs", nameFor: (name) => `.#${name}` },
  { editor: "Emacs", nameFor: (name) => `#${name}#` },
  { editor: "Kate", nameFor: (name) => `.${name}.kate-swp` },
  { editor: "LibreOffice", nameFor: (name) => `.~lock.${name}#` },
];

/**
 * Writes a bank that holds exactly what the new bytes were made for, and that no editor has open.
 *
 * @throws UserError if the file stayed as it was.
 */
export function writeBankFile(path: string, bytes: Uint8Array, expectedHash: Hash): WriteResult {
  refuseOpen(path);
  return writeFileAtomic(path, bytes, { expectedHash });
}

/** @throws UserError if an editor has the file open, also one that is not there yet. */
export function refuseOpen(path: string): void {
  const open = editorFileOf(path);
  if (open === undefined) return;
  throw new UserError(`cannot write ${visibleLine(path)}: ${open.editor} has it open`, {
    hint: `Save and close it there. If no editor has it open, remove ${visibleLine(open.path)}.`,
  });
}

interface EditorFile {
  readonly editor: string;
  readonly path: string;
}

/** Editors put theirs beside the file that a link leads to, or beside the link. */
function editorFileOf(path: string): EditorFile | undefined {
  try {
    const target = statsOf(path) === undefined ? path : realpathSync(path);
    return Array.from(new Set([path, target]), editorFileBeside).find((found) => found !== undefined);
  } catch (error) {
    throw fileError("write", path, error);
  }
}

function editorFileBeside(path: string): EditorFile | undefined {
  for (const { editor, nameFor } of EDITOR_FILES) {
    const beside = join(dirname(path), nameFor(basename(path)));
    if (statsOf(beside) !== undefined) return { editor, path: beside };
  }
  return backupInTheMaking(path);
}

/** A backup `name~` stays for good with the old content and its time; only one newer than the file tells of a save going on. */
function backupInTheMaking(path: string): EditorFile | undefined {
  const backup = `${path}~`;
  const age = statsOf(backup)?.mtimeMs;
  const isNewer = age !== undefined && age > (statsOf(path)?.mtimeMs ?? 0);
  return isNewer ? { editor: "an editor", path: backup } : undefined;
}

// Without following: the lock of Emacs is a link to nothing.
function statsOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}
