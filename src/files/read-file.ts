import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { UserError } from "../core/errors.ts";
import { visibleLine } from "../core/sanitise.ts";
import { MAX_FILE_BYTES } from "./atomic-write.ts";
import { faultCode, fileError } from "./file-error.ts";

/**
 * Reads a regular file of at most {@link MAX_FILE_BYTES}; undefined if there is none.
 *
 * @throws UserError naming the file and the cause.
 */
export function readFileIfAny(path: string): Uint8Array | undefined {
  try {
    return readBounded(path);
  } catch (error) {
    if (faultCode(error) === "ENOENT") return undefined;
    throw fileError("read", path, error);
  }
}

/** @throws UserError naming the file and the cause, also if there is none. */
export function readFile(path: string): Uint8Array {
  try {
    return readBounded(path);
  } catch (error) {
    throw fileError("read", path, error);
  }
}

const DECODER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text of bytes, a BOM included; undefined if they are not UTF-8. */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return DECODER.decode(bytes);
  } catch {
    return undefined;
  }
}

// Without waiting: opening a pipe would otherwise last until someone writes to it.
const READ_ONLY = constants.O_RDONLY | constants.O_NONBLOCK;

// Asked of the open descriptor, so that what is measured is what is read.
function readBounded(path: string): Uint8Array {
  const descriptor = openSync(path, READ_ONLY);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw new UserError(`cannot read ${visibleLine(path)}: it is not a regular file`);
    if (stats.size > MAX_FILE_BYTES) {
      const limit = MAX_FILE_BYTES / 1024 / 1024;
      throw new UserError(`cannot read ${visibleLine(path)}: it is larger than ${limit} MB`, {
        hint: "Split the file.",
      });
    }
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
