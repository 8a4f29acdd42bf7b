import { lstatSync, readdirSync, unlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { faultCode, fileError } from "./file-error.ts";
import { isAlive, thisProcess } from "./process-identity.ts";

const SUFFIX = ".answerkey-tmp";
const NAME = /^\..+\.(\d+)\.([0-9a-f-]*)_[0-9a-z]+\.answerkey-tmp$/;
const LONGEST_NAME = 255;

/**
 * A name in the same folder for a file in the making: `.<name>.<pid>.<start>_<nonce>.answerkey-tmp`. Process number and
 * start time tell later whether its writer is still at work.
 */
export function temporaryPathFor(path: string): string {
  const { pid, started } = thisProcess();
  const nonce = Math.random().toString(36).slice(2, 12);
  const tail = `.${pid}.${started}_${nonce}${SUFFIX}`;
  return join(dirname(path), `.${shortened(basename(path), LONGEST_NAME - tail.length - 1)}${tail}`);
}

/**
 * Removes what killed processes left half-written in a folder (not in those below it). Files of living processes stay.
 *
 * @returns the paths removed, sorted.
 * @throws UserError if a leftover cannot be removed.
 */
export function sweepTemporaryFiles(folder: string): readonly string[] {
  const leftovers = namesIn(folder)
    .filter(isLeftover)
    .map((name) => join(folder, name))
    .filter((path) => lstatSync(path, { throwIfNoEntry: false })?.isFile() === true)
    .toSorted();
  return leftovers.filter(removed);
}

function isLeftover(name: string): boolean {
  const [, pid, started] = NAME.exec(name) ?? [];
  return pid !== undefined && started !== undefined && !isAlive({ pid: Number(pid), started });
}

function removed(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch (error) {
    if (faultCode(error) === "ENOENT") return false;
    throw fileError("remove the leftover", path, error);
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (faultCode(error) === "ENOENT") return [];
    throw fileError("read the folder", folder, error);
  }
}

// File systems count bytes, and a cut must not split a character.
function shortened(name: string, bytes: number): string {
  let kept = name;
  while (Buffer.byteLength(kept) > bytes) kept = Array.from(kept).slice(0, -1).join("");
  return kept;
}
