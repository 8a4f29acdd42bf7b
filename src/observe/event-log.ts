import { closeSync, openSync, writeSync } from "node:fs";
import { UserError } from "../core/errors.ts";
import type { RunEvent } from "../core/events.ts";
import { logLine } from "./log-line.ts";
import type { Observer } from "./observer.ts";

export interface EventLogOptions {
  readonly path: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Told once, when a line could not be written; nothing is written after that. */
  readonly onFault: (code: string) => void;
}

/**
 * Appends each event as one line of JSON (0600 where the file is new). Several processes may write to the same file: each line
 * is one write at its end.
 * @throws UserError where the file cannot be opened.
 */
export function openEventLog({ path, now, onFault }: EventLogOptions): Observer {
  const descriptor = open(path);
  let isBroken = false;
  let run = "";
  const onEvent = (event: RunEvent): void => {
    if (isBroken) return;
    if (event.type === "run-started") ({ run } = event);
    try {
      writeSync(descriptor, `${logLine(event, { run, at: now() })}\n`);
    } catch (error) {
      isBroken = true;
      onFault(codeOf(error));
    }
  };
  return {
    onEvent,
    close: () => {
      isBroken = true;
      closeSync(descriptor);
      return Promise.resolve();
    },
  };
}

function open(path: string): number {
  try {
    return openSync(path, "a", 0o600);
  } catch (error) {
    throw new UserError(`the log file cannot be opened (${codeOf(error)})`, {
      hint: "--log-file names a file in a folder that is there",
      cause: error,
    });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
