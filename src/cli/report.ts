import { visible } from "../core/sanitise.ts";
import { jsonDocument } from "./json-document.ts";
import type { Streams } from "./streams.ts";

export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

const CODES: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

/** How a command speaks. The only file that knows colours; everything it prints is made safe for a terminal. */
export interface Report {
  readonly json: boolean;
  /** A line of the result, on stdout; silent under `--json`. */
  result(line: string): void;
  /** A line about the work, on stderr; silent under `--quiet`. */
  note(line: string): void;
  /** A line that is shown even under `--quiet`. */
  warn(line: string): void;
  /** The one JSON document of `--json`; nothing without it. */
  document(value: unknown): void;
  style(style: Style, text: string): string;
}

export function createReport(
  streams: Streams,
  options: { readonly json: boolean; readonly quiet: boolean; readonly colour?: boolean | undefined },
): Report {
  const coloured = (sink: { readonly isTTY?: boolean | undefined }): boolean => options.colour ?? sink.isTTY === true;
  return {
    json: options.json,
    result: (line) => void (options.json || streams.out.write(paint(line, coloured(streams.out)))),
    note: (line) => void (options.quiet || streams.err.write(paint(line, coloured(streams.err)))),
    warn: (line) => void streams.err.write(paint(line, coloured(streams.err))),
    document: (value) => void (options.json && streams.out.write(jsonDocument(value))),
    style: styled,
  };
}

function paint(line: string, withColour: boolean): string {
  return `${painted(line, withColour)}\n`;
}

/** Text in a style, for {@link painted}; marks of its own are taken out. */
export function styled(style: Style, text: string): string {
  return `${MARK}${style};${text.replaceAll(MARK, "").replaceAll(END, "")}${END}`;
}

/** A line made safe for a terminal, with its styles as colours or without. */
export function painted(line: string, withColour: boolean): string {
  return restoreStyles(visible(line), withColour);
}

// Private-use characters stand for styles until a line has been made safe; from outside they could at most add one of
// these six styles, never an escape sequence.
const MARK = "\uE000";
const END = "\uE001";
const STYLED = /\uE000(bold|dim|red|green|yellow|cyan);([^\uE000\uE001]*)\uE001/g;

function restoreStyles(line: string, withColour: boolean): string {
  return line.replace(STYLED, (_whole, style: Style, text: string) => {
    const [open, close] = CODES[style];
    return withColour ? `\u001B[${open}m${text}\u001B[${close}m` : text;
  });
}
