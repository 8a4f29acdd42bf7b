import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { indexBank } from "../bank/index-bank.ts";
import type { Bank, BankFile } from "../bank/question.ts";
import { readBankFile } from "../bank/read-bank-file.ts";
import { UserError } from "../core/errors.ts";
import { readBankFiles } from "../files/bank-files.ts";
import type { Project } from "./open-project.ts";

const DEFAULT_FOLDER = "questions";

/**
 * The whole bank of a project, whatever was named on the command line: ids count equal questions across it, so they must
 * not depend on which part of it a command looks at. What was named besides belongs to it too.
 * @throws UserError where there is nothing to read.
 */
export function readBank(project: Project, operands: readonly string[]): Bank {
  const { config, workspace, report } = project;
  const named = operands.map((operand) => resolve(project.folder, operand));
  const home = join(workspace.root, DEFAULT_FOLDER);
  const roots = [...(existsSync(home) ? [home] : []), ...named];
  if (roots.length === 0) {
    throw new UserError(`there is no folder ${DEFAULT_FOLDER}/ here, and no file or folder is named`, {
      hint: "name the files or folders that hold your questions, as in: answerkey status docs/questions",
    });
  }
  const { files, skipped } = readBankFiles(workspace.root, roots, (path, bytes) =>
    readBankFile(path, bytes, config.banks),
  );
  for (const { path, reason } of skipped) report.warn(`${path}: not read: ${reason}`);
  return indexBank(files);
}

/** The files that a command was asked about; all of them where none were named. */
export function chosenFiles(project: Project, bank: Bank, operands: readonly string[]): readonly BankFile[] {
  if (operands.length === 0) return bank.files;
  const named = operands.map((operand) => resolve(project.folder, operand));
  return bank.files.filter(({ path }) => {
    const full = join(project.workspace.root, path);
    return named.some((each) => full === each || full.startsWith(`${each}/`));
  });
}
