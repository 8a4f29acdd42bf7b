import type { OutlinedCommand, ValueKind } from "./reference-outline.ts";

/**
 * A completion script for bash, from 3.2 on. All it knows stands in it, so that a TAB starts no other program; names of runs,
 * sets and proposals are read from the project's folders, and only harmless ones are offered.
 */
export function bashCompletion(commands: readonly OutlinedCommand[]): string {
  return `# bash completion of answerkey. Load it with: source <(answerkey completion bash)

__answerkey_commands() {
  case "$1" in
${commands.map(({ path, subcommands }) => arm(path, `REPLY=${quoted(subcommands.join(" "))}`)).join("\n")}
    *) REPLY='' ;;
  esac
}

__answerkey_options() {
  case "$1" in
${commands.map(({ path, options }) => arm(path, `REPLY=${quoted(options.map(({ long }) => long).join(" "))}`)).join("\n")}
    *) REPLY='' ;;
  esac
}

# How many values an option takes, and of which kind.
__answerkey_value() {
  case "$1" in
${commands.flatMap(valueArms).join("\n")}
    *) REPLY='' ;;
  esac
}

__answerkey_operand() {
  case "$1" in
${commands.flatMap(operandArm).join("\n")}
    *) REPLY='' ;;
  esac
}
${WALK}`;
}

function arm(path: readonly string[], deed: string): string {
  return `    ${quoted(path.join(" "))}) ${deed} ;;`;
}

function valueArms({ path, options }: OutlinedCommand): readonly string[] {
  return options.flatMap(({ long, short, value, takesMany }) => {
    if (value === undefined) return [];
    const names = [long, ...(short === undefined ? [] : [short])].map((name) =>
      quoted([...path, name].join(" ").trim()),
    );
    return [`    ${names.join("|")}) REPLY=${quoted(`${takesMany ? "many" : "one"} ${words(value)}`)} ;;`];
  });
}

function operandArm({ path, operands: [first] }: OutlinedCommand): readonly string[] {
  return first === undefined ? [] : [arm(path, `REPLY=${quoted(words(first.value))}`)];
}

function words(value: ValueKind): string {
  return value.kind === "words" ? `words ${value.words.join(" ")}` : value.kind;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

// Names from disk are never given to compgen -W, which would run what stands in them.
const WALK = String.raw`
__answerkey_add() {
  local name
  for name in "$@"; do
    [[ $name == "$cur"* && $name =~ ^[A-Za-z0-9._-]+$ ]] && COMPREPLY+=("$name")
  done
}

__answerkey_offer() {
  local kind=$1 path
  shift
  case $kind in
    words) COMPREPLY+=($(compgen -W "$*" -- "$cur")) ;;
    files) return ;;
    folders) compopt -o dirnames +o default 2>/dev/null; return ;;
    runs) for path in outputs/runs/*/; do path=${"$"}{path%/}; __answerkey_add "${"$"}{path##*/}"; done ;;
    sets) for path in outputs/grades/*/; do path=${"$"}{path%/}; __answerkey_add "${"$"}{path##*/}"; done ;;
    proposals)
      while IFS= read -r path; do
        path=${"$"}{path##*/}
        __answerkey_add "${"$"}{path%.md}"
      done < <(find outputs/proposals -type f -name '*.md' 2>/dev/null)
      ;;
  esac
  compopt +o default 2>/dev/null
}

_answerkey() {
  local cur=${"$"}{COMP_WORDS[COMP_CWORD]} at='' option='' given=0 ended=0 word i REPLY
  COMPREPLY=()
  [[ $cur == = ]] && cur=''
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${"$"}{COMP_WORDS[i]}
    case $word in
      =) continue ;;
      --) ended=1 option='' ;;
      -*) option=$word given=0 ;;
      *)
        __answerkey_value "${"$"}{at:+$at }$option"
        if [[ $REPLY == many\ * || ($REPLY == one\ * && $given -eq 0) ]]; then
          given=$((given + 1))
          continue
        fi
        __answerkey_commands "$at"
        [[ $ended -eq 0 && " $REPLY " == *" $word "* ]] && at=${"$"}{at:+$at }$word
        option=''
        ;;
    esac
  done
  if [[ $cur == -* && $ended -eq 0 ]]; then
    __answerkey_options "$at"
    COMPREPLY=($(compgen -W "$REPLY" -- "$cur"))
    return
  fi
  __answerkey_value "${"$"}{at:+$at }$option"
  if [[ -n $option && ($REPLY == many\ * || ($REPLY == one\ * && $given -eq 0)) ]]; then
    __answerkey_offer ${"$"}{REPLY#* }
    return
  fi
  __answerkey_commands "$at"
  [[ $ended -eq 0 ]] && COMPREPLY=($(compgen -W "$REPLY" -- "$cur"))
  __answerkey_operand "$at"
  if [[ -n $REPLY ]]; then __answerkey_offer $REPLY; else compopt +o default 2>/dev/null; fi
}

complete -o default -F _answerkey answerkey
`;
