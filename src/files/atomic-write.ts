import { dirname } from "node:path";
import { UserError } from "../core/errors.ts";
import { hashOf, type Hash } from "../core/hash.ts";
import { visibleLine } from "../core/sanitise.ts";
import { NODE_FILE_CALLS, type FileCalls, type FileFacts } from "./file-calls.ts";
import { faultCause, faultCode, fileError } from "./file-error.ts";
import { temporaryPathFor } from "./temporary-file.ts";

/** Larger files are neither read nor written: a bank of this size is a mistake, and takes four times as much memory. */
export const MAX_FILE_BYTES = 50 * 1024 * 1024;

/** `written-unconfirmed`: the new content is in place, but the disk did not confirm that it survives a power failure. */
export type WriteResult =
  | { readonly status: "written" }
  | { readonly status: "written-unconfirmed"; readonly reason: string };

export interface WriteOptions {
  /** Hash of the content that the new one was made for; the file is left alone if it holds anything else. */
  readonly expectedHash?: Hash | undefined;
  /** True leaves alone whatever stands there. */
  readonly onlyNew?: boolean | undefined;
  /** False saves two fsyncs, for files that can be made again after a power failure. */
  readonly durable?: boolean | undefined;
  /** Permissions of a file that is new; an existing one keeps its own. By default what the umask leaves. */
  readonly newFileMode?: number | undefined;
  /** {@link MAX_FILE_BYTES} by default: what is larger could not be read again. */
  readonly mostBytes?: number | undefined;
  readonly calls?: FileCalls | undefined;
}

interface Target {
  /** Behind all symbolic links. */
  readonly path: string;
  /** Undefined where there is no file yet. */
  readonly facts: FileFacts | undefined;
}

/**
 * Replaces a file's content as a whole: at every moment, through a crash too, the path holds the old bytes or the new
 * ones. Mode and (where permitted) owner are kept, a symbolic link stays and its target is written. Between the last
 * comparison with `expectedHash` and the rename a moment remains in which another program's save would be lost.
 *
 * @throws UserError if the file stayed as it was; it names file, cause and what to do. No temporary file is left.
 */
export function writeFileAtomic(path: string, bytes: Uint8Array, options: WriteOptions = {}): WriteResult {
  const { calls = NODE_FILE_CALLS, durable = true } = options;
  refuseLarge(path, bytes, options.mostBytes);
  const target = inspectTarget(path, calls);
  const temporary = temporaryPathFor(target.path);
  try {
    fillTemporary(temporary, bytes, { calls, durable, target, newFileMode: options.newFileMode });
    if (options.expectedHash !== undefined) refuseChanged(target.path, options.expectedHash, calls);
    if (options.onlyNew === true) refusePresent(target.path, calls);
    const result = replace(target.path, temporary, calls);
    return durable && result.status === "written" ? confirmFolder(dirname(target.path), calls) : result;
  } catch (error) {
    throw discardTemporary(temporary, fileError("write", path, error), calls);
  }
}

/**
 * Removes a file that holds exactly what it was meant to hold.
 *
 * @throws UserError if the file stayed.
 */
export function removeFileDurably(path: string, expectedHash: Hash, calls: FileCalls = NODE_FILE_CALLS): WriteResult {
  try {
    refuseUnsuitable(path, calls.facts(path));
    refuseChanged(path, expectedHash, calls);
    calls.remove(path);
  } catch (error) {
    throw fileError("remove", path, error);
  }
  return confirmFolder(dirname(path), calls);
}

function refuseLarge(path: string, bytes: Uint8Array, most = MAX_FILE_BYTES): void {
  if (bytes.length <= most) return;
  const limit = most / 1024 / 1024;
  throw new UserError(`cannot write ${visibleLine(path)}: it would be larger than ${limit} MB`, {
    hint: "Split the file.",
  });
}

function inspectTarget(path: string, calls: FileCalls): Target {
  try {
    const facts = calls.facts(path);
    const target = facts.isLink ? followLink(path, calls) : { path, facts };
    refuseUnsuitable(path, target.facts);
    calls.checkWritable(target.path);
    return target;
  } catch (error) {
    if (faultCode(error) === "ENOENT") return { path, facts: undefined };
    throw fileError("write", path, error);
  }
}

function followLink(path: string, calls: FileCalls): { readonly path: string; readonly facts: FileFacts } {
  try {
    const real = calls.realPath(path);
    return { path: real, facts: calls.facts(real) };
  } catch (error) {
    if (faultCode(error) !== "ENOENT") throw error;
    throw new UserError(`cannot write ${visibleLine(path)}: it is a symbolic link to nothing`, {
      hint: "Remove the link or create its target.",
      cause: error,
    });
  }
}

