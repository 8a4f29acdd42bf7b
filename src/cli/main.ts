import { CommanderError } from "commander";
import { EXIT, UserError, type ExitCode } from "../core/errors.ts";
import type { Invocation } from "./command.ts";
import { refuseMistypedOption } from "./program/mistyped-option.ts";
import { refuseMistyped } from "./program/mistyped-subcommand.ts";
import { createProgram } from "./program/program.ts";
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
  return options["web"] === true ? import("./review-desk/review-web.ts") : import("./review-walk/review-walk.ts");
}

/** `audit` finds, repairs or compares. */
function auditModule({ options }: Invocation): Promise<CommandModule> {
  if (options["since"] !== undefined) return import("./audit/audit-since.ts");
  return options["fix"] === true ? import("./audit/audit-fix.ts") : import("./audit/audit.ts");
}

type CommandModule = { readonly run: (context: CommandContext) => Promise<ExitCode> };

// Loaded when needed, so that help and --version start fast.
const COMMANDS: Readonly<Record<string, (invocation: Invocation) => Promise<CommandModule>>> = {
  init: () => import("./project/init.ts"),
  doctor: () => import("./project/doctor.ts"),
  completion: () => import("./project/completion.ts"),
  reference: () => import("./project/reference.ts"),
  status: () => import("./status.ts"),
  audit: auditModule,
  "audit conflicts": () => import("./audit/audit-conflicts.ts"),
  "audit answers": () => import("./audit/audit-answers.ts"),
  fill: () => import("./fill/fill.ts"),
  resume: () => import("./run/resume.ts"),
  apply: () => import("./review/apply.ts"),
  diff: () => import("./diff/diff.ts"),
  review: reviewModule,
  "review list": () => import("./review/review-list.ts"),
  "review show": () => import("./review/review-show.ts"),
  "review accept": () => import("./review/review-decide.ts"),
  "review reject": () => import("./review/review-decide.ts"),
  "review undo": () => import("./review/review-undo.ts"),
  "review check": () => import("./review/review-check.ts"),
  worker: () => import("./queue/worker.ts"),
  runs: () => import("./run/runs.ts"),
  "runs show": () => import("./run/runs.ts"),
  "runs cancel": () => import("./run/runs.ts"),
  "runs redrive": () => import("./run/runs.ts"),
  "runs forget": () => import("./run/runs.ts"),
  "rubric lint": () => import("./rubric/rubric-lint.ts"),
  "rubric draft": () => import("./rubric/rubric-draft.ts"),
  grade: () => import("./grade/grade.ts"),
  "grade report": () => import("./grade/grade-report.ts"),
  "grade verify": () => import("./grade/grade-verify.ts"),
  "grade agree": () => import("./grade/grade-agree.ts"),
  "grade calibrate": () => import("./grade/grade-calibrate.ts"),
  "grade override": () => import("./grade/grade-override.ts"),
  "grade export": () => import("./grade/grade-export.ts"),
  "rubric import": () => import("./rubric/rubric-import.ts"),
  "rubric export": () => import("./rubric/rubric-export.ts"),
  export: () => import("./export/export.ts"),
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
    refuseMistypedOption(program, argv, context.folder);
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
