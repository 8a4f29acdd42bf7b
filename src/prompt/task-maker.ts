import type { z } from "zod";
import { UserError } from "../core/errors.ts";
import type { Task } from "../core/task.ts";
import { parsePrompt, type Prompt, type PromptFile } from "./prompt-file.ts";
import { compilePrompt } from "./render-prompt.ts";

/** A task, and how many hidden characters were taken out of what it was rendered from. */
export interface RenderedTask<Output> {
  readonly task: Task<Output>;
  readonly hidden: number;
}

/** What a task is made of besides its prompt. */
export interface TaskParts<Output> {
  readonly values: Readonly<Record<string, unknown>>;
  readonly schema: z.ZodType<Output>;
  readonly sample: number;
  /** True for a task that goes on with what another began; see `Task.isFollowUp`. */
  readonly isFollowUp: boolean;
}

/** Makes tasks from one compiled prompt. */
export type TaskMaker = <Output>(parts: TaskParts<Output>) => RenderedTask<Output>;

/** @throws UserError naming file and line of a fault in the template; the maker throws the same for a missing variable. */
export function compileTask(prompt: Prompt): TaskMaker {
  const render = compilePrompt(prompt);
  const { task: name, maxOutputTokens, sampling } = prompt;
  return ({ values, schema, sample, isFollowUp }) => {
    const { messages, input, hidden } = render(values);
    return { task: { name, input, messages, schema, maxOutputTokens, sampling, isFollowUp, sample }, hidden };
  };
}

/**
 * Reads the prompt of one task.
 * @throws UserError naming the file and what is wrong in it, or that it is another task's.
 */
export function promptFor(task: string, file: PromptFile): Prompt {
  const prompt = parsePrompt(file);
  if (prompt.task !== task) throw new UserError(`${file.path}: task is "${prompt.task}", expected "${task}"`);
  return prompt;
}
