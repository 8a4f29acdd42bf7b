import { type Dirent, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, extname, join, posix, relative, resolve, sep } from "node:path";
import { YAMLException } from "js-yaml";
import { visibleLine } from "../core/sanitise.ts";
import { faultCode, fileError } from "./file-error.ts";
import { parseYaml } from "./lossless-yaml.ts";
import { parseJson, plainDataFault } from "./plain-data.ts";
import { decodeText, readFile } from "./read-file.ts";
import { resolveInside } from "./safe-path.ts";

/** A file with rubrics, read as data or as markdown; what it means is for its reader. */
export type RubricFile =
  | {
      readonly status: "read";
      /** Relative to the project root, with forward slashes. */
      readonly path: string;
      /** Line feeds as line ends, no BOM. */
      readonly text: string;
      /** What YAML or JSON holds; undefined for markdown. */
      readonly data?: unknown;
      readonly format: "data" | "markdown";
    }
  | { readonly status: "unreadable"; readonly path: string; readonly line: number; readonly reason: string };

const FOLDER = "rubrics";
const RUBRIC_NAME = /\.rubric\.(?:ya?ml|json|md)$/i;
const OTHER_FOLDERS = new Set(["node_modules", "outputs"]);
const LONGEST = 4 * 1024 * 1024;
const LONGEST_REASON = 160;

/**
 * Reads rubric files in path order: those that are named, and all below the folders that are named. Without any, those in
 * `rubrics/` beside the bank files and beside every folder above them.
 *
 * @param named absolute paths, or relative to the root.
 * @param bankPaths relative to the root, with forward slashes.
 * @throws UserError if a named file or folder is not there, or one leads out of the project.
 */
export function readRubricFiles(
  root: string,
  { named, bankPaths }: { readonly named: readonly string[]; readonly bankPaths: readonly string[] },
): readonly RubricFile[] {
  const paths = named.length > 0 ? named.flatMap((path) => namedPaths(root, path)) : pathsBeside(root, bankPaths);
  return Array.from(new Set(paths))
    .toSorted()
    .map((path) => readRubricFile(root, path));
}

function namedPaths(root: string, named: string): readonly string[] {
  const realRoot = realPathOf(root);
  const operand = resolve(realRoot, named);
  // Links on the way are followed, and that of a file is read under the name that was given.
  const full = join(realPathOf(dirname(operand)), basename(operand));
  const path = relative(realRoot, full).split(sep).join("/") || ".";
  const isFolder = statSync(realPathOf(resolveInside(realRoot, path))).isDirectory();
  return isFolder ? pathsBelow(realRoot, path) : [path];
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    throw fileError("read", path, error);
  }
}

function pathsBeside(root: string, bankPaths: readonly string[]): readonly string[] {
  const folders = new Set(bankPaths.flatMap(foldersAbove));
  return Array.from(folders, (folder) => posix.join(folder, FOLDER)).flatMap((folder) => pathsBelow(root, folder));
}

function foldersAbove(path: string): readonly string[] {
  const folder = posix.dirname(path);
  return folder === "." || folder === "/" ? [folder] : [folder, ...foldersAbove(folder)];
}

/** Folders behind links are not walked; a file that is a link is followed, inside the project. */
function pathsBelow(root: string, folder: string): readonly string[] {
  return entriesOf(root, folder).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.name.startsWith(".")) return [];
    if (entry.isDirectory()) return OTHER_FOLDERS.has(entry.name) ? [] : pathsBelow(root, path);
    return RUBRIC_NAME.test(entry.name) ? [path] : [];
  });
}

function entriesOf(root: string, folder: string): readonly Dirent[] {
  try {
    return readdirSync(resolveInside(root, folder), { withFileTypes: true });
  } catch (error) {
    if (faultCode(error) === "ENOENT" || faultCode(error) === "ENOTDIR") return [];
    throw fileError("read the folder", folder, error);
  }
}

function readRubricFile(root: string, path: string): RubricFile {
  return parseRubricFile(path, readFile(resolveInside(root, path)));
}

/** Reads the bytes of a rubric file, which need not be on the disk yet. Never throws for what they hold. */
export function parseRubricFile(path: string, bytes: Uint8Array): RubricFile {
  const text = decodeText(bytes)
    ?.replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n");
  if (text === undefined) return { status: "unreadable", path, line: 1, reason: "it is not UTF-8" };
  if (text.length > LONGEST) return { status: "unreadable", path, line: 1, reason: "it is longer than 4 MB" };
  const extension = extname(path).toLowerCase();
  if (extension === ".md") return { status: "read", path, text, format: "markdown" };
  const parsed = extension === ".json" ? readJson(text) : readYaml(text);
  return "reason" in parsed
    ? { status: "unreadable", path, ...parsed }
    : { status: "read", path, text, format: "data", ...parsed };
}

type Parsed = { readonly data: unknown } | { readonly line: number; readonly reason: string };

function readYaml(text: string): Parsed {
  try {
    const data = parseYaml(text);
    const fault = plainDataFault(data);
    return fault === undefined ? { data } : { line: 1, reason: fault };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    // Only the reason: the message also quotes the lines around.
    return { line: (error.mark?.line ?? 0) + 1, reason: visibleLine(error.reason).slice(0, LONGEST_REASON) };
  }
}

/** JSON as JSON reads it; YAML, of which it is nearly a part, knows on which line it is broken. */
function readJson(text: string): Parsed {
  try {
    return { data: parseJson(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const asYaml = readYaml(text);
    return { line: "line" in asYaml ? asYaml.line : 1, reason: error.message };
  }
}
