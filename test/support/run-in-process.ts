import { main } from "../../src/cli/main.ts";
import type { CliOptions, CliResult } from "./run-cli.ts";

/** As `runCli`, from the sources and without a process of its own: for many short commands. */
export async function runInProcess(args: readonly string[], { cwd }: Pick<CliOptions, "cwd">): Promise<CliResult> {
  const written = { out: "", err: "" };
  const sinkOf = (name: keyof typeof written) => ({ write: (text: string) => void (written[name] += text) });
  const code = await main(args, {
    folder: cwd,
    streams: { out: sinkOf("out"), err: sinkOf("err"), in: process.stdin },
    signal: new AbortController().signal,
  });
  return { code, ...written };
}
