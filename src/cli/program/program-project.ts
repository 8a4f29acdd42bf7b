import { Argument, type Command } from "commander";
import { command, type Handler } from "../command.ts";

/** `init` and `doctor`: from nothing to a project, and what is wrong with one. */
export function addProject(program: Command, handle: Handler): void {
  command(program, "init [dir]", "set a project up: finds banks and their layouts, writes a configuration", handle)
    .option("--yes", "write what is shown without asking, for scripts")
    .option("--dry-run", "show what would be written, and write nothing")
    .option("--example", "copy the shipped example bank, also where other files are")
    .option("--prompts", "copy the packaged prompts to prompts/, to be edited")
    .option("--gitignore", "add to .gitignore what must not be committed")
    .addHelpText(
      "after",
      `
Examples:
  answerkey init                       here: shows what it found and what it would write, then asks
  answerkey init interview --yes       a new folder with the example bank in it
  answerkey init --dry-run             only look
  answerkey init --json | jq .survey.groups`,
    );
  command(program, "doctor", "check this machine and this project, and say what to do about each fault", handle)
    .option("--online", "ask the endpoint of the configuration for its models; the key is sent there, nothing is paid")
    .addHelpText(
      "after",
      `
Examples:
  answerkey doctor                     exit 1 if anything fails; nothing is sent anywhere but to this machine
  answerkey doctor --online            also whether the endpoint takes the key and knows the model
  answerkey doctor --json | jq '.checks[] | select(.status != "ok")'`,
    );
}

/** `completion` and the hidden `reference`: the command line itself, for shells and for readers. */
export function addShell(program: Command, handle: Handler): void {
  command(program, "completion", "print a completion script for a shell", handle)
    .addArgument(new Argument("<shell>", "the shell").choices(["bash", "zsh", "fish"]))
    .addHelpText(
      "after",
      `
Examples:
  answerkey completion bash            source <(answerkey completion bash), in ~/.bashrc
  answerkey completion zsh             source <(answerkey completion zsh), in ~/.zshrc after compinit
  answerkey completion fish            answerkey completion fish | source, in ~/.config/fish/config.fish`,
    );
  command(program, "reference", "print every command, option, file and variable as markdown", handle, { hidden: true });
}
