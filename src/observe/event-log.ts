import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from "node:fs";
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
 * @throws UserError where the file cannot be opened, or is no log.
 */
export function openEventLog({ path, now, onFault }: EventLogOptions): Observer {
  const descriptor = open(path);
  let isBroken = false;
  let run = "";
  const onEvent = (event: RunEvent): void => {
    if (isBroken) return;
    if (event.type === "run-started") ({ run } = event);
    const line = Buffer.from(`${logLine(event, { run, at: now() })}\n`);
    const fault = faultOfWriting(descriptor, line);
    if (fault === undefined) return;
    isBroken = true;
    onFault(fault);
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

/** A pipe is never waited for: opened without a reader, or full, it ends the log and not the run. */
const FLAGS = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK;

function open(path: string): number {
  const end = endOf(path);
  if (end.isOther) {
    throw new UserError("the log file is there already and is no log of runs", {
      hint: "--log-file appends lines of JSON; name a new file, or one that holds such lines",
    });
  }
  const descriptor = opened(path);
  // What a crash or a full disk cut off must not swallow the first line of this run.
  if (end.isTorn) faultOfWriting(descriptor, Buffer.from("\n"));
  return descriptor;
}

function opened(path: string): number {
  try {
    return openSync(path, FLAGS, 0o600);
  } catch (error) {
    const code = codeOf(error);
    throw new UserError(`the log file cannot be opened (${code})`, {
      hint: code === "ENXIO" ? "nobody reads that pipe" : "--log-file names a file in a folder that is there",
      cause: error,
    });
  }
}

interface End {
  /** Begins as no log does, so a bank or a report may be meant. */
  readonly isOther: boolean;
  /** Its last line has no end. */
  readonly isTorn: boolean;
}

/** How a file that is there begins and ends. What is no file, or may not be read, has neither. */
function endOf(path: string): End {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const about = fstatSync(descriptor);
    if (!about.isFile() || about.size === 0) return { isOther: false, isTorn: false };
    return {
      // What the shell redirected (/dev/stderr) is told where to go by whoever called.
      isOther: !path.startsWith("/dev/") && byteAt(descriptor, 0) !== "{",
      isTorn: byteAt(descriptor, about.size - 1) !== "\n",
    };
  } catch {
    return { isOther: false, isTorn: false };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function byteAt(descriptor: number, position: number): string {
  const byte = Buffer.alloc(1);
  readSync(descriptor, byte, 0, 1, position);
  return byte.toString("latin1");
}

/** What kept the whole of it from being written. */
function faultOfWriting(descriptor: number, bytes: Buffer): string | undefined {
  try {
    return writeSync(descriptor, bytes) === bytes.length ? undefined : "cut short";
  } catch (error) {
    return codeOf(error);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
