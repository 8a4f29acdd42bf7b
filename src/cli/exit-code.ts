import { EXIT, type ExitCode } from "../core/errors.ts";

/** What a command's end comes to, in the terms that decide its exit code. */
export interface CommandResult {
  /** Items that failed, or wait for a person. */
  readonly open: number;
  /** Stopped by a budget, a long rate limit or a waiting batch: `resume` goes on. */
  readonly resumable?: boolean | undefined;
  readonly interrupted?: boolean | undefined;
  /** Nothing could be done: credentials, quota, endpoint. */
  readonly couldNotRun?: boolean | undefined;
}

export const DONE: CommandResult = { open: 0 };

export function exitCodeOf(result: CommandResult): ExitCode {
  if (result.interrupted === true) return EXIT.interrupted;
  if (result.couldNotRun === true) return EXIT.couldNotRun;
  if (result.resumable === true) return EXIT.resumable;
  return result.open > 0 ? EXIT.open : EXIT.done;
}
