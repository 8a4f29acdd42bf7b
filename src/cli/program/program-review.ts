import { type Command, Option } from "commander";
import { command, type Handler } from "../command.ts";

/** `review` with its subcommands, and `apply`. */
export function addReviewing(program: Command, handle: Handler): void {
  addReview(program, handle);
  addApply(program, handle);
}

function addReview(program: Command, handle: Handler): void {
  const review = pageOptions(
    command(program, "review [paths...]", "go through the proposals, one card at a time", handle)
      .addOption(filterOption())
      .option("--sort <order>", "file, confidence, cost or length")
      .option("--web", "in a page of this machine's browser instead, with grades as well"),
  ).addHelpText(
    "after",
    `
Examples:
  answerkey review                                  one card at a time; ? shows the keys
  answerkey review --filter "state=conflict,stale conf<0.6" --sort confidence
  answerkey review --web                            the same in the browser, and grades
  answerkey review list --json                      for scripts
  answerkey review accept --all --by "Ada"          every clean proposal without a flag
  answerkey review reject q-0123456789ab --reason "wrong topic"
  answerkey review undo --all                       take back every decision, also applied ones`,
  );
  command(review, "list [paths...]", "list proposals with their state", handle)
    .addOption(filterOption())
    .option("--sort <order>", "file, confidence, cost or length")
    .option("--flag <flag>", "only those with this flag")
    .addHelpText(
      "after",
      `
Examples:
  answerkey review list                             what waits, what is doubtful
  answerkey review list --flag low-confidence       only those with one flag
  answerkey review list --filter "state=conflict,stale conf<0.6"
  answerkey review list --json | jq -r .items[].id`,
    );
  command(review, "show <id>", "show one proposal: question, diff, provenance", handle).addHelpText(
    "after",
    `
Examples:
  answerkey review show q-0123456789ab`,
  );
  addDecisions(review, handle);
  const gate = "gate for CI: verifies proposals and the decision log; exit 1 while something is open";
  command(review, "check", gate, handle)
    .addOption(filterOption())
    .addHelpText(
      "after",
      `
Examples:
  answerkey review check                            in CI, after proposals were committed
  answerkey review check --json | jq .gate`,
    );
}

function addDecisions(review: Command, handle: Handler): void {
  decision(command(review, "accept [ids...]", "accept proposals; apply writes them later", handle))
    .option("--all", "every clean proposal without a flag")
    .option("--despite <flags...>", "with --all: those too that have no flags but these")
    .addOption(filterOption())
    .addHelpText(
      "after",
      `
Examples:
  answerkey review accept q-0123456789ab            one, whatever its flags
  answerkey review accept --all --by "Ada"          every clean one without a flag
  answerkey review accept --all --filter file=locks
  answerkey review accept --all --despite low-confidence   rubrics drafted offline too, after a look at them`,
    );
  decision(command(review, "reject [ids...]", "reject proposals", handle))
    .option("--all", "every pending proposal")
    .addOption(filterOption())
    .option("--redo", "queue them for another draft; the reason is given to the model")
    .addHelpText(
      "after",
      `
Examples:
  answerkey review reject q-0123456789ab --reason "wrong topic"
  answerkey review reject q-0123456789ab --redo --reason "say what it costs"`,
    );
  decision(
    command(
      review,
      "undo [ids...]",
      "take back the last decision on each; applied answers leave the bank again",
      handle,
    ),
  )
    .option("--all", "every decision")
    .addOption(filterOption())
    .addHelpText(
      "after",
      `
Examples:
  answerkey review undo q-0123456789ab              accepted or rejected by mistake
  answerkey review undo --all                       back to where nothing was decided`,
    );
}

/** How the review page is opened; `diff --web` opens the same one. */
export function pageOptions(added: Command): Command {
  return (
    added
      .option("--port <number>", "with --web: a port of your choice")
      // Without it the next one would be set also where it is not given.
      .addOption(new Option("--open").hideHelp())
      .option("--no-open", "with --web: print the address and open no browser")
      .option("--by <name>", "who decides, for the log (default: git user.email, else the system user)")
  );
}

function addApply(program: Command, handle: Handler): void {
  command(program, "apply [paths...]", "write accepted proposals into the bank, changing no other byte", handle)
    .option("--dry-run", "print the unified diff, write nothing")
    .option("--by <name>", "who applies, for the decision log")
    .addHelpText(
      "after",
      `
Examples:
  answerkey apply --dry-run            the diff, as git would show it
  answerkey apply`,
    );
}

/** May be given more than once. */
function filterOption(): Option {
  return new Option("--filter <terms>", "only these: file= state= model= flag= conf<0.6 run= text= kind=").argParser(
    oneMore,
  );
}

function oneMore(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function decision(added: Command): Command {
  return added
    .option("--by <name>", "who decides, for the log (default: git user.email, else the system user)")
    .option("--reason <text>", "why, for the log");
}
