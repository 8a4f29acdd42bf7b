import { z } from "zod";
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { bashCompletion } from "./completion-bash.ts";
import { fishCompletion } from "./completion-fish.ts";
import { zshCompletion } from "./completion-zsh.ts";
import { readEnvironment } from "../environment.ts";
import type { CommandContext } from "../main.ts";
import { commonOptions, parseOptions } from "../options.ts";
import { packageVersion } from "../package-root.ts";
import { createProgram } from "../program/program.ts";
import { outlineOf, type OutlinedCommand } from "./reference-outline.ts";
import { createReport } from "../report.ts";

const SCRIPTS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

const shell = z.enum(["bash", "zsh", "fish"]);

/** `answerkey completion <shell>`: a script for the shell, made from the command line as it is. */
export async function run({ invocation, folder, streams }: CommandContext): Promise<ExitCode> {
  const options = parseOptions(commonOptions, invocation.options);
  const chosen = shell.parse(invocation.operands[0]);
  const script = SCRIPTS[chosen](commandLine());
  const { colour } = await readEnvironment(folder, undefined, false);
  const report = createReport(streams, { ...options, colour });
  report.document({ schema: 1, shell: chosen, script });
  report.result(script.trimEnd());
  return EXIT.done;
}

/** Every command as a value. */
export function commandLine(): readonly OutlinedCommand[] {
  return outlineOf(createProgram(packageVersion(), () => Promise.resolve()));
}
