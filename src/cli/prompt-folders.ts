import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../core/errors.ts";
import { readPromptFile, type PromptText } from "../files/prompt-files.ts";
import type { Project } from "./open-project.ts";
import { PACKAGE_ROOT } from "./package-root.ts";

/**
 * The prompt of a task: the user's own where there is one, else the packaged one.
 * @throws UserError for a folder that is not there, or a file that cannot be read.
 */
export function promptOf(project: Project, folder: string | undefined, task: string): PromptText {
  const own = resolve(project.config.root, folder ?? "prompts");
  if (folder !== undefined && !existsSync(own)) {
    throw new UserError(`there is no folder ${own}`, {
      hint: "--prompts names a folder with your own prompts, such as draft.md or grade.md",
    });
  }
  return readPromptFile(task, [own, `${PACKAGE_ROOT}prompts`]);
}
