import { type Command, Option } from "commander";
import { command, type Handler } from "../command.ts";

/** Flags of what can be worked on by other machines. */
export function queueing(added: Command): Command {
  return added
    .addOption(
      new Option("--engine <engine>", "where the items are worked on (default: local)").choices(["local", "queue"]),
    )
    .option("--database <url>", "with --engine queue: PostgreSQL (default: ANSWERKEY_DATABASE_URL)");
}

/** `worker` and `runs` with its subcommands. */
export function addQueue(program: Command, handle: Handler): void {
  addWorker(program, handle);
  addRuns(program, handle);
}

function addWorker(program: Command, handle: Handler): void {
  command(program, "worker", "work on the jobs of runs that were started with --engine queue", handle)
    .option("--database <url>", "PostgreSQL with the queue (default: ANSWERKEY_DATABASE_URL)")
    .option("--base-url <url>", "the endpoint that this worker asks; runs for another are left alone")
    .option("--model <name>", "take only runs that ask this model")
    .option("--concurrency <number>", "most jobs at once (default: 64)")
    .option("--grace <seconds>", "time for jobs under way when told to stop; then they are given back (default: 25)")
    .option("--name <name>", "as others see it (default: host and process)")
    .option("--drain", "end when nothing is left to do")
    .option("--log-file <file>", "append what happens as lines of JSON, without any texts")
    .addHelpText(
      "after",
      `
It needs no project folder: prompts, questions and settings come with the job. Its key is its own, from OPENAI_API_KEY.

Examples:
  answerkey worker                     the database from ANSWERKEY_DATABASE_URL, until Ctrl-C or SIGTERM
  answerkey worker --base-url http://localhost:11434/v1 --concurrency 4
  answerkey worker --drain             for a scheduler that starts workers when there is work`,
    );
}

function addRuns(program: Command, handle: Handler): void {
  const runs = database(command(program, "runs", "list runs with their progress and cost", handle)).addHelpText(
    "after",
    `
Examples:
  answerkey runs                       runs of this project, and all of the queue where a database is named
  answerkey runs --json | jq '.runs[] | select(.state == "open")'`,
  );
  database(command(runs, "show <run>", "progress and cost of one run", handle)).addHelpText(
    "after",
    `
Examples:
  answerkey runs show 2026-11-23t10-12-04z            a run of this project, local or on the queue
  answerkey runs show 2026-11-23t10-12-04z-0a1b2c     from any machine, with the name that the run printed`,
  );
  database(
    command(runs, "cancel <run>", "take a run on the queue back; what was paid for is kept", handle),
  ).addHelpText(
    "after",
    `
Examples:
  answerkey runs cancel 2026-11-23t10-12-04z          answerkey resume goes on with it`,
  );
  database(command(runs, "redrive <run>", "send the dead letters of a run once more", handle)).addHelpText(
    "after",
    `
Examples:
  answerkey runs redrive 2026-11-23t10-12-04z         then: answerkey resume takes in what comes of it`,
  );
  database(
    command(runs, "forget <run>", "take a run out of the database, its texts and replies with it", handle),
  ).addHelpText(
    "after",
    `
Examples:
  answerkey runs forget 2026-11-23t10-12-04z-0a1b2c   once its results are taken in; jobs that another run has stay`,
  );
}

function database(added: Command): Command {
  return added.option("--database <url>", "PostgreSQL with the queue (default: ANSWERKEY_DATABASE_URL)");
}
