import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { UserError } from "../../core/errors.ts";
import { nearestName } from "../../core/nearest-name.ts";

/**
 * A command that takes paths as well as subcommands takes a mistyped subcommand for a path.
 * @param folder the one in which the command line was given.
 * @throws UserError for a word that is nearly a subcommand and no file.
 */
export function refuseMistyped(program: Command, argv: readonly string[], folder: string): void {
  const [name, ...rest] = argv;
  const subcommands = program.commands.find((each) => each.name() === name)?.commands.map((each) => each.name()) ?? [];
  const word = rest.find((each) => !each.startsWith("-"));
  if (name === undefined || word === undefined || subcommands.length === 0 || subcommands.includes(word)) return;
  const nearest = /^[a-z]+$/i.test(word) ? nearestName(word, subcommands) : undefined;
  if (nearest === undefined || existsSync(resolve(folder, word))) return;
  throw new UserError(`unknown command '${name} ${word}'`, { hint: `Did you mean ${name} ${nearest}?` });
}
