import { type Command, Option } from "commander";

/** Flags of every command that asks a model. */
export function asking(added: Command): Command {
  return added
    .addOption(
      new Option("--provider <name>", "who is asked (default: auto)").choices([
        "auto",
        "openai",
        "local",
        "offline",
        "recorded",
      ]),
    )
    .option("--model <name>", "model to ask; with --provider local a GGUF file")
    .option("--base-url <url>", "OpenAI-compatible endpoint")
    .addOption(new Option("--api <kind>", "API of the endpoint (default: auto)").choices(["auto", "responses", "chat"]))
    .addOption(
      new Option(
        "--tier <tier>",
        "price lane (default: sync; batch pays from some 50 requests on, flex is slower and cheaper)",
      ).choices(["sync", "flex", "batch"]),
    )
    .option("--wait", "with --tier batch: stay until the batches are back, instead of ending with 75")
    .option("--batch-tokens <number>", "with --tier batch: most input tokens in flight at once")
    .option("--recording <run>", "with --provider recorded: the run whose replies are replayed")
    .option("--prompts <folder>", "your own prompts (default: prompts/ here, else the packaged ones)")
    .option(
      "--concurrency <number>",
      "most requests at once; the tool finds how many work (default: 64; 1 for --provider local)",
    )
    .option("--rpm <number>", "requests a minute, if the endpoint does not say")
    .option("--tpm <number>", "tokens a minute, if the endpoint does not say")
    .option("--max-wait <seconds>", "longest rate-limit wait before stopping resumable (default: 600)")
    .option("--timeout <seconds>", "longest wait for one reply (default: 600; 1800 for flex)")
    .option("--budget <dollars>", "never spend more than this")
    .option("--log-file <file>", "append what happens as lines of JSON: requests, retries, waits, outcomes; no texts");
}
