import { fileURLToPath } from "node:url";
import { readPromptFile, type PromptText } from "./prompt-files.ts";

const FOLDER = fileURLToPath(new URL("../../prompts", import.meta.url));

/**
 * A prompt as the package brings it: `draft`, `critique`, `revise`, `grade` or `rubric`.
 * @param folder one with prompts of your own, which win.
 * @throws UserError naming file and line of a fault.
 */
export function packagedPrompt(task: string, folder?: string): PromptText {
  return readPromptFile(task, folder === undefined ? [FOLDER] : [folder, FOLDER]);
}
