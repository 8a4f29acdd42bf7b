import { renameSync, unlinkSync, writeFileSync } from "node:fs";
import { fileError } from "./file-error.ts";
import { temporaryPathFor } from "./temporary-file.ts";

/**
 * Writes a file that can be made again: the path shows nothing or the whole content, but a power failure may take it. For
 * everything else there is `writeFileAtomic`. At once: it waits for no disk, and to hand the calls to other threads takes
 * twice the processor time of making them.
 *
 * @throws UserError naming file and cause; no temporary file is left.
 */
export function writeNewFile(path: string, bytes: Uint8Array): void {
  const temporary = temporaryPathFor(path);
  try {
    writeFileSync(temporary, bytes, { flag: "wx", mode: 0o644 });
    renameSync(temporary, path);
  } catch (error) {
    discard(temporary);
    throw fileError("write", path, error);
  }
}

function discard(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // The first error is the one to tell.
  }
}
