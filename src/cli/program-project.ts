import { Argument, type Command } from "commander";
import { command, type Handler } from "./command.ts";

/** `init`: from nothing to a project. */
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
