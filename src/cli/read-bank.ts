import { existsSync, lstatSync, realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { isListed, type BankConfig } from "../bank/bank-config.ts";
import { whyUnread } from "../bank/diagnose-file.ts";
import { indexBank } from "../bank/index-bank.ts";
import type { Bank, BankFile } from "../bank/question.ts";
import { readBankFile } from "../bank/read-bank-file.ts";
import { UserError } from "../core/errors.ts";
import { messageOf } from "../core/messages.ts";
import { visibleLine } from "../core/sanitise.ts";
import { BANK_WALK, isBankPath, readBankFiles } from "../files/bank-files.ts";
import { isInside } from "../files/safe-path.ts";
import type { Project } from "./open-project.ts";

/** Where the bank of a project without configuration lies. */
export const DEFAULT_FOLDER = "questions";

/**
 * The whole bank of a project, whatever was named on the command line: ids count equal questions across it, so they must
 * not depend on which part of it a command looks at. What was named besides belongs to it too, now or in an earlier
 * command that left proposals for it.
 *
 * @param proposed bank files of proposals, relative to the root; of those only plain files count, for anybody may write
 * a path into a proposal.
 * @throws UserError where there is nothing to read.
 */
export function readBank(project: Project, operands: readonly string[], proposed: readonly string[] = []): Bank {
  const bank = readDiagnosed(project, operands, proposed);
  for (const found of bank.files.flatMap((file) => whyUnread(file) ?? []))
    project.report.warn(visibleLine(`${found.path}: ${messageOf(found)}`));
  return bank;
}

/** The same for commands that show what is wrong with each file themselves. */
export function readDiagnosed(project: Project, operands: readonly string[], proposed: readonly string[] = []): Bank {
  const { config, workspace, report } = project;
  const { root } = workspace;
  const named = operands.map((operand) => resolve(project.folder, operand));
  const places = [...homesOf(root, config.banks), ...plainFiles(root, proposed), ...named];
  if (places.length === 0) {
    throw new UserError(`there is no folder ${DEFAULT_FOLDER}/ here, and no file or folder is named`, {
      hint: "name the files or folders that hold your questions, as in: answerkey status docs/questions; answerkey init finds them",
    });
  }
  const hasEntries = config.banks.banks.length > 0;
  const accepts = (path: string): boolean =>
    isBankPath(path) && (!hasEntries || isListed(path, config.banks) || isBelow(join(root, path), named));
  const read = (path: string, bytes: Uint8Array): BankFile => readBankFile(path, bytes, config.banks);
  const { files, skipped } = readBankFiles(root, places, read, { ...BANK_WALK, accepts }, project.memo?.banks);
  for (const { path, reason } of skipped) report.warn(visibleLine(`${path}: not read: ${reason}`));
  return indexBank(files);
}

/** Where a project's bank lies when nothing is named: where the configuration says, else in `questions/`. */
function homesOf(root: string, config: BankConfig): readonly string[] {
  if (config.banks.length > 0) return [root];
  const home = join(root, DEFAULT_FOLDER);
  return existsSync(home) ? [home] : [];
}

function plainFiles(root: string, paths: readonly string[]): readonly string[] {
  const known = new Set(paths.map((path) => join(root, path)));
  return [...known].filter((path) => isPlainFile(path) && isInside(root, realpathSync(path)));
}

function isPlainFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function isBelow(path: string, places: readonly string[]): boolean {
  return places.some((place) => path === place || path.startsWith(`${place}/`));
}

/** The files that a command was asked about; all of them where none were named. */
export function chosenFiles(project: Project, bank: Bank, operands: readonly string[]): readonly BankFile[] {
  if (operands.length === 0) return bank.files;
  const named = operands.map((operand) => resolve(project.folder, operand));
  return bank.files.filter(({ path }) => isBelow(join(project.workspace.root, path), named));
}
