import type { OutlinedCommand, OutlinedOption, ValueKind } from "./reference-outline.ts";

/** A completion script for fish, from 3.0 on. */
export function fishCompletion(commands: readonly OutlinedCommand[]): string {
  return `# fish completion of answerkey. Load it with: answerkey completion fish | source

function __answerkey_commands
    switch "$argv"
${commands
  .filter(({ subcommands }) => subcommands.length > 0)
  .map(
    ({ path, subcommands }) =>
      `        case ${quoted(path.join(" "))}\n            printf '%s\\n' ${subcommands.join(" ")}`,
  )
  .join("\n")}
    end
end
${WALK}
complete -c answerkey -f
${commands.flatMap((each) => linesOf(each, commands)).join("\n")}
`;
}

function linesOf(
  { path, options, operands: [operand] }: OutlinedCommand,
  commands: readonly OutlinedCommand[],
): readonly string[] {
  const at = `complete -c answerkey -n ${quoted(`__answerkey_at ${path.join(" ")}`.trim())}`;
  const nested = commands.filter((each) => each.path.length === path.length + 1 && isPrefix(path, each.path));
  return [
    ...nested.map((each) => `${at} -a ${quoted(each.path.at(-1) ?? "")} -d ${quoted(each.description)}`),
    ...options.map((option) => `${at} ${optionWords(option)}`),
    ...(operand === undefined ? [] : operandLines(at, operand.value)),
  ];
}

function isPrefix(path: readonly string[], longer: readonly string[]): boolean {
  return path.every((word, index) => longer[index] === word);
}

function optionWords({ long, short, description, value }: OutlinedOption): string {
  const names = [...(short === undefined ? [] : [`-s ${short.slice(1)}`]), `-l ${long.slice(2)}`];
  return [...names, ...(value === undefined ? [] : [`-r ${valueWords(value)}`]), `-d ${quoted(description)}`].join(" ");
}

function operandLines(at: string, value: ValueKind): readonly string[] {
  return value.kind === "anything" ? [] : [`${at} ${valueWords(value)}`];
}

function valueWords(value: ValueKind): string {
  switch (value.kind) {
    case "words":
      return `-f -a ${quoted(value.words.join(" "))}`;
    case "files":
      return "-F";
    case "folders":
      return "-f -a '(__fish_complete_directories)'";
    case "anything":
      return "-f";
    case "runs":
    case "sets":
    case "proposals":
      return `-f -a '(__answerkey_${value.kind})'`;
    default:
      return value satisfies never;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", String.raw`\'`)}'`;
}

const WALK = String.raw`
# True where the words so far lead to the command that is named, and no further.
function __answerkey_at
    set -l at
    for word in (commandline -opc)[2..-1]
        contains -- $word (__answerkey_commands $at); and set at $at $word
    end
    test "$at" = "$argv"
end

function __answerkey_runs
    for path in outputs/runs/*/
        string replace -r '.*/([^/]+)/$' '$1' $path
    end
end

function __answerkey_sets
    for path in outputs/grades/*/
        string replace -r '.*/([^/]+)/$' '$1' $path
    end
end

function __answerkey_proposals
    for path in outputs/proposals/**.md
        string replace -r '.*/([^/]+)\.md$' '$1' $path
    end
end
`;
