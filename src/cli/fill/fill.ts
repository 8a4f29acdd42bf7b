import type { ExitCode } from "../../core/errors.ts";
import { UserError } from "../../core/errors.ts";
import { fillOptions, type FillCommandOptions } from "./fill-options.ts";
import type { CommandContext } from "../main.ts";
import { openProjectToAsk } from "../open-project.ts";
import { parseOptions } from "../options.ts";
import { runFill } from "./run-fill.ts";
import { loadConfig } from "../config.ts";

/** `answerkey fill`: drafts an answer for every unfilled question, as proposals. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const options = readFillOptions(context);
  return runFill(await openProjectToAsk(context, options), context.invocation.operands, options);
}

/** Flags over the configuration's `fill` over defaults. */
export function readFillOptions(context: CommandContext): FillCommandOptions {
  const { options: flags } = context.invocation;
  const explicit = typeof flags["config"] === "string" ? flags["config"] : undefined;
  const { fill } = loadConfig(context.folder, explicit);
  const options = parseOptions(fillOptions, { ...fill, ...flags });
  if (options.retry !== undefined && options.redo) {
    throw new UserError("--retry and --redo exclude each other", {
      hint: "--retry is for what failed, --redo for drafts",
    });
  }
  return options;
}