const WRITE_BITS = 0o222;

function refuseUnsuitable(path: string, facts: FileFacts): void {
  const refuse = (cause: string, hint: string): never => {
    throw new UserError(`cannot write ${visibleLine(path)}: ${cause}`, { hint });
  };
  if (!facts.isFile) refuse("it is not a regular file", "Name a file.");
  // A rename would succeed in a writable folder, so the file's own bits are asked, for root too.
  if ((facts.mode & WRITE_BITS) === 0)
    refuse("it is read-only", "Make it writable if it is meant to change (chmod u+w).");
  if (facts.links > 1) {
    refuse(
      `it has ${facts.links} hard links, and writing would split them`,
      "Replace the hard links by copies or symbolic links.",
    );
  }
}

interface Filling {
  readonly calls: FileCalls;
  readonly durable: boolean;
  readonly target: Target;
  readonly newFileMode: number | undefined;
}

function fillTemporary(temporary: string, bytes: Uint8Array, { calls, durable, target, newFileMode }: Filling): void {
  const descriptor = calls.create(temporary);
  try {
    writeWhole(descriptor, bytes, calls);
    if (target.facts !== undefined) keepOwner(descriptor, target.facts, calls);
    // After the owner: changing that clears bits of the mode.
    calls.setMode(descriptor, target.facts?.mode ?? newFileMode ?? 0o666 & ~process.umask());
    if (durable) calls.sync(descriptor);
  } catch (error) {
    closeQuietly(descriptor, calls);
    throw error;
  }
  calls.close(descriptor);
}

function writeWhole(descriptor: number, bytes: Uint8Array, calls: FileCalls): void {
  for (let written = 0; written < bytes.length;) written += calls.write(descriptor, bytes.subarray(written));
}

function keepOwner(descriptor: number, facts: FileFacts, calls: FileCalls): void {
  try {
    calls.setOwner(descriptor, facts.owner, facts.group);
  } catch (error) {
    if (faultCode(error) !== "EPERM") throw error;
  }
}

function closeQuietly(descriptor: number, calls: FileCalls): void {
  try {
    calls.close(descriptor);
  } catch {
    // The first error is the one to tell.
  }
}

function refusePresent(path: string, calls: FileCalls): void {
  if (isGone(path, calls)) return;
  throw new UserError(`cannot write ${visibleLine(path)}: it was made by someone else in the meantime`, {
    hint: "Nothing was written. Run the command again to work from its present content.",
  });
}

function refuseChanged(path: string, expected: Hash, calls: FileCalls): void {
  if (hashOf(calls.read(path)) === expected) return;
  throw new UserError(`cannot write ${visibleLine(path)}: it was changed by someone else in the meantime`, {
    hint: "Nothing was written. Run the command again to work from its present content.",
  });
}

/** A network file system may rename and still report an error: then the temporary name is gone. */
function replace(path: string, temporary: string, calls: FileCalls): WriteResult {
  try {
    calls.rename(temporary, path);
    return { status: "written" };
  } catch (error) {
    if (!isGone(temporary, calls)) throw error;
    return { status: "written-unconfirmed", reason: faultCause(error) };
  }
}

function isGone(path: string, calls: FileCalls): boolean {
  try {
    calls.facts(path);
    return false;
  } catch (error) {
    return faultCode(error) === "ENOENT";
  }
}

function confirmFolder(folder: string, calls: FileCalls): WriteResult {
  // Windows cannot open folders, and its renames need no such confirmation.
  if (process.platform === "win32") return { status: "written" };
  try {
    const descriptor = calls.openFolder(folder);
    try {
      calls.sync(descriptor);
    } finally {
      calls.close(descriptor);
    }
    return { status: "written" };
  } catch (error) {
    return { status: "written-unconfirmed", reason: faultCause(error) };
  }
}

function discardTemporary(temporary: string, error: Error, calls: FileCalls): Error {
  // A file of that name which was there before is not ours.
  if (faultCode(error.cause) === "EEXIST") return error;
  try {
    calls.remove(temporary);
    return error;
  } catch (removal) {
    if (faultCode(removal) === "ENOENT") return error;
    const message = `${error.message}; ${visibleLine(temporary)} could not be removed`;
    return new UserError(message, { hint: "Remove that file by hand.", cause: error });
  }
}
