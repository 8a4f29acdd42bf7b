import { existsSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { isListed } from "../../bank/bank-config.ts";
import { indexBank } from "../../bank/index-bank.ts";
import type { Bank } from "../../bank/question.ts";
import { readBankFile } from "../../bank/read-bank-file.ts";
import { UserError } from "../../core/errors.ts";
import { isBankPath, isOnWalk } from "../../files/bank-files.ts";
import { openGitRevision } from "../../files/git-revision.ts";
import { pathFault } from "../../files/safe-path.ts";
import type { Project } from "../open-project.ts";
import { DEFAULT_FOLDER, readBank } from "../read-bank.ts";

/** The two states that `--since` names: a revision and the files as they are, or two revisions. */
export interface SinceRange {
  readonly from: string;
  /** Undefined for the files as they are. */
  readonly to: string | undefined;
}

/** @throws UserError for three dots, which ask for something else, and for nothing, which would pass every gate. */
export function parseSince(text: string): SinceRange {
  const [from = "", to, more] = text.split("..");
  if (more !== undefined || to?.startsWith(".") === true) {
    throw new UserError("--since: expected a revision, or two as in main..work", { hint: "two dots, not three" });
  }
  if (from === "" && (to ?? "") === "") {
    throw new UserError("--since: expected a revision, or two as in main..work", {
      hint: "it is empty: a variable that holds nothing?",
    });
  }
  return { from: from === "" ? "HEAD" : from, to: to === "" ? "HEAD" : to };
}

/** A bank as it was, read the way that it is read now. */
export async function bankAt(project: Project, name: string, operands: readonly string[]): Promise<Bank> {
  const { config, workspace } = project;
  const revision = await openGitRevision(workspace.root, name);
  const isOfBank = bankFilter(project, operands);
  const found = [...revision.files].filter(([path]) => pathFault(path) === undefined && isOfBank(path));
  const contents = await revision.read(found.map(([, blob]) => blob));
  const files = found.map(([path], at) => readBankFile(path, contents[at] ?? new Uint8Array(), config.banks));
  return indexBank(files);
}

/** @throws UserError where neither state asks anything: a gate that looks in the wrong place must not be passed. */
export function refuseNothing(from: string, to: string | undefined, states: readonly Bank[]): void {
  if (states.some(({ files }) => files.some(({ questions }) => questions.length > 0))) return;
  const after = to === undefined ? "now" : `at ${to}`;
  throw new UserError(`no question was found at ${from} and none ${after}: there was nothing to compare`, {
    hint: "answerkey init --dry-run shows what is here, and what came near",
  });
}

/** The bank as it is; of what was named, what is still there. With nothing left of a bank that was, it is an empty one. */
export function bankNow(project: Project, operands: readonly string[], before: Bank): Bank {
  const { config, workspace, folder } = project;
  const present = operands.filter((operand) => existsSync(resolve(folder, operand)));
  const hasHome = config.banks.banks.length > 0 || existsSync(join(workspace.root, DEFAULT_FOLDER));
  const isGone = present.length === 0 && !hasHome && before.files.length > 0;
  return isGone ? { files: [] } : readBank(project, present);
}

/** As a walk over the disk takes and leaves them; see `readBank`. */
function bankFilter({ config, workspace, folder }: Project, operands: readonly string[]): (path: string) => boolean {
  const hasEntries = config.banks.banks.length > 0;
  const named = namedPaths(workspace.root, folder, operands);
  const homes = hasEntries ? [""] : [DEFAULT_FOLDER];
  return (path) => {
    if (named.includes(path)) return true;
    const isNamed = named.some((start) => isBelow(path, start));
    const isThere =
      isNamed || (homes.some((start) => isBelow(path, start)) && (!hasEntries || isListed(path, config.banks)));
    return isThere && isBankPath(path);
  };
}

function isBelow(path: string, start: string): boolean {
  if (start === "") return isOnWalk(path);
  return path.startsWith(`${start}/`) && isOnWalk(path.slice(start.length + 1));
}

/** Relative to the root, with forward slashes; "" for the root itself. */
function namedPaths(root: string, folder: string, operands: readonly string[]): readonly string[] {
  return operands.map((operand) => relative(root, resolve(folder, operand)).split(sep).join("/"));
}

/** True for a path that was asked about; all are where none were named. */
export function isAskedAbout({ workspace, folder }: Project, operands: readonly string[]): (path: string) => boolean {
  if (operands.length === 0) return () => true;
  const named = namedPaths(workspace.root, folder, operands);
  return (path) => named.some((start) => start === "" || path === start || path.startsWith(`${start}/`));
}

/** @throws UserError for a path that neither state has. */
export function refuseUnknown(project: Project, operands: readonly string[], states: readonly Bank[]): void {
  const paths = states.flatMap(({ files }) => files.map((file) => file.path));
  for (const operand of operands) {
    const isThere = existsSync(join(resolve(project.folder, operand))) || paths.some(isAskedAbout(project, [operand]));
    if (!isThere) throw new UserError(`${operand} is in neither state`);
  }
}
