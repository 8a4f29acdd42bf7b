import { existsSync, mkdirSync, realpathSync } from "node:fs";
import { dirname, posix } from "node:path";
import { isRubricPath } from "../bank/rubric-file.ts";
import { UserError } from "../core/errors.ts";
import { visibleLine } from "../core/sanitise.ts";
import { faultCode, fileError } from "./file-error.ts";
import { refuseUnsafePath, resolveInside } from "./safe-path.ts";

/** Journals and logs hold answers and drafts: for their owner only. */
export const PRIVATE_MODE = 0o600;

/** Where everything that the tool writes stands below a project folder. Making this value touches nothing. */
export interface Workspace {
  /** Absolute, links resolved. */
  readonly root: string;
  readonly proposals: string;
  readonly superseded: string;
  readonly runs: string;
  /** One folder a set of grades. */
  readonly grades: string;
  readonly locks: string;
  /** The decision log. */
  readonly decisions: string;
  /** What was learned about endpoints. */
  readonly endpoints: string;
}

/** @throws UserError if the folder is not there, or a link at one of these places leads out of it. */
export function openWorkspace(root: string): Workspace {
  const realRoot = realFolder(root);
  const below = (name: string): string => resolveInside(realRoot, `outputs/${name}`);
  return {
    root: realRoot,
    proposals: below("proposals"),
    superseded: below("superseded"),
    runs: below("runs"),
    grades: below("grades"),
    locks: below("locks"),
    decisions: below("decisions.jsonl"),
    endpoints: below("endpoints.json"),
  };
}

/**
 * The folder of a file's proposals, relative to {@link Workspace.proposals}: a bank's path without `.md`; for rubric files,
 * which hold one question each, the folder that they stand in.
 */
export function proposalFolderName(path: string): string {
  return isRubricPath(path) ? posix.dirname(path) : path.replace(/\.md$/, "");
}

/**
 * Where something of a bank file's belongs below one of the workspace's folders.
 *
 * @throws UserError if the bank's path, or a link on the way, leads out of the project.
 */
export function pathForBank(
  workspace: Workspace,
  folder: "proposals" | "superseded",
  bankPath: string,
  name: string,
): string {
  refuseUnsafePath(bankPath);
  return resolveInside(workspace.root, `outputs/${folder}/${proposalFolderName(bankPath)}/${name}`);
}

/** Makes a folder and those above it where they are missing, and returns its path. */
export function ensureFolder(path: string): string {
  try {
    mkdirSync(path, { recursive: true });
    return path;
  } catch (error) {
    if (faultCode(error) === "EEXIST") {
      throw new UserError(`${visibleLine(path)} is a file, and a folder is needed there`, {
        hint: "Give another name, or move the file away.",
        cause: error,
      });
    }
    throw fileError("make the folder", path, plainCause(path, error));
  }
}

/** Asked for many folders at once, Node says of a read-only file system that the path is not there. */
function plainCause(path: string, error: unknown): unknown {
  if (faultCode(error) !== "ENOENT" || !existsSync(dirname(path))) return error;
  try {
    mkdirSync(path);
    return error;
  } catch (plain) {
    return plain;
  }
}

function realFolder(root: string): string {
  try {
    return realpathSync(root);
  } catch (error) {
    throw fileError("open the project folder", root, error);
  }
}
