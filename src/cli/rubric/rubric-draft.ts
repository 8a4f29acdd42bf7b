import { UserError, type ExitCode } from "../../core/errors.ts";
import { loadConfig } from "../config.ts";
import type { CommandContext } from "../main.ts";
import { openProjectToAsk } from "../open-project.ts";
import { parseOptions } from "../options.ts";
import { rubricDraftOptions, type RubricDraftOptions } from "./rubric-draft-options.ts";
import { runRubricDraft } from "./run-rubric-draft.ts";

/** `answerkey rubric draft`: proposes a rubric for every answered question without one. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const options = readOptions(context);
  return runRubricDraft(await openProjectToAsk(context, options), context.invocation.operands, options);
}

/** Flags over the configuration's `grade` over defaults. */
function readOptions({ folder, invocation: { options: flags } }: CommandContext): RubricDraftOptions {
  const explicit = typeof flags["config"] === "string" ? flags["config"] : undefined;
  const options = parseOptions(rubricDraftOptions, { ...loadConfig(folder, explicit).grade, ...flags });
  if (options.step <= options.max) return options;
  throw new UserError(`--step ${options.step} is more than --max ${options.max}`, {
    hint: "the step is the smallest difference between two marks",
  });
}
