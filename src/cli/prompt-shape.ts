import { z } from "zod";
import type { Project } from "./open-project.ts";
import { promptOf } from "./prompt-folders.ts";

/** A prompt file as it travels with a run: its text, and its name in place of its path. */
export const promptShape = z.object({
  path: z.string(),
  text: z.string(),
  frontMatter: z.record(z.string(), z.unknown()),
  body: z.string(),
});
export type PromptShape = z.infer<typeof promptShape>;

/** @throws UserError where there is no such prompt. */
export function travellingPrompt(project: Project, folder: string | undefined, task: string): PromptShape {
  const { text, frontMatter, body } = promptOf(project, folder, task);
  return { path: `${task}.md`, text, frontMatter: { ...frontMatter }, body };
}
