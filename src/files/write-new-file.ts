import { rename, unlink, writeFile } from "node:fs";
import { promisify } from "node:util";
import { fileError } from "./file-error.ts";
import { temporaryPathFor } from "./temporary-file.ts";

// The calls with callbacks take half the processor time of node:fs/promises, which makes a handle for each file.
const calls = { rename: promisify(rename), unlink: promisify(unlink), writeFile: promisify(writeFile) };

/**
 * Writes a file that can be made again, without holding up the process: the path shows nothing or the whole content,
 * but a power failure may take it. For everything else there is `writeFileAtomic`.
 *
 * @throws UserError naming file and cause; no temporary file is left.
 */
export async function writeNewFile(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = temporaryPathFor(path);
  try {
    await calls.writeFile(temporary, bytes, { flag: "wx", mode: 0o644 });
    await calls.rename(temporary, path);
  } catch (error) {
    await calls.unlink(temporary).catch(() => {});
    throw fileError("write", path, error);
  }
}
