import type { ReadStream, WriteStream } from "node:tty";
import { readKeys, type KeyEvent } from "./terminal-key.ts";

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** A terminal that shows whole screens and reads single keys. Whatever ends the process, the terminal is as it was before. */
export interface Screen {
  size(): ScreenSize;
  /** Lines from the top, already safe and not wider than the screen; what was below them goes. */
  draw(lines: readonly string[]): void;
  /** Gives the terminal back while something else uses it. */
  lend<Result>(work: () => Result): Result;
  /** Stops the process as Ctrl-Z does, until it is continued. */
  suspend(): void;
  close(): void;
}

export interface TerminalStreams {
  readonly input: ReadStream;
  readonly output: WriteStream;
}

export interface ScreenListener {
  readonly onKey: (key: KeyEvent) => void;
  /** The size changed, or somebody else has used the terminal: draw again. */
  readonly onRedraw: () => void;
}

// Another buffer, so that what was on the terminal comes back; no cursor; pastes in brackets; no wrapping of our lines.
const ENTER = "\u001B[?1049h\u001B[?25l\u001B[?2004h\u001B[?7l";
const LEAVE = "\u001B[?7h\u001B[?2004l\u001B[?25h\u001B[?1049l";
const FALLBACK_SIZE: ScreenSize = { columns: 80, rows: 24 };
/** After this time a process that asked to be stopped was not: nobody controls its job. */
const STOP_MS = 300;

/** @param listener is called from here on, until the screen is closed. */
export function openScreen({ input, output }: TerminalStreams, { onKey, onRedraw }: ScreenListener): Screen {
  const keys = readKeys(input, onKey);
  let isOurs = false;
  let unstopped: NodeJS.Timeout | undefined;

  const enter = (): void => {
    if (isOurs) return;
    isOurs = true;
    input.setRawMode(true);
    output.write(ENTER);
    keys.resume();
  };
  const leave = (): void => {
    if (!isOurs) return;
    isOurs = false;
    keys.pause();
    output.write(LEAVE);
    input.setRawMode(false);
  };
  const enterAgain = (): void => {
    clearTimeout(unstopped);
    // Whoever stopped us may have changed the modes that we believe are set.
    leave();
    enter();
    onRedraw();
  };

  enter();
  output.on("resize", onRedraw);
  process.on("SIGCONT", enterAgain);
  process.on("exit", leave);

  return {
    size: () => ({ columns: output.columns || FALLBACK_SIZE.columns, rows: output.rows || FALLBACK_SIZE.rows }),

    draw(lines) {
      // While the process waits to be stopped, the terminal is not ours.
      if (!isOurs) return;
      output.write(`${lines.map((line, at) => `\u001B[${at + 1}H${line}\u001B[K`).join("")}\u001B[J`);
    },

    lend(work) {
      leave();
      try {
        return work();
      } finally {
        enter();
      }
    },

    suspend() {
      leave();
      process.kill(0, "SIGTSTP");
      unstopped = setTimeout(enterAgain, STOP_MS);
    },

    close() {
      clearTimeout(unstopped);
      output.off("resize", onRedraw);
      process.off("SIGCONT", enterAgain);
      process.off("exit", leave);
      leave();
      keys.close();
    },
  };
}
