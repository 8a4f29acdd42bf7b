import type { Command } from "commander";
import { command, type Handler } from "../command.ts";
import { pageOptions } from "./program-review.ts";

/** `diff`: what changed between two runs, revisions or sets of grades. */
export function addComparing(program: Command, handle: Handler): void {
  pageOptions(
    command(
      program,
      "diff <before> <after>",
      "compare two runs, two revisions of a draft, or two sets of grades",
      handle,
    ).option("--web", "in a page of this machine's browser"),
  ).addHelpText(
    "after",
    `
Examples:
  answerkey diff 2030-01-02t03-04-05z 2030-01-03t03-04-05z   what two runs of fill drafted
  answerkey diff q-0123456789ab@r1 q-0123456789ab@r2         two revisions of one draft
  answerkey diff round-1 round-2                             which marks moved, and by how much
  answerkey diff round-1 round-2 --json | jq .grades.marks`,
  );
}
