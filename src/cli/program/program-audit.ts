import { type Command, Option } from "commander";
import { command, type Handler } from "../command.ts";
import { asking } from "./program-model.ts";

/** `audit` with its subcommands. */
export function addAuditing(program: Command, handle: Handler): void {
  const audit = command(
    program,
    "audit [paths...]",
    "find duplicates, conflicting answers, numbering faults, glued words, stubs",
    handle,
  )
    .addOption(
      new Option(
        "--fail-on <severity>",
        "exit 1 from this severity on (default: warning; with --since: error)",
      ).choices(["error", "warning", "info"]),
    )
    .option("--fix", "propose repairs for what a rule can put right; review and apply take it from there")
    .option("--rules <names>", "with --fix: glue,totals,contents,links (default: all but links)")
    .option("--dry-run", "with --fix: show the repairs, write no proposal")
    .addOption(
      new Option(
        "--since <revision>",
        "what became of questions and answers since a git revision, or between two: a..b",
      ).conflicts("fix"),
    )
    .addHelpText(
      "after",
      `
Examples:
  answerkey audit                      every finding, with file and line
  answerkey audit --fail-on error      for a CI job that tolerates warnings
  answerkey audit --fix                propose repairs: glued words, wrong totals, tables of contents
  answerkey audit --fix --rules links  link questions without an answer to the same question with one
  answerkey audit --since main         exit 1 where a question or an answer was lost on the way here
  answerkey audit --since v1..v2 --json
  answerkey audit conflicts            questions that are answered in more than one way, side by side
  answerkey audit answers --sample 10  have a model look for mistakes in the answers there are`,
    );
  addConflicts(audit, handle);
  addAnswers(audit, handle);
}

function addConflicts(audit: Command, handle: Handler): void {
  command(
    audit,
    "conflicts [paths...]",
    "show questions that are answered in more than one way, side by side",
    handle,
  ).addHelpText(
    "after",
    `
Examples:
  answerkey audit conflicts
  answerkey audit conflicts --json | jq .conflicts[].id`,
  );
}

function addAnswers(audit: Command, handle: Handler): void {
  asking(
    command(
      audit,
      "answers [paths...]",
      "check the answers there are with the critique prompt; propose corrections, as diffs to review",
      handle,
    ),
  )
    .option("--style <file>", "house style file (default: learned from the bank)")
    .option("--sample <number>", "a pilot: this many answers, spread over the bank")
    .option("--limit <number>", "stop after this many answers")
    .option("--only <ids...>", "only these questions (ids as audit, review and summaries show them)")
    .option("--redo", "check again although a correction waits or was rejected; it is kept as an earlier revision")
    .option("--dry-run", "send nothing; print what would be sent and what it would cost")
    .addHelpText(
      "after",
      `
Examples:
  answerkey audit answers --sample 20 --model gpt-5-mini --budget 1
  answerkey audit answers questions/llmops          one folder
  answerkey audit answers --provider offline        no key, no network: compares words with your notes, proposes nothing
  answerkey resume                                  goes on with a run that was stopped`,
    );
}
