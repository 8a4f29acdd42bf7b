import { type Command, Option } from "commander";
import { asking } from "./program-model.ts";
import { queueing } from "./program-queue.ts";
import { command, type Handler } from "../command.ts";

/** `fill` and `resume`. */
export function addFilling(program: Command, handle: Handler): void {
  addFill(program, handle);
  addResume(program, handle);
}

function addFill(program: Command, handle: Handler): void {
  queueing(
    asking(
      command(
        program,
        "fill [paths...]",
        "draft an answer for every unfilled question, as proposals to review",
        handle,
      ),
    ),
  )
    .option("--style <file>", "house style file (default: learned from the bank)")
    .option("--sample <number>", "a pilot: this many questions, spread over the bank")
    .option("--limit <number>", "stop after this many questions")
    .option("--only <ids...>", "only these questions (ids as audit, review and summaries show them)")
    .option("--states <states...>", "states to fill (default: placeholder empty metadata-only)")
    .addOption(
      new Option("--retry <outcomes...>", "draft again what ended so in the last run").choices([
        "refused",
        "truncated",
        "filtered",
        "invalid",
        "api_error",
      ]),
    )
    .option("--redo", "draft again although a proposal exists; the old one is kept as an earlier revision")
    .option("--no-critique", "skip the second look at each draft (half the requests, more doubt)")
    .option("--dry-run", "send nothing; print what would be sent and what it would cost")
    .option("--apply", "afterwards write the proposals without any flag into the bank")
    .addHelpText(
      "after",
      `
Examples:
  answerkey fill --provider offline                 no key, no network: drafts from your own notes
  answerkey fill --model gpt-5-mini --budget 2      stop before 2 dollars are passed
  answerkey fill --sample 20                        a pilot, to see quality and real cost
  answerkey fill --model gpt-5-mini --tier batch    half the price, within a day; answerkey resume takes it up
  answerkey fill --model gpt-5-mini --engine queue  answerkey worker does it, on as many machines as you like
  answerkey fill --base-url http://localhost:11434/v1 --model llama3.1
  answerkey fill --retry truncated api_error        only what failed`,
    );
}

function addResume(program: Command, handle: Handler): void {
  queueing(
    asking(
      command(
        program,
        "resume [run]",
        "take up an interrupted or stopped run where it stopped (default: the last)",
        handle,
      ),
    ),
  )
    .addOption(
      new Option("--finish <tier>", "end the batches in flight and send the rest at once").choices(["sync", "flex"]),
    )
    .option(
      "--resubmit-lost",
      "give up batches that the endpoint does not know any more, and send their requests again",
    )
    .addHelpText(
      "after",
      `
Examples:
  answerkey resume                     the last run, with the options it was started with
  answerkey resume --finish sync       a run that waits for a batch, without waiting any longer
  answerkey resume --budget 5          the same with more money: what was spent before counts`,
    );
}
