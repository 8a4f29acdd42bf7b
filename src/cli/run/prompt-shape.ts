import { z } from "zod";
import type { RunFolder } from "../../files/run-folder.ts";
import type { Project } from "../open-project.ts";
import { promptOf } from "./prompt-folders.ts";

/** A prompt file as it travels with a run: its text, and its name in place of its path. */
export const promptShape = z.object({
  path: z.string(),
  text: z.string(),
  frontMatter: z.record(z.string(), z.unknown()),
  body: z.string(),
});
export type PromptShape = z.infer<typeof promptShape>;

/**
 * @param takenUp the run that goes on, if any: it may keep to a prompt of its own.
 * @throws UserError where there is no such prompt.
 */
export function travellingPrompt(
  project: Project,
  folder: string | undefined,
  task: string,
  takenUp: RunFolder | undefined,
): PromptShape {
  const { text, frontMatter, body } = promptOf(project, folder, task, takenUp);
  return { path: `${task}.md`, text, frontMatter: { ...frontMatter }, body };
}
