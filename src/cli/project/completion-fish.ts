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

# How many values an option takes.
function __answerkey_values
    switch "$argv"
${(["one", "many"] as const).map((number) => valuesCase(commands, number)).join("\n")}
    end
end
${WALK}
complete -c answerkey -f
${commands.flatMap((each) => linesOf(each, commands)).join("\n")}
`;
}

function valuesCase(commands: readonly OutlinedCommand[], number: "one" | "many"): string {
  const names = commands.flatMap(({ path, options }) =>
    options
      .filter(({ value, takesMany }) => value !== undefined && takesMany === (number === "many"))
      .map(({ long }) => quoted([...path, long].join(" "))),
  );
  return `        case ${names.join(" ")}\n            echo ${number}`;
}

function linesOf(
  { path, options, operands: [operand] }: OutlinedCommand,
  commands: readonly OutlinedCommand[],
): readonly string[] {
  const where = (test: string): string => `complete -c answerkey -n ${quoted([test, ...path].join(" "))}`;
  const at = where("__answerkey_at");
  const next = where("__answerkey_next");
  const nested = commands.filter((each) => each.path.length === path.length + 1 && isPrefix(path, each.path));
  return [
    ...nested.map((each) => `${next} -a ${quoted(each.path.at(-1) ?? "")} -d ${quoted(each.description)}`),
    ...options.map((option) => `${at} ${optionWords(option)}`),
    ...options.flatMap(({ long, value, takesMany }) =>
      takesMany && value !== undefined ? furtherLines(where(`__answerkey_further ${long}`), value) : [],
    ),
    ...(operand === undefined ? [] : furtherLines(next, operand.value)),
  ];
}

function isPrefix(path: readonly string[], longer: readonly string[]): boolean {
  return path.every((word, index) => longer[index] === word);
}

function optionWords({ long, short, description, value }: OutlinedOption): string {
  const names = [...(short === undefined ? [] : [`-s ${short.slice(1)}`]), `-l ${long.slice(2)}`];
  return [...names, ...(value === undefined ? [] : [`-r ${valueWords(value)}`]), `-d ${quoted(description)}`].join(" ");
}

function furtherLines(at: string, value: ValueKind): readonly string[] {
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
# The command that the words so far lead to, and an option of it that takes more values.
function __answerkey_walk
    set -l at
    set -l option
    set -l takes
    for word in (commandline -opc)[2..-1]
        if string match -q -- '-*' $word
            set option $word
            set takes (__answerkey_values $at $word)
        else if test "$takes" = one
            set takes
        else if test "$takes" != many
            contains -- $word (__answerkey_commands $at); and set at $at $word
        end
    end
    echo "$at"
    test "$takes" = many; and echo $option
end

# True at the command that is named.
function __answerkey_at
    set -l walked (__answerkey_walk)
    test "$walked[1]" = "$argv"
end

# True at that command where no option takes more values.
function __answerkey_next
    set -l walked (__answerkey_walk)
    test "$walked[1]" = "$argv" -a (count $walked) -lt 2
end

# True where the option that is named first takes more values.
function __answerkey_further
    set -l walked (__answerkey_walk)
    test "$walked[1]" = "$argv[2..-1]" -a "$walked[2]" = "$argv[1]"
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
