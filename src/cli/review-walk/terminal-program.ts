import { spawnSync } from "node:child_process";

/**
 * Runs a command line of the user's, such as `code --wait`, on files, with our standard streams; this process stands still
 * meanwhile. A shell splits the command line, as version control does it; the files do not pass through the shell.
 *
 * @param waitsForKey for a program that prints and ends: Enter comes back from it.
 * @returns its exit code, -1 where it has none.
 */
export function runProgram(commandLine: string, files: readonly string[], waitsForKey: boolean): number {
  return withoutInterrupts(() => {
    const result =
      process.platform === "win32"
        ? spawnSync(`${commandLine} ${files.map((file) => `"${file}"`).join(" ")}${waitsForKey ? " & pause" : ""}`, {
            stdio: "inherit",
            shell: true,
          })
        : spawnSync("/bin/sh", ["-c", `${commandLine} "$@"${waitsForKey ? WAIT : ""}`, commandLine, ...files], {
            stdio: "inherit",
          });
    return result.status ?? -1;
  });
}

const WAIT = `; status=$?; printf '\\nEnter goes back to the review '; read -r _; exit $status`;
/** Until then a Ctrl-C that was meant for the program has reached us. */
const SETTLE_MS = 50;

function ignore(): void {}

/** Ctrl-C while another program has the terminal is that program's. Our own listeners are all there for one time only. */
function withoutInterrupts<Result>(work: () => Result): Result {
  const listeners = process.listeners("SIGINT");
  process.removeAllListeners("SIGINT").on("SIGINT", ignore);
  try {
    return work();
  } finally {
    setTimeout(() => {
      process.off("SIGINT", ignore);
      for (const listener of listeners) process.once("SIGINT", listener);
    }, SETTLE_MS);
  }
}
