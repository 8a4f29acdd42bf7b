import { lstatSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { UserError } from "../core/errors.ts";
import { visibleLine } from "../core/sanitise.ts";
import { faultCode, fileError } from "./file-error.ts";

const RESERVED_NAME = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:[.:]|$)/i;
const FORBIDDEN = /[\u0000-\u001F\u007F\\]/;
const DRIVE = /^[a-z]:/i;
const LONGEST_NAME = 255;

/**
 * A path below a root, from outside: out of a file, a flag, a request. Symbolic links may lie on the way as long as where
 * they lead is below the root too.
 *
 * @param named absolute paths that the user named on the command line; those may be links to anywhere.
 * @returns the absolute path, its links not resolved. Nothing needs to be there.
 * @throws UserError if the path is absolute, leaves the root, or holds a name that some system cannot have.
 */
export function resolveInside(root: string, path: string, named: ReadonlySet<string> = new Set()): string {
  refuseUnsafePath(path);
  const realRoot = realPathOf(root);
  const resolved = join(realRoot, path);
  if (!named.has(resolved) && !isInside(realRoot, nearestRealPath(resolved, path))) {
    throw refusal(path, "a symbolic link leads out of the project");
  }
  return resolved;
}

/** The part of {@link resolveInside} that needs no disk. @throws UserError if no project can have a file of that path. */
export function refuseUnsafePath(path: string): void {
  const fault = pathFault(path);
  if (fault !== undefined) throw refusal(path, fault);
}

/** True for the folder itself and everything below it. Both paths must be absolute and free of links. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Why no project can have a file of that path, which proposals and logs would name; undefined where it can. */
export function pathFault(path: string): string | undefined {
  if (path === "") return "it is empty";
  if (isAbsolute(path) || DRIVE.test(path)) return "it is not relative to the project";
  if (FORBIDDEN.test(path)) return "it holds a control character or a backslash";
  const names = path.split("/");
  if (names.includes("..")) return 'it goes up with ".."';
  if (names.some((name) => RESERVED_NAME.test(name))) return "it holds a name that is reserved on some systems";
  if (names.some((name) => Buffer.byteLength(name) > LONGEST_NAME)) return "it holds a name that is too long";
  return undefined;
}

/** The real path of the deepest part that exists; what is not there yet cannot be a link. */
function nearestRealPath(path: string, shown: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (faultCode(error) !== "ENOENT") throw fileError("follow", path, error);
    const isDangling = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
    if (isDangling) throw refusal(shown, "it is a symbolic link to nothing");
    return nearestRealPath(dirname(path), shown);
  }
}

function realPathOf(root: string): string {
  try {
    return realpathSync(root);
  } catch (error) {
    throw fileError("open the project folder", root, error);
  }
}

function refusal(path: string, fault: string): UserError {
  return new UserError(`${visibleLine(path.slice(0, 200))} is not used as a path: ${fault}`, {
    hint: "Name a file or folder below the project folder.",
  });
}
