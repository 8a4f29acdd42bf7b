import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { UserError } from "../core/errors.ts";
import { nearestName } from "../core/nearest-name.ts";
import { visibleLine } from "../core/sanitise.ts";

interface Fault {
  readonly cause: string;
  readonly hint: string;
}

const FAULTS: Readonly<Record<string, Fault>> = {
  EACCES: { cause: "permission denied", hint: "Check the permissions of the file and of its folder." },
  EPERM: { cause: "operation not permitted", hint: "The file may be immutable or owned by someone else." },
  EROFS: { cause: "the file system is read-only", hint: "Remount it writable, or work on a copy." },
  ENOSPC: { cause: "no space left on the disk", hint: "Free some space and run the command again." },
  EDQUOT: { cause: "the disk quota is used up", hint: "Free some space and run the command again." },
  EFBIG: { cause: "the file would exceed the size limit of this process", hint: "Raise the limit (ulimit -f)." },
  EMFILE: { cause: "too many open files", hint: "Raise the limit (ulimit -n) or lower the concurrency." },
  ENFILE: { cause: "too many open files on this system", hint: "Close other programs and run the command again." },
  EIO: { cause: "the disk reported an error", hint: "Check the disk before you go on." },
  ENOENT: { cause: "the file or its folder does not exist", hint: "Check the path." },
  ENOTDIR: { cause: "a part of its path is not a folder", hint: "Check the path." },
  EISDIR: { cause: "it is a folder", hint: "Name a file." },
  EEXIST: { cause: "it exists already", hint: "Choose another name." },
  ELOOP: { cause: "its symbolic links go round in a circle", hint: "Repair the links." },
  ENAMETOOLONG: { cause: "its name is too long", hint: "Shorten the name." },
  EBUSY: { cause: "it is in use by another program", hint: "Close that program and run the command again." },
  ETXTBSY: { cause: "it is in use by another program", hint: "Close that program and run the command again." },
};

/** The system's code of a failed call, such as `ENOSPC`; undefined for any other error. */
export function faultCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** What went wrong, in words without a path: `no space left on the disk (ENOSPC)`. */
export function faultCause(error: unknown): string {
  const code = faultCode(error);
  if (code === undefined) return "an unexpected error";
  const fault = FAULTS[code];
  return fault === undefined ? code : `${fault.cause} (${code})`;
}

/** What may have been meant by a path that is not there: a neighbour whose name is like the part that is missing. */
function nearestPath(path: string): string | undefined {
  const folder = dirname(path);
  try {
    const nearest = nearestName(basename(path), readdirSync(folder));
    return nearest === undefined ? undefined : `Did you mean ${visibleLine(join(folder, nearest))}?`;
  } catch {
    // Its folder may be missing as well.
    return folder === path ? undefined : nearestPath(folder);
  }
}

/**
 * Turns a failed system call into a UserError that names the file, the cause and what to do. Any other error is a bug or
 * was explained already, and stays what it is.
 */
export function fileError(action: string, path: string, error: unknown): Error {
  const code = faultCode(error);
  if (code === undefined) return error instanceof Error ? error : new Error("not an error", { cause: error });
  const hint =
    (code === "ENOENT" && action === "read" ? nearestPath(path) : undefined) ??
    FAULTS[code]?.hint ??
    "Run the command again; if it fails again, check the disk.";
  return new UserError(`cannot ${action} ${visibleLine(path)}: ${faultCause(error)}`, { hint, cause: error });
}
