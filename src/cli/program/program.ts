import { Command } from "commander";
import { command, type Handler } from "../command.ts";
import { addAuditing } from "./program-audit.ts";
import { addComparing } from "./program-diff.ts";
import { addExporting } from "./program-export.ts";
import { addFilling } from "./program-fill.ts";
import { addGrading } from "./program-grade.ts";
import { addProject, addShell } from "./program-project.ts";
import { addQueue } from "./program-queue.ts";
import { addReviewing } from "./program-review.ts";

/** Builds the command line. It only parses: every command is handed to `handle`, so tests can look at what arrives. */
export function createProgram(version: string, handle: Handler): Command {
  const program = new Command("answerkey")
    .description(
      "Fill banks of questions kept as markdown, review what was drafted, and grade answers against rubrics.",
    )
    .version(version, "-V, --version")
    .showHelpAfterError("(add --help for what it takes)")
    .helpCommand(false)
    .addHelpText("after", OVERVIEW);
  addProject(program, handle);
  addStatus(program, handle);
  addAuditing(program, handle);
  addFilling(program, handle);
  addReviewing(program, handle);
  addComparing(program, handle);
  addGrading(program, handle);
  addQueue(program, handle);
  addExporting(program, handle);
  addShell(program, handle);
  return program;
}

const OVERVIEW = `
Examples:
  answerkey init                       set a project up, with your banks or with an example
  answerkey status                     what is filled and what is not, under questions/
  answerkey fill --dry-run             what a run would send and cost; nothing is sent
  answerkey fill                       draft an answer for every unfilled question
  answerkey review                     go through the drafts one by one
  answerkey apply                      write the accepted ones into the bank
  answerkey grade candidates/          grade candidates' answers against rubrics
  answerkey export --to html --out guide.html   a page to learn from

Exit codes: 0 done, nothing open · 1 done, but items failed or wait for you · 2 could not run ·
75 stopped, resume goes on · 130 interrupted`;

function addStatus(program: Command, handle: Handler): void {
  command(
    program,
    "status [paths...]",
    "show questions, filled, unfilled by state, and proposals, per file; how grades stand; runs to go on with",
    handle,
  ).addHelpText(
    "after",
    `
Examples:
  answerkey status                     every bank under questions/
  answerkey status docs/interview      another folder
  answerkey status --json | jq .totals
  answerkey status --json | jq '.grades[].states'`,
  );
}
