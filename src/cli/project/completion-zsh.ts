import type { OutlinedCommand, ValueKind } from "./reference-outline.ts";

/** A completion script for zsh, with descriptions; to be loaded by `source` or from a folder of `fpath`. */
export function zshCompletion(commands: readonly OutlinedCommand[]): string {
  const descriptions = new Map(commands.map(({ path, description }) => [path.join(" "), description]));
  return `#compdef answerkey
# zsh completion of answerkey. Load it with: source <(answerkey completion zsh)

__answerkey_commands() {
  case "$1" in
${commands
  .map(({ path, subcommands }) =>
    arm(
      path,
      described(subcommands, (name) => descriptions.get([...path, name].join(" ")) ?? ""),
    ),
  )
  .join("\n")}
    *) reply=() ;;
  esac
}

__answerkey_options() {
  case "$1" in
${commands.map(({ path, options }) => arm(path, `reply=(${options.map(({ long, description }) => pair(long, description)).join(" ")})`)).join("\n")}
    *) reply=() ;;
  esac
}

# How many values an option takes, and of which kind.
__answerkey_value() {
  case "$1" in
${commands.flatMap(valueArms).join("\n")}
    *) reply=() ;;
  esac
}

__answerkey_operand() {
  case "$1" in
${commands.flatMap(operandArm).join("\n")}
    *) reply=() ;;
  esac
}
${WALK}`;
}

function arm(path: readonly string[], deed: string): string {
  return `    ${quoted(path.join(" "))}) ${deed} ;;`;
}

function described(names: readonly string[], descriptionOf: (name: string) => string): string {
  return `reply=(${names.map((name) => pair(name, descriptionOf(name))).join(" ")})`;
}

/** As `_describe` reads it: a colon parts the word from what is said of it. */
function pair(word: string, description: string): string {
  return quoted(`${word.replaceAll(":", String.raw`\:`)}:${description}`);
}

function valueArms({ path, options }: OutlinedCommand): readonly string[] {
  return options.flatMap(({ long, short, value, takesMany }) => {
    if (value === undefined) return [];
    const names = [long, ...(short === undefined ? [] : [short])].map((name) =>
      quoted([...path, name].join(" ").trim()),
    );
    return [`    ${names.join("|")}) reply=(${takesMany ? "many" : "one"} ${words(value)}) ;;`];
  });
}

function operandArm({ path, operands: [first] }: OutlinedCommand): readonly string[] {
  return first === undefined ? [] : [arm(path, `reply=(${words(first.value)})`)];
}

function words(value: ValueKind): string {
  return value.kind === "words" ? ["words", ...value.words.map(quoted)].join(" ") : value.kind;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

const WALK = String.raw`
__answerkey_offer() {
  local kind=$1
  local -a found
  shift
  case $kind in
    words) compadd -- "$@" ;;
    files) _files ;;
    folders) _files -/ ;;
    runs) found=(outputs/runs/*(N/:t)); compadd -a found ;;
    sets) found=(outputs/grades/*(N/:t)); compadd -a found ;;
    proposals) found=(outputs/proposals/**/*.md(N.:t:r)); compadd -a found ;;
    *) _message 'a value' ;;
  esac
}

_answerkey() {
  local at='' option='' word i
  local -i given=0 ended=0
  local -a reply
  for ((i = 2; i < CURRENT; i++)); do
    word=${"$"}{words[i]}
    case $word in
      --) ended=1; option='' ;;
      --*=*) option='' ;;
      -*) option=$word; given=0 ;;
      *)
        __answerkey_value "${"$"}{at:+$at }$option"
        if [[ ${"$"}{reply[1]} == many || (${"$"}{reply[1]} == one && $given -eq 0) ]]; then
          given+=1
          continue
        fi
        __answerkey_commands "$at"
        [[ $ended -eq 0 && -n ${"$"}{(M)reply:#$word:*} ]] && at=${"$"}{at:+$at }$word
        option=''
        ;;
    esac
  done
  word=${"$"}{words[CURRENT]}
  if [[ $ended -eq 0 && $word == --*=* ]]; then
    __answerkey_value "${"$"}{at:+$at }${"$"}{word%%=*}"
    compset -P '*='
    (( $#reply )) && __answerkey_offer "${"$"}{(@)reply[2,-1]}"
    return
  fi
  if [[ $ended -eq 0 && $word == -* ]]; then
    __answerkey_options "$at"
    _describe -o option reply
    return
  fi
  __answerkey_value "${"$"}{at:+$at }$option"
  if [[ -n $option && (${"$"}{reply[1]} == many || (${"$"}{reply[1]} == one && $given -eq 0)) ]]; then
    __answerkey_offer "${"$"}{(@)reply[2,-1]}"
    return
  fi
  if [[ $ended -eq 0 ]]; then
    __answerkey_commands "$at"
    (( $#reply )) && _describe -t commands command reply
  fi
  __answerkey_operand "$at"
  (( $#reply )) && __answerkey_offer "${"$"}{(@)reply}"
}

if [[ ${"$"}{funcstack[1]} == _answerkey ]]; then
  _answerkey "$@"
else
  compdef _answerkey answerkey
fi
`;
