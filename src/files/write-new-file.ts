import { open, rename, unlink } from "node:fs/promises";
import { fileError } from "./file-error.ts";
import { temporaryPathFor } from "./temporary-file.ts";

/**
 * Writes a file that can be made again, without holding up the process: the path shows nothing or the whole content,
 * but a power failure may take it. For everything else there is `writeFileAtomic`.
 *
 * @throws UserError naming file and cause; no temporary file is left.
 */
export async function writeNewFile(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = temporaryPathFor(path);
  try {
    const handle = await open(temporary, "wx", 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.chmod(0o644);
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw fileError("write", path, error);
  }
}
