import type { Clock } from "../../core/clock.ts";
import type { OnEvent } from "../../core/events.ts";
import { visible } from "../../core/sanitise.ts";
import { shorten } from "../format.ts";
import { advance, progressLine, startProgress, type Progress } from "./progress.ts";
import type { TextSink } from "../streams.ts";

const LIVE_EVERY_MS = 100;
const PLAIN_EVERY_MS = 5000;

export interface ProgressView {
  readonly onEvent: OnEvent;
  /** A line of its own among the others. */
  readonly note: (line: string) => void;
  /** The state so far; for the summary. */
  readonly progress: () => Progress;
  /** Clears the live line. */
  readonly stop: () => void;
}

/** One live line on a terminal; elsewhere a plain line every five seconds, so that logs stay readable. */
export function showProgress(
  sink: TextSink,
  clock: Pick<Clock, "now">,
  options: { readonly quiet: boolean; readonly live: boolean },
): ProgressView {
  let progress = startProgress(0, clock.now());
  let lastShown = options.live ? 0 : clock.now();
  let lastLine = "";
  const draw = (): void => {
    const now = clock.now();
    if (options.quiet || now - lastShown < (options.live ? LIVE_EVERY_MS : PLAIN_EVERY_MS)) return;
    lastShown = now;
    const line = progressLine(progress, now);
    if (line === lastLine && !options.live) return;
    lastLine = line;
    sink.write(options.live ? `\r\u001B[2K${shorten(line, columnsOf(sink) - 1)}` : `${line}\n`);
  };
  const timer = setInterval(draw, options.live ? 250 : PLAIN_EVERY_MS);
  timer.unref();
  return {
    onEvent: (event) => {
      progress = advance(progress, event, clock.now());
      draw();
    },
    note: (line) => {
      if (!options.quiet) sink.write(`${options.live ? "\r\u001B[2K" : ""}${visible(line)}\n`);
    },
    progress: () => progress,
    stop: () => {
      clearInterval(timer);
      if (options.live && !options.quiet && lastShown > 0) sink.write("\r\u001B[2K");
    },
  };
}

// A terminal may say that it has no columns at all.
function columnsOf(sink: TextSink): number {
  return sink.columns === undefined || sink.columns < 20 ? 80 : sink.columns;
}
