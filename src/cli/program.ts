import { Command, Option } from "commander";

/** What a command line comes to: the command's name, its positional arguments and its flags, all still unchecked. */
export interface Invocation {
  readonly command: string;
  readonly operands: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

export type Handler = (invocation: Invocation) => Promise<void>;

/** Builds the command line. It only parses: every command is handed to `handle`, so tests can look at what arrives. */
export function createProgram(version: string, handle: Handler): Command {
  const program = new Command("answerkey")
    .description("Fill banks of questions kept as markdown, review what was drafted, write back only what you accept.")
    .version(version, "-V, --version")
    .showHelpAfterError("(add --help for what it takes)")
    .helpCommand(false)
    .addHelpText("after", OVERVIEW);
  addStatus(program, handle);
  addAudit(program, handle);
  addFill(program, handle);
  addResume(program, handle);
  addReview(program, handle);
  addApply(program, handle);
  return program;
}

const OVERVIEW = `
Examples:
  answerkey status                     what is filled and what is not, under questions/
  answerkey fill --dry-run             what a run would send and cost; nothing is sent
  answerkey fill                       draft an answer for every unfilled question
  answerkey review                     go through the drafts one by one
  answerkey apply                      write the accepted ones into the bank

Exit codes: 0 done, nothing open · 1 done, but items failed or wait for you · 2 could not run ·
75 stopped, resume goes on · 130 interrupted`;

function addStatus(program: Command, handle: Handler): void {
  command(
    program,
    "status [paths...]",
    "show questions, filled, unfilled by state, and proposals, per file",
    handle,
  ).addHelpText(
    "after",
    `
Examples:
  answerkey status                     every bank under questions/
  answerkey status docs/interview      another folder
  answerkey status --json | jq .totals`,
  );
}

function addAudit(program: Command, handle: Handler): void {
  command(
    program,
    "audit [paths...]",
    "find duplicates, conflicting answers, numbering faults, glued words, stubs",
    handle,
  )
    .addOption(
      new Option("--fail-on <severity>", "exit 1 from this severity on")
        .choices(["error", "warning", "info"])
        .default("warning"),
    )
    .addHelpText(
      "after",
      `
Examples:
  answerkey audit                      every finding, with file and line
  answerkey audit --fail-on error      for a CI job that tolerates warnings`,
    );
}

function addFill(program: Command, handle: Handler): void {
  drafting(
    command(program, "fill [paths...]", "draft an answer for every unfilled question, as proposals to review", handle),
  )
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
  answerkey fill --base-url http://localhost:11434/v1 --model llama3.1
  answerkey fill --retry truncated api_error        only what failed`,
    );
}

function addResume(program: Command, handle: Handler): void {
  drafting(
    command(
      program,
      "resume [run]",
      "take up an interrupted or stopped run where it stopped (default: the last)",
      handle,
    ),
  ).addHelpText(
    "after",
    `
Examples:
  answerkey resume                     the last run, with the options it was started with
  answerkey resume --budget 5          the same with more money: what was spent before counts`,
  );
}

function addReview(program: Command, handle: Handler): void {
  const review = command(
    program,
    "review [paths...]",
    "go through the proposals, one card at a time",
    handle,
  ).addHelpText(
    "after",
    `
Examples:
  answerkey review                                  one card at a time
  answerkey review list --json                      for scripts
  answerkey review accept --all --by "Ada"          every clean proposal without a flag
  answerkey review reject q-0123456789ab --reason "wrong topic"
  answerkey review undo --all                       take back every decision, also applied ones`,
  );
  command(review, "list [paths...]", "list proposals with their state", handle)
    .option("--flag <flag>", "only those with this flag")
    .addHelpText(
      "after",
      `
Examples:
  answerkey review list                             what waits, what is doubtful
  answerkey review list --flag low-confidence       only those with one flag
  answerkey review list --json | jq -r .items[].id`,
    );
  command(review, "show <id>", "show one proposal: question, diff, provenance", handle).addHelpText(
    "after",
    `
Examples:
  answerkey review show q-0123456789ab`,
  );
  addDecisions(review, handle);
  command(
    review,
    "check",
    "gate for CI: verifies proposals and the decision log; exit 1 while something is open",
    handle,
  ).addHelpText(
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
    .addHelpText(
      "after",
      `
Examples:
  answerkey review accept q-0123456789ab            one, whatever its flags
  answerkey review accept --all --by "Ada"          every clean one without a flag`,
    );
  decision(command(review, "reject [ids...]", "reject proposals", handle))
    .option("--all", "every pending proposal")
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
    .addHelpText(
      "after",
      `
Examples:
  answerkey review undo q-0123456789ab              accepted or rejected by mistake
  answerkey review undo --all                       back to where nothing was decided`,
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

function command(parent: Command, usage: string, description: string, handle: Handler): Command {
  const added = parent.command(usage).description(description);
  const name = parent.parent === null ? added.name() : `${parent.name()} ${added.name()}`;
  return added
    .option("--json", "one JSON document on stdout, everything else on stderr")
    .option("--quiet", "errors and results only")
    .option("--config <file>", "configuration file (default: answerkey.config.yaml here or above)")
    .showHelpAfterError("(add --help for what it takes)")
    .action(async () => {
      await handle({ command: name, operands: added.args, options: added.optsWithGlobals() });
    });
}

function drafting(added: Command): Command {
  return added
    .addOption(
      new Option("--provider <name>", "who drafts (default: auto)").choices(["auto", "openai", "offline", "recorded"]),
    )
    .option("--model <name>", "model to ask")
    .option("--base-url <url>", "OpenAI-compatible endpoint")
    .addOption(new Option("--api <kind>", "API of the endpoint (default: auto)").choices(["auto", "responses", "chat"]))
    .addOption(new Option("--tier <tier>", "price lane (default: sync)").choices(["sync", "flex"]))
    .option("--recording <run>", "with --provider recorded: the run whose replies are replayed")
    .option("--prompts <folder>", "your own prompts (default: prompts/ here, else the packaged ones)")
    .option("--style <file>", "house style file (default: learned from the bank)")
    .option("--concurrency <number>", "most requests at once; the tool finds how many work (default: 64)")
    .option("--rpm <number>", "requests a minute, if the endpoint does not say")
    .option("--tpm <number>", "tokens a minute, if the endpoint does not say")
    .option("--max-wait <seconds>", "longest rate-limit wait before stopping resumable (default: 600)")
    .option("--timeout <seconds>", "longest wait for one reply (default: 600)")
    .option("--budget <dollars>", "never spend more than this");
}

function decision(added: Command): Command {
  return added
    .option("--by <name>", "who decides, for the log (default: git user.email, else the system user)")
    .option("--reason <text>", "why, for the log");
}
