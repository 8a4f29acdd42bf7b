import { existsSync, readdirSync, realpathSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { UserError } from "../core/errors.ts";
import { visibleLine } from "../core/sanitise.ts";
import { writeFileAtomic } from "./atomic-write.ts";
import { readFileIfAny } from "./read-file.ts";
import { isInside, refuseUnsafePath, resolveInside } from "./safe-path.ts";
import { readSubmissionFiles, type SubmissionFile, type SubmissionFiles } from "./submission-files.ts";
import { ensureFolder, PRIVATE_MODE } from "./workspace.ts";

/** Files with answers or marks that the user named on the command line, from wherever they stand. */
export interface NamedFiles extends SubmissionFiles {
  /** By what a later command finds them, in the order named: relative to the root, copies for what stands outside. */
  readonly stored: readonly string[];
  /** The folder of the copies, relative to the root. */
  readonly copies: string;
  /** Of what was named, what stands outside the project. */
  readonly outside: readonly string[];
  /** True where copies of something else stand already where the copies are to stand. */
  readonly replaces: () => boolean;
  /** Writes the copies, for their owner only, in place of earlier ones. */
  readonly keep: () => void;
}

/**
 * Reads what the user named. What stands outside the project is read as its copy, which is made only by `keep`: nothing
 * that is kept in the project then says of a file elsewhere that it is to be read.
 *
 * @param named absolute paths.
 * @param copies the folder for copies, relative to the root.
 * @throws UserError as `readSubmissionFiles` does, or where two of the same name stand outside.
 */
export function readNamedFiles(root: string, named: readonly string[], copies: string): NamedFiles {
  const places = named.map((path) => placeOf(root, path));
  const own = places.flatMap(({ path, isForeign }) => (isForeign ? [] : [path]));
  const taken = places.flatMap((place) => (place.isForeign ? [takeIn(place, copies)] : []));
  const twin = taken.find(({ path }, at) => taken.findIndex((each) => each.path === path) < at);
  if (twin !== undefined) {
    throw new UserError(
      `${visibleLine(basename(twin.path))} is named twice, from different folders outside the project`,
      {
        hint: "Give them different names, or copy them into the project.",
      },
    );
  }
  const read = [...(own.length > 0 ? [readSubmissionFiles(root, own)] : []), ...taken];
  return {
    files: read.flatMap(({ files }) => files),
    skipped: read.flatMap(({ skipped }) => skipped),
    stored: places.map(({ stored, path }) => stored ?? `${copies}/${basename(path)}`),
    copies,
    outside: places.flatMap(({ path, isForeign }) => (isForeign ? [path] : [])),
    replaces: () => taken.some((each) => isOther(root, each)),
    keep: () => {
      for (const each of taken) writeCopies(root, each);
    },
  };
}

interface Place {
  /** Absolute. */
  readonly path: string;
  readonly isForeign: boolean;
  readonly isFolder: boolean;
  /** Relative to the root; undefined outside. */
  readonly stored: string | undefined;
}

/** Links on the way are followed, and that of a file itself is not: it is known by the name that was given. */
function placeOf(root: string, named: string): Place {
  const path = resolve(root, named);
  const facts = statSync(path, { throwIfNoEntry: false });
  const isFolder = facts?.isDirectory() === true;
  const real = facts === undefined || isFolder ? path : join(realpathSync(dirname(path)), basename(path));
  const start = isFolder ? realpathSync(path) : real;
  const realRoot = realpathSync(root);
  // What is not there is for the reader to tell.
  const isForeign = facts !== undefined && !isInside(realRoot, start);
  const stored = isForeign ? undefined : relative(realRoot, start).split(sep).join("/") || ".";
  return { path, isForeign, isFolder, stored };
}

interface TakenIn extends SubmissionFiles {
  /** Of the copy, relative to the root. */
  readonly path: string;
}

function takeIn({ path, isFolder }: Place, copies: string): TakenIn {
  const name = basename(path);
  refuseUnsafePath(`${copies}/${name}`);
  const { files, skipped } = readSubmissionFiles(isFolder ? path : dirname(path), [path]);
  const folder = isFolder ? `${copies}/${name}` : copies;
  const copyOf = <File extends { readonly path: string }>(file: File): File => ({
    ...file,
    path: `${folder}/${file.path}`,
  });
  return { path: `${copies}/${name}`, files: files.map(copyOf), skipped: skipped.map(copyOf) };
}

function isOther(root: string, { path, files }: TakenIn): boolean {
  const place = resolveInside(root, path);
  if (!existsSync(place)) return false;
  const isFolder = statSync(place).isDirectory();
  const kept = isFolder
    ? readdirSync(place, { recursive: true, withFileTypes: true }).filter((each) => each.isFile())
    : [place];
  return kept.length !== files.length || files.some((file) => !isSame(resolveInside(root, file.path), file));
}

function isSame(path: string, { bytes }: SubmissionFile): boolean {
  const kept = readFileIfAny(path);
  return kept !== undefined && Buffer.from(kept).equals(bytes);
}

function writeCopies(root: string, { path, files }: TakenIn): void {
  rmSync(resolveInside(root, path), { recursive: true, force: true });
  for (const file of files) writeCopy(resolveInside(root, file.path), file);
}

function writeCopy(path: string, { bytes }: SubmissionFile): void {
  ensureFolder(dirname(path));
  writeFileAtomic(path, bytes, { newFileMode: PRIVATE_MODE });
}
