import type { ExitCode } from "../../core/errors.ts";
import { UserError } from "../../core/errors.ts";
import { loadConfig } from "../config.ts";
import { gradeOptions, type GradeCommandOptions } from "./grade-options.ts";
import type { CommandContext } from "../main.ts";
import { openProjectToAsk } from "../open-project.ts";
import { parseOptions } from "../options.ts";
import { runGrade } from "./run-grade.ts";

/** `answerkey grade <answers…>`: grades candidates' answers and writes records, sheets, tables and a report. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const options = readGradeOptions(context);
  const { operands } = context.invocation;
  if (operands.length === 0) {
    throw new UserError("no answers are named", {
      hint: "name the files or folders that hold them, as in: answerkey grade questions/llmops/candidates",
    });
  }
  return runGrade(await openProjectToAsk(context, options), operands, options);
}

/** Flags over the configuration's `grade` over defaults. */
function readGradeOptions(context: CommandContext): GradeCommandOptions {
  const { options: flags } = context.invocation;
  const explicit = typeof flags["config"] === "string" ? flags["config"] : undefined;
  const { grade } = loadConfig(context.folder, explicit);
  return parseOptions(gradeOptions, { ...grade, ...flags });
}
