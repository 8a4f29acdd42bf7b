import { lstatSync, readdirSync, rmSync, type Stats } from "node:fs";
import { join } from "node:path";
import { UserError } from "../core/errors.ts";
import { visibleLine } from "../core/sanitise.ts";
import { writeFileAtomic } from "./atomic-write.ts";
import { faultCode, fileError } from "./file-error.ts";
import { readFileIfAny } from "./read-file.ts";
import { ensureFolder, PRIVATE_MODE } from "./workspace.ts";

/**
 * Writes a file that can be made again, for its owner only. Never through a link: what stands there may have come with a
 * cloned folder and point anywhere.
 *
 * @throws UserError where a link or a folder stands in its place, or the disk fails.
 */
export function writeMadeFile(path: string, text: string): void {
  refuseLink(path, factsOf(path));
  writeFileAtomic(path, Buffer.from(text), { durable: false, newFileMode: PRIVATE_MODE, mostBytes: Infinity });
}

/**
 * Makes a folder hold exactly these files of its kind. Others that `isOurs` are removed; what people put there stays.
 *
 * @param files texts by name.
 * @param isOurs told by a file's first characters.
 * @throws UserError where the folder is a link, or the disk fails.
 */
export function writeMadeFolder(
  folder: string,
  files: ReadonlyMap<string, string>,
  isOurs: (start: string) => boolean,
): void {
  refuseLink(folder, factsOf(folder));
  ensureFolder(folder);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (!files.has(name) && factsOf(path)?.isFile() === true && isOurs(startOf(path))) rmSync(path);
  }
  for (const [name, text] of files) writeMadeFile(join(folder, name), text);
}

const START_BYTES = 400;

function startOf(path: string): string {
  return Buffer.from(readFileIfAny(path)?.subarray(0, START_BYTES) ?? []).toString("utf8");
}

function factsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (faultCode(error) === "ENOTDIR") return undefined;
    throw fileError("look at", path, error);
  }
}

function refuseLink(path: string, facts: Stats | undefined): void {
  if (facts?.isSymbolicLink() !== true) return;
  throw new UserError(`${visibleLine(path)} is a link; nothing is written through it`, {
    hint: "Remove the link, and run the command again.",
  });
}
