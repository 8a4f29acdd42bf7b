import type { Argument, Command, Option } from "commander";

/** What may stand where a value is asked for, as far as a shell or a reader can be told. */
export type ValueKind =
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "files" | "folders" | "proposals" | "runs" | "sets" | "anything" };

export interface OutlinedOperand {
  /** As in the usage line: `<id>`, `[paths...]`. */
  readonly usage: string;
  readonly description: string;
  readonly value: ValueKind;
}

export interface OutlinedOption {
  /** As in the help: `-V, --version`, `--only <ids...>`. */
  readonly flags: string;
  readonly short: string | undefined;
  readonly long: string;
  readonly description: string;
  readonly default: string | undefined;
  /** Undefined for a flag that takes no value. */
  readonly value: ValueKind | undefined;
  readonly takesMany: boolean;
}

export interface OutlinedCommand {
  /** The words after `answerkey`: none for the program itself. */
  readonly path: readonly string[];
  readonly description: string;
  readonly operands: readonly OutlinedOperand[];
  readonly options: readonly OutlinedOption[];
  readonly subcommands: readonly string[];
  /** What `--help` shows below the options: examples and notes. */
  readonly notes: string;
}

/** The whole command line as a value, the program first, each command before its subcommands. Hidden ones are left out. */
export function outlineOf(program: Command, path: readonly string[] = []): readonly OutlinedCommand[] {
  const help = program.createHelp();
  // Commander's own help command, which commands without an action get.
  const nested = help.visibleCommands(program).filter((each) => each.name() !== "help");
  return [
    {
      path,
      description: program.description(),
      operands: program.registeredArguments.map(operandOf),
      options: help.visibleOptions(program).map(optionOf),
      subcommands: nested.map((each) => each.name()),
      notes: notesOf(program),
    },
    ...nested.flatMap((each) => outlineOf(each, [...path, each.name()])),
  ];
}

function operandOf(argument: Argument): OutlinedOperand {
  const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
  return {
    usage: argument.required ? `<${name}>` : `[${name}]`,
    description: argument.description,
    value: valueOf(argument.name(), argument.argChoices),
  };
}

function optionOf(option: Option): OutlinedOption {
  const placeholder = /[<[]([a-z]+)/.exec(option.flags)?.[1];
  return {
    flags: option.flags,
    short: option.short,
    long: option.long ?? "",
    description: option.description,
    default: typeof option.defaultValue === "string" ? option.defaultValue : undefined,
    value: placeholder === undefined ? undefined : valueOf(placeholder, option.argChoices, option.attributeName()),
    takesMany: option.variadic,
  };
}

/** By the word that stands for the value: the command line uses the same word for the same kind of thing throughout. */
const KINDS: Readonly<Record<string, Exclude<ValueKind["kind"], "words">>> = {
  paths: "files",
  answers: "files",
  marks: "files",
  file: "files",
  folder: "folders",
  dir: "folders",
  id: "proposals",
  ids: "proposals",
  run: "runs",
  before: "runs",
  after: "runs",
  set: "sets",
};

function valueOf(placeholder: string, choices: readonly string[] | undefined, name = placeholder): ValueKind {
  if (choices !== undefined) return { kind: "words", words: choices };
  return { kind: KINDS[placeholder] ?? KINDS[name] ?? "anything" };
}

/** Commander keeps what `addHelpText` adds out of the help that it returns, and shows it only when it writes. */
function notesOf(command: Command): string {
  const before = command.configureOutput();
  let shown = "";
  command.configureOutput({ ...before, writeOut: (text) => void (shown += text) });
  command.outputHelp();
  command.configureOutput(before);
  return shown.slice(command.helpInformation().length).trim();
}
