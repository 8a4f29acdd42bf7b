#!/usr/bin/env node
const interruption = new AbortController();
// Once: a second Ctrl-C meets the default handler and ends the process at once.
process.once("SIGINT", () => interruption.abort());
process.once("SIGTERM", () => interruption.abort());
// A reader that closes early, as `| head` does, is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

try {
  // Bundled, this file stands one folder above all others, which find the package's own files from where they are.
  const { main } = await import("./cli/main.ts");
  process.exitCode = await main(process.argv.slice(2), {
    folder: process.cwd(),
    streams: { out: process.stdout, err: process.stderr, in: process.stdin },
    signal: interruption.signal,
  });
} catch (error) {
  process.exitCode = 2;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`answerkey: this is a bug in answerkey, not in your files. Please report it with:\n${stack}\n`);
}
