import { readdirSync, realpathSync, statSync, type Dirent } from "node:fs";
import { basename, dirname, extname, join, relative, resolve, sep } from "node:path";
import { UserError } from "../core/errors.ts";
import { visibleLine } from "../core/sanitise.ts";
import { fileError } from "./file-error.ts";
import type { FileMemo } from "./file-memo.ts";
import { readFile } from "./read-file.ts";
import { isInside, pathFault, refuseUnsafePath } from "./safe-path.ts";

/** A file that a walk came upon and did not read. */
export interface SkippedFile {
  readonly path: string;
  readonly reason: string;
}

export interface BankFiles<File> {
  /** In path order. */
  readonly files: readonly File[];
  readonly skipped: readonly SkippedFile[];
}

const BANK_EXTENSIONS = new Set([".md", ".mdx", ".markdown"]);
const NEVER_READ = ["node_modules", "outputs", "_backup", "sources", "rubrics"] as const;

/** What a walk below a folder takes in. */
interface Walk {
  /** Which files, by their path relative to the root. */
  readonly accepts: (path: string) => boolean;
  /** Names of folders that hold something else. */
  readonly passesOver: ReadonlySet<string>;
}

/** By default markdown files are banks; a file that the user names is one whatever its ending. */
export function isBankPath(path: string): boolean {
  return BANK_EXTENSIONS.has(extname(path).toLowerCase());
}

/** Markdown files past what stands beside a bank. */
export const BANK_WALK: Walk = { accepts: isBankPath, passesOver: new Set([...NEVER_READ, "candidates"]) };

/** Files of every kind, what candidates handed in among them. */
export const ANSWER_WALK: Walk = { accepts: () => true, passesOver: new Set(NEVER_READ) };

/**
 * Reads all bank files that the user named or that stand below the folders named. A walk passes over dot folders and
 * folders that hold something else than banks, and follows no symbolic links; a link that is named is followed.
 *
 * @param operands files and folders, absolute or relative to the root.
 * @param read makes a bank file of a path (relative to the root, with forward slashes) and its bytes.
 * @param walk which files are taken of the folders named; banks by default.
 * @param memo what `read` made of files before; those that did not change since are not read again.
 * @throws UserError if something named is not there, lies outside the project or cannot be read.
 */
export function readBankFiles<File>(
  root: string,
  operands: readonly string[],
  read: (path: string, bytes: Uint8Array) => File,
  walk: Walk = BANK_WALK,
  memo?: FileMemo<File>,
): BankFiles<File> {
  const files: File[] = [];
  const skipped: SkippedFile[] = [];
  for (const [path, each] of findFiles(root, operands, walk)) {
    const known = memo?.recall(each.path);
    if (known !== undefined) {
      files.push(known);
      continue;
    }
    const content = contentOf(each, path);
    if (content.status === "skipped") {
      skipped.push({ path, reason: content.reason });
      continue;
    }
    const file = read(path, content.bytes);
    memo?.keep(each.path, file);
    files.push(file);
  }
  return { files, skipped };
}

/**
 * True for a file that a walk for banks comes upon from a folder.
 * @param path relative to that folder, with forward slashes.
 */
export function isOnWalk(path: string): boolean {
  const names = path.split("/");
  return names.every(
    (name, at) => !name.startsWith(".") && (at === names.length - 1 || !BANK_WALK.passesOver.has(name)),
  );
}

/** Each file once, in path order, by its path relative to the root. */
function findFiles(
  root: string,
  operands: readonly string[],
  { accepts, passesOver }: Walk,
): readonly (readonly [string, Found])[] {
  const realRoot = realPathOf(root);
  const found = new Map<string, Found>();
  for (const each of operands.flatMap((operand) => filesAt(realRoot, resolve(realRoot, operand), passesOver))) {
    const path = relative(realRoot, each.path).split(sep).join("/");
    if (each.kind === "named" || (!found.has(path) && accepts(path))) found.set(path, each);
  }
  return Array.from(found).toSorted(byPath);
}

interface Found {
  /** Absolute. */
  readonly path: string;
  readonly kind: "named" | "walked" | "link";
}

type Content =
  | { readonly status: "read"; readonly bytes: Uint8Array }
  | { readonly status: "skipped"; readonly reason: string };

function contentOf({ path, kind }: Found, shown: string): Content {
  if (kind === "named") refuseUnsafePath(shown);
  const fault = pathFault(shown);
  if (fault !== undefined) return { status: "skipped", reason: `${fault}, so no proposal could be kept for it` };
  if (kind === "link") return { status: "skipped", reason: "it is a symbolic link; name it to have it read" };
  try {
    return { status: "read", bytes: readFile(path) };
  } catch (error) {
    if (kind === "named" || !(error instanceof UserError)) throw error;
    return { status: "skipped", reason: error.message };
  }
}

function byPath([left]: readonly [string, Found], [right]: readonly [string, Found]): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function filesAt(root: string, operand: string, passesOver: Walk["passesOver"]): readonly Found[] {
  // Links on the way are followed and that of a file itself is not: it is a bank under the name that was given.
  const path = join(realPathOf(dirname(operand)), basename(operand));
  const isFolder = leadsToFolder(path);
  const start = isFolder ? realPathOf(path) : path;
  if (!isInside(root, start)) {
    throw new UserError(`${visibleLine(operand)} lies outside the project folder ${visibleLine(root)}`, {
      hint: "Run answerkey in the folder that holds the banks.",
    });
  }
  if (isFolder) return filesBelow(start, passesOver);
  realPathOf(path);
  return [{ path, kind: "named" }];
}

/** False also where nothing can be said: what is not there is refused in words once it is known to be the project's. */
function leadsToFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function filesBelow(folder: string, passesOver: Walk["passesOver"]): readonly Found[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".")) return [];
    if (entry.isDirectory()) return passesOver.has(entry.name) ? [] : filesBelow(path, passesOver);
    return [{ path, kind: entry.isSymbolicLink() ? "link" : "walked" } satisfies Found];
  });
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw fileError("read the folder", folder, error);
  }
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    throw fileError("read", path, error);
  }
}
