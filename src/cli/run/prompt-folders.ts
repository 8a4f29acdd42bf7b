import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../../core/errors.ts";
import { readPromptFile, type PromptText } from "../../files/prompt-files.ts";
import type { RunFolder } from "../../files/run-folder.ts";
import type { Project } from "../open-project.ts";
import { PACKAGE_ROOT } from "../package-root.ts";

/**
 * The prompt of a task: the one that a run keeps to, else the user's own, else the packaged one.
 * @param takenUp the run that goes on, if any.
 * @throws UserError for a folder that is not there, or a file that cannot be read.
 */
export function promptOf(project: Project, folder: string | undefined, task: string, takenUp?: RunFolder): PromptText {
  const own = resolve(project.config.root, folder ?? "prompts");
  if (folder !== undefined && !existsSync(own)) {
    throw new UserError(`there is no folder ${own}`, {
      hint: "--prompts names a folder with your own prompts, such as draft.md or grade.md",
    });
  }
  return readPromptFile(task, [...(takenUp === undefined ? [] : [takenUp.prompts]), own, `${PACKAGE_ROOT}prompts`]);
}
