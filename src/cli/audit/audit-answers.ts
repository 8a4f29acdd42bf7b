import type { ExitCode } from "../../core/errors.ts";
import { readFillOptions } from "../fill/fill.ts";
import type { CommandContext } from "../main.ts";
import { openProjectToAsk } from "../open-project.ts";
import { runAuditAnswers } from "./run-audit-answers.ts";

/** `answerkey audit answers`: checks the answers there are, and proposes corrections. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const options = readFillOptions(context);
  return runAuditAnswers(await openProjectToAsk(context, options), context.invocation.operands, options);
}
