import { join } from "node:path";
import { DRAFT_TASKS } from "../../fill/draft-tasks.ts";
import { writeFileAtomic } from "../../files/atomic-write.ts";
import { decodeText, readFileIfAny } from "../../files/read-file.ts";
import type { RunFolder } from "../../files/run-folder.ts";
import { ensureFolder } from "../../files/workspace.ts";
import type { Project } from "../open-project.ts";
import { promptOf } from "./prompt-folders.ts";
import type { RunRequest } from "./run-request.ts";

const TASKS: Readonly<Record<RunRequest["command"], readonly string[]>> = {
  fill: DRAFT_TASKS,
  grade: ["grade"],
  "rubric draft": ["rubric"],
  "audit answers": DRAFT_TASKS,
};

/** A request of a run, as far as it says which prompts it is made with. */
type Asked = Pick<RunRequest, "command"> & { readonly options: { readonly prompts?: string | undefined } };

/**
 * Keeps the prompts that a run asks with in its folder. Batches take a day, and what they bring is found by what was asked: a
 * prompt that is edited meanwhile would be another question to the model, and what was paid for an answer to nothing.
 */
export function keepPrompts(project: Project, run: RunFolder, { command, options }: Asked): void {
  ensureFolder(run.prompts);
  for (const task of TASKS[command]) {
    if (keptText(run, task) !== undefined) continue;
    const { text } = promptOf(project, options.prompts, task);
    writeFileAtomic(join(run.prompts, `${task}.md`), new TextEncoder().encode(text));
  }
}

/** The tasks whose prompts are others now than those that the run keeps. */
export function promptsChanged(project: Project, run: RunFolder, { command, options }: Asked): readonly string[] {
  return TASKS[command].filter((task) => {
    const kept = keptText(run, task);
    return kept !== undefined && kept !== promptOf(project, options.prompts, task).text;
  });
}

function keptText(run: RunFolder, task: string): string | undefined {
  const bytes = readFileIfAny(join(run.prompts, `${task}.md`));
  return bytes === undefined ? undefined : decodeText(bytes);
}
