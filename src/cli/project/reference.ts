import { EXIT, type ExitCode } from "../../core/errors.ts";
import { commandLine } from "./completion.ts";
import { readEnvironment } from "../environment.ts";
import { configKeys, type ConfigKey } from "./init-schema.ts";
import type { CommandContext } from "../main.ts";
import { commonOptions, parseOptions } from "../options.ts";
import type { OutlinedCommand, OutlinedOption } from "./reference-outline.ts";
import { EXIT_WORDS, FILES, VARIABLES } from "./reference-words.ts";
import { createReport } from "../report.ts";

/** `answerkey reference`: `src/REFERENCE.md`, made from the command line and the schemas as they are. */
export async function run({ invocation, folder, streams }: CommandContext): Promise<ExitCode> {
  const options = parseOptions(commonOptions, invocation.options);
  const { colour } = await readEnvironment(folder, undefined, false);
  const report = createReport(streams, { ...options, colour });
  const markdown = referenceText(commandLine(), configKeys());
  report.document({ schema: 1, markdown });
  report.result(markdown.trimEnd());
  return EXIT.done;
}

export function referenceText(commands: readonly OutlinedCommand[], keys: readonly ConfigKey[]): string {
  const [program, ...others] = commands;
  const common = commonTo(others);
  return [
    "# Reference",
    "Every command, option, file and variable, printed by `answerkey reference` from the program itself; a test holds this file against it.",
    ...(program === undefined ? [] : [program.description]),
    "## Options of every command",
    optionTable(common),
    ...others.flatMap((each) => commandSection(each, common)),
    "## Configuration",
    "`answerkey.config.yaml`, looked for in the folder and in those above it.",
    markdownTable(["key", "takes", "what"], keys.filter(isNew).map(keyRow)),
    "## Files",
    markdownTable(
      ["path", "what"],
      FILES.map(([path, words]) => [code(path), words]),
    ),
    "## Environment",
    "The first three are also read from `.env` in the project folder. Nothing else is.",
    markdownTable(
      ["variable", "what"],
      Object.entries(VARIABLES).map(([name, words]) => [code(name), words]),
    ),
    "## Exit codes",
    markdownTable(
      ["code", "when"],
      Object.entries(EXIT_WORDS).map(([name, words]) => [codeOf(name), words]),
    ),
  ]
    .join("\n\n")
    .concat("\n");
}

function commonTo(commands: readonly OutlinedCommand[]): readonly OutlinedOption[] {
  const [first] = commands;
  return (first?.options ?? []).filter(({ flags }) =>
    commands.every(
      ({ options, subcommands }) => subcommands.length > 0 || options.some((each) => each.flags === flags),
    ),
  );
}

function commandSection(command: OutlinedCommand, common: readonly OutlinedOption[]): readonly string[] {
  const own = command.options.filter(({ flags }) => !common.some((each) => each.flags === flags));
  const operands = command.operands.map(({ usage }) => ` ${usage}`).join("");
  const choices = command.operands.flatMap(({ usage, value }) =>
    value.kind === "words" ? [`\`${usage}\` is one of ${value.words.map(code).join(", ")}.`] : [],
  );
  return [
    `## answerkey ${command.path.join(" ")}${operands}`,
    capital(command.description),
    ...choices,
    ...(command.subcommands.length === 0 ? [] : [`Commands below it: ${command.subcommands.map(code).join(", ")}.`]),
    ...(own.length === 0 ? [] : [optionTable(own)]),
    ...(command.notes === "" ? [] : notes(command.notes)),
  ];
}

/** Indented lines are command lines; the rest is said in words. */
function notes(text: string): readonly string[] {
  return text.split("\n\n").map((part) => {
    const [head = "", ...lines] = part.split("\n");
    if (lines.length === 0 || !lines.every((line) => line.startsWith("  "))) return part;
    return `${head}\n\n\`\`\`\n${lines.map((line) => line.slice(2)).join("\n")}\n\`\`\``;
  });
}

function optionTable(options: readonly OutlinedOption[]): string {
  return markdownTable(
    ["option", "what"],
    options.map((option) => [code(option.flags), optionWords(option)]),
  );
}

function optionWords({ description, value, default: standard }: OutlinedOption): string {
  const choices = value?.kind === "words" ? `: ${value.words.map(code).join(", ")}` : "";
  return `${description}${choices}${standard === undefined ? "" : ` (default: ${code(standard)})`}`;
}

/** What `grade` takes like `fill` is not said twice. */
function isNew({ path }: ConfigKey, _index: number, all: readonly ConfigKey[]): boolean {
  return !path.startsWith("grade.") || !all.some((each) => each.path === path.replace(/^grade\./, "fill."));
}

function keyRow({ path, words, node }: ConfigKey): readonly string[] {
  return [code(path), takes(node), words];
}

function takes(node: ConfigKey["node"]): string {
  const { anyOf, type, enum: choices, default: standard } = node;
  const plain = isPlain(standard) ? `; default ${code(JSON.stringify(standard))}` : "";
  if (Array.isArray(choices)) return `${choices.map((each) => code(String(each))).join(", ")}${plain}`;
  if (Array.isArray(anyOf)) return `${anyOf.map(takes).join(" or ")}${plain}`;
  return `${typeof type === "string" ? (TYPES[type] ?? type) : ""}${plain}`;
}

const TYPES: Readonly<Record<string, string>> = {
  string: "text",
  array: "a list",
  object: "keys",
  boolean: "`true` or `false`",
  number: "a number",
};

/** Defaults that say something: an empty list or group is what one has by writing nothing. */
function isPlain(value: unknown): boolean {
  return value !== undefined && JSON.stringify(value).length > 2 && !isGroup(value);
}

function isGroup(value: unknown): boolean {
  return typeof value === "object" && !Array.isArray(value);
}

function codeOf(name: string): string {
  return String(Object.entries(EXIT).find(([each]) => each === name)?.[1] ?? "");
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => "---"), ...rows].map(tableLine).join("\n");
}

function tableLine(cells: readonly string[]): string {
  return `| ${cells.map(cell).join(" | ")} |`;
}

/** A pipe would end the cell, also inside code. */
function cell(text: string): string {
  return text.replaceAll("|", String.raw`\|`);
}
