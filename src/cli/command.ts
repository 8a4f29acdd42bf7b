import type { Command, CommandOptions } from "commander";

/** What a command line comes to: the command's name, its positional arguments and its flags, all still unchecked. */
export interface Invocation {
  readonly command: string;
  readonly operands: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

export type Handler = (invocation: Invocation) => Promise<void>;

/** Adds a command with the flags that every command takes. It only parses and hands on. */
export function command(
  parent: Command,
  usage: string,
  description: string,
  handle: Handler,
  settings: CommandOptions = {},
): Command {
  const added = parent.command(usage, settings).description(description);
  const name = parent.parent === null ? added.name() : `${parent.name()} ${added.name()}`;
  return added
    .option("--json", "one JSON document on stdout, everything else on stderr")
    .option("--quiet", "errors and results only")
    .option("--config <file>", "configuration file (default: answerkey.config.yaml here or above)")
    .showHelpAfterError("(add --help for what it takes)")
    .action(async () => {
      refuseStray(added, name);
      await handle({ command: name, operands: added.args, options: added.optsWithGlobals() });
    });
}

/** A command's flags may stand before the name of one below it, which does not know them all: none is passed over in silence. */
function refuseStray(added: Command, name: string): void {
  const known = new Set(added.options.map((option) => option.attributeName()));
  const { parent } = added;
  const stray = parent?.options.find((option) => {
    const key = option.attributeName();
    return !known.has(key) && parent.getOptionValueSource(key) === "cli";
  });
  if (stray === undefined) return;
  const above = name.slice(0, name.lastIndexOf(" "));
  added.error(`error: ${stray.flags} is an option of answerkey ${above}, not of answerkey ${name}`);
}
