import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Command, Option } from "commander";
import { UserError } from "../../core/errors.ts";
import { nearestName } from "../../core/nearest-name.ts";

/**
 * Answers with what was meant where commander would not: an option that is cut short or in the wrong case, one that stands
 * where an option must be, a value that is nearly a choice, an option or a choice without its dashes.
 * @param folder the one in which the command line was given.
 * @throws UserError for a word that is nearly something that the command takes, and no file.
 */
export function refuseMistypedOption(program: Command, argv: readonly string[], folder: string): void {
  if (argv[0] === "help") throw meant("unknown command 'help'", helpFor(program, argv.slice(1)));
  const { command, words } = namedCommand(program, argv);
  const read = readWords(command, words);
  const missing = command.options.find((option) => option.mandatory && !read.given.has(option));
  for (const word of read.unknown) {
    const nearest = nearestOption(word, command.options, missing !== undefined);
    if (nearest !== undefined) throw meant(`unknown option '${word}'`, nearest);
  }
  for (const { option, value } of read.values) refuseOtherChoice(option, value);
  for (const operand of read.operands) {
    if (!existsSync(resolve(folder, operand))) refuseWithoutDashes(operand, command.options, missing);
  }
}

function refuseWithoutDashes(operand: string, options: readonly Option[], missing: Option | undefined): void {
  if (missing?.long != null && missing.argChoices?.includes(operand) === true) {
    throw meant(`required option '${missing.flags}' not specified`, `${missing.long} ${operand}`);
  }
  const flag = options.find(({ long }) => long === `--${operand}`)?.long;
  if (flag != null) throw meant(`there is no ${operand} here`, flag);
}

function meant(message: string, name: string): UserError {
  return new UserError(message, { hint: `Did you mean ${name}?` });
}

function helpFor(program: Command, words: readonly string[]): string {
  const { words: rest } = namedCommand(program, words);
  return [program.name(), ...words.slice(0, words.length - rest.length), "--help"].join(" ");
}

/** The command that the first words name, and the words after them. */
function namedCommand(
  program: Command,
  argv: readonly string[],
): { readonly command: Command; readonly words: readonly string[] } {
  let command = program;
  for (const [at, word] of argv.entries()) {
    const next = command.commands.find((each) => each.name() === word);
    if (next === undefined) return { command, words: argv.slice(at) };
    command = next;
  }
  return { command, words: [] };
}

interface ReadWords {
  readonly given: ReadonlySet<Option>;
  readonly values: readonly { readonly option: Option; readonly value: string }[];
  readonly unknown: readonly string[];
  readonly operands: readonly string[];
}

/** What the words after a command are to it: a value is no operand, whatever it looks like. */
function readWords({ options }: Command, words: readonly string[]): ReadWords {
  const given = new Set<Option>();
  const values: { readonly option: Option; readonly value: string }[] = [];
  const unknown: string[] = [];
  const operands: string[] = [];
  const end = words.indexOf("--");
  const own = end === -1 ? words : words.slice(0, end);
  for (let at = 0; at < own.length; at += 1) {
    const word = own[at] ?? "";
    const [name = "", ...inline] = word.split("=");
    const option = options.find(({ long, short }) => long === name || short === name);
    if (option !== undefined) {
      given.add(option);
      if (inline.length > 0) values.push({ option, value: inline.join("=") });
      else at += takeValues(option, own.slice(at + 1), (value) => values.push({ option, value }));
    } else if (/^--?[a-z]/i.test(word)) unknown.push(word);
    else operands.push(word);
  }
  return { given, values, unknown, operands };
}

/** @returns how many of the words that follow belong to the option. */
function takeValues(option: Option, words: readonly string[], take: (value: string) => void): number {
  if (!option.required && !option.optional) return 0;
  const next = words.findIndex((word) => word.startsWith("-"));
  const free = next === -1 ? words.length : next;
  const count = Math.min(words.length, option.variadic ? Math.max(1, free) : 1);
  for (const word of words.slice(0, count)) take(word);
  return count;
}

/** @param isMissing true where commander would tell of a missing option first, without a word about this one. */
function nearestOption(word: string, options: readonly Option[], isMissing: boolean): string | undefined {
  const name = word.replace(/=.*/s, "");
  if (!name.startsWith("--")) {
    return options.find(({ short }) => short?.toLowerCase() === name.toLowerCase())?.short ?? undefined;
  }
  const longs = options.flatMap(({ long }) => long ?? []);
  const begun = longs.filter((long) => long.startsWith(name));
  if (begun.length === 1) return begun[0];
  return isMissing
    ? nearestName(
        name.slice(2),
        longs.map((long) => long.slice(2)),
      )?.replace(/^/, "--")
    : undefined;
}

function refuseOtherChoice({ flags, argChoices }: Option, value: string): void {
  if (argChoices === undefined || argChoices.includes(value)) return;
  const nearest = nearestName(value, argChoices);
  if (nearest === undefined) return;
  const known = `Allowed choices are ${argChoices.join(", ")}.`;
  throw meant(`option '${flags}' argument '${value}' is invalid. ${known}`, nearest);
}
