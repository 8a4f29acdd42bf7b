import { CommanderError } from "commander";
import { EXIT, UserError, type ExitCode } from "../core/errors.ts";
import type { Invocation } from "./command.ts";
import { refuseMistyped } from "./mistyped-subcommand.ts";
import { createProgram } from "./program.ts";
import type { Streams } from "./streams.ts";
import { packageVersion } from "./package-root.ts";

/** Everything a command is given: what was asked, where, and where to speak. */
export interface CommandContext {
  readonly invocation: Invocation;
  readonly folder: string;
  readonly streams: Streams;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
}

/** `review` has two faces. */
function reviewModule({ options }: Invocation): Promise<CommandModule> {
  return options["web"] === true ? import("./review-web.ts") : import("./review-walk.ts");
}

/** `audit` finds, repairs or compares. */
function auditModule({ options }: Invocation): Promise<CommandModule> {
  if (options["since"] !== undefined) return import("./audit-since.ts");
  return options["fix"] === true ? import("./audit-fix.ts") : import("./audit.ts");
}

type CommandModule = { readonly run: (context: CommandContext) => Promise<ExitCode> };

// Loaded when needed, so that help and --version start fast.
const COMMANDS: Readonly<Record<string, (invocation: Invocation) => Promise<CommandModule>>> = {
  init: () => import("./init.ts"),
  doctor: () => import("./doctor.ts"),
  completion: () => import("./completion.ts"),
  reference: () => import("./reference.ts"),
  status: () => import("./status.ts"),
  audit: auditModule,
  "audit conflicts": () => import("./audit-conflicts.ts"),
  "audit answers": () => import("./audit-answers.ts"),
  fill: () => import("./fill.ts"),
  resume: () => import("./resume.ts"),
  apply: () => import("./apply.ts"),
  diff: () => import("./diff.ts"),
  review: reviewModule,
  "review list": () => import("./review-list.ts"),
  "review show": () => import("./review-show.ts"),
  "review accept": () => import("./review-decide.ts"),
  "review reject": () => import("./review-decide.ts"),
  "review undo": () => import("./review-undo.ts"),
  "review check": () => import("./review-check.ts"),
  worker: () => import("./worker.ts"),
  runs: () => import("./runs.ts"),
  "runs show": () => import("./runs.ts"),
  "runs cancel": () => import("./runs.ts"),
  "runs redrive": () => import("./runs.ts"),
  "rubric lint": () => import("./rubric-lint.ts"),
  "rubric draft": () => import("./rubric-draft.ts"),
  grade: () => import("./grade.ts"),
  "grade report": () => import("./grade-report.ts"),
  "grade verify": () => import("./grade-verify.ts"),
  "grade agree": () => import("./grade-agree.ts"),
  "grade calibrate": () => import("./grade-calibrate.ts"),
  "grade override": () => import("./grade-override.ts"),
  "grade export": () => import("./grade-export.ts"),
  "rubric import": () => import("./rubric-import.ts"),
  "rubric export": () => import("./rubric-export.ts"),
  export: () => import("./export.ts"),
};

/** Runs one command line to its exit code. Never throws for what a user can fix; lets bugs through. */
export async function main(argv: readonly string[], context: Omit<CommandContext, "invocation">): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.done;
  const program = createProgram(packageVersion(), async (invocation) => {
    const load = COMMANDS[invocation.command];
    if (load === undefined) throw new Error(`no handler for ${invocation.command}`);
    exitCode = await (await load(invocation)).run({ ...context, invocation });
  });
  forEachCommand(program, (command) =>
    command.exitOverride().configureOutput({
      writeOut: (text) => void context.streams.out.write(text),
      writeErr: (text) => void context.streams.err.write(text),
    }),
  );
  try {
    refuseMistyped(program, argv, context.folder);
    await program.parseAsync(argv, { from: "user" });
  } catch (error) {
    return exitCodeOfError(error, argv, context.streams);
  }
  return exitCode;
}

function forEachCommand(
  command: ReturnType<typeof createProgram>,
  visit: (command: ReturnType<typeof createProgram>) => void,
): void {
  visit(command);
  for (const nested of command.commands) forEachCommand(nested, visit);
}

async function exitCodeOfError(error: unknown, argv: readonly string[], streams: Streams): Promise<ExitCode> {
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
  const fault = faultOf(error);
  if (fault === undefined) throw error;
  const { visible } = await import("../core/sanitise.ts");
  if (error instanceof UserError) {
    streams.err.write(`error: ${visible(fault.message)}\n`);
    if (fault.hint !== null) streams.err.write(`  ${visible(fault.hint)}\n`);
  }
  if (argv.includes("--json")) {
    const { jsonDocument } = await import("./json-document.ts");
    streams.out.write(jsonDocument({ error: fault }));
  }
  return fault.exit_code;
}

interface Fault {
  readonly message: string;
  readonly hint: string | null;
  readonly exit_code: ExitCode;
}

/** What the user can put right; undefined for a bug. A fault of the command line was printed by commander already. */
function faultOf(error: unknown): Fault | undefined {
  if (error instanceof UserError) {
    return { message: error.message, hint: error.hint ?? null, exit_code: error.exitCode };
  }
  if (!(error instanceof CommanderError)) return undefined;
  const [message = "", hint] = error.message.replace(/^error: /, "").split("\n");
  return { message, hint: hint?.replace(/^\((.*)\)$/, "$1") ?? null, exit_code: EXIT.couldNotRun };
}
