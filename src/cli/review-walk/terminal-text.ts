import { visible } from "../../core/sanitise.ts";
import { painted, styled, type Style } from "../report.ts";
import { displayWidth, graphemes, isWide } from "./terminal-width.ts";

/** A piece of text in one style. */
export interface Span {
  readonly text: string;
  readonly style?: Style | undefined;
}

/** What stands on one line of the terminal. */
export type Line = readonly Span[];

export function span(text: string, style?: Style): Span {
  return { text, style };
}

/** The line for a report, which knows whether there are colours. */
export function markLine(line: Line): string {
  return line.map(({ text, style }) => (style === undefined ? text : styled(style, text))).join("");
}

/** The line as it goes to the terminal: made safe once more, with colours or without. */
export function paintLine(line: Line, withColour: boolean): string {
  return painted(markLine(line), withColour);
}

export function widthOf(line: Line): number {
  return line.reduce((sum, { text }) => sum + displayWidth(text), 0);
}

/** Made safe and broken at line feeds, between words, and inside words that are longer than a line. */
export function wrapText(spans: readonly Span[], columns: number): readonly Line[] {
  return splitLines(spans.map(withoutTabs)).flatMap((line) => wrapLine(line, Math.max(1, columns)));
}

/** The line with what goes beyond the columns cut off, and a mark where something was. */
export function cutLine(line: Line, columns: number): Line {
  const safe = splitLines(line.map(withoutTabs)).flat();
  if (widthOf(safe) <= columns) return safe;
  const kept = new LineFiller(Math.max(1, columns - 1));
  for (const letter of lettersOf(safe)) if (!kept.add(letter)) break;
  return [...kept.line(), span("…")];
}

/** The line with blanks after it up to the columns. */
export function padLine(line: Line, columns: number): Line {
  const missing = columns - widthOf(line);
  return missing > 0 ? [...line, span(" ".repeat(missing))] : line;
}

const TAB = 4;

/** How wide a tab is depends on where it stands. */
function withoutTabs({ text, style }: Span): Span {
  return { text: text.replaceAll("\t", " ".repeat(TAB)), style };
}

/** Made safe and broken at line feeds only. */
export function splitLines(spans: readonly Span[]): readonly Line[] {
  const lines: Span[][] = [[]];
  for (const { text, style } of spans) {
    for (const [at, piece] of visible(text).split("\n").entries()) {
      if (at > 0) lines.push([]);
      if (piece !== "") lines.at(-1)?.push({ text: piece, style });
    }
  }
  return lines;
}

function wrapLine(line: Line, columns: number): readonly Line[] {
  if (widthOf(line) <= columns) return [line];
  const lines: Line[] = [];
  let current = new LineFiller(columns);
  const breakLine = (): void => {
    lines.push(withoutEndBlanks(current.line()));
    current = new LineFiller(columns);
  };
  for (const word of wordsOf(line)) {
    if (current.add(word)) continue;
    // Blanks at the end of a line are not seen, and at the start of the next they would look like an indent.
    if (word.text.trim() === "") breakLine();
    else {
      if (!current.isBlank && displayWidth(word.text) <= columns) breakLine();
      for (const letter of lettersOf([word])) {
        if (current.add(letter)) continue;
        breakLine();
        current.add(letter);
      }
    }
  }
  if (!current.isEmpty) lines.push(current.line());
  return lines;
}

function withoutEndBlanks(line: Line): Line {
  const last = line.at(-1);
  if (last === undefined) return line;
  const text = last.text.trimEnd();
  return text === "" ? line.slice(0, -1) : [...line.slice(0, -1), { ...last, text }];
}

/** Words and the blanks between them; each letter of a script that is broken anywhere counts as a word. */
function wordsOf(line: Line): readonly Span[] {
  return line.flatMap(({ text, style }) =>
    (text.match(/\s+|\S+/g) ?? []).flatMap((word) => {
      const letters = graphemes(word);
      return letters.some(isWide) ? letters.map((letter) => span(letter, style)) : [span(word, style)];
    }),
  );
}

function lettersOf(line: Line): readonly Span[] {
  return line.flatMap(({ text, style }) => graphemes(text).map((letter) => span(letter, style)));
}

/** A line while it is being filled. */
class LineFiller {
  readonly #columns: number;
  readonly #spans: { text: string; style: Style | undefined }[] = [];
  #width = 0;

  constructor(columns: number) {
    this.#columns = columns;
  }

  get isEmpty(): boolean {
    return this.#spans.length === 0;
  }

  /** True while nothing but an indent stands there. */
  get isBlank(): boolean {
    return this.#spans.every(({ text }) => text.trim() === "");
  }

  /** @returns false where it does not fit; a letter wider than the whole line is taken all the same. */
  add({ text, style }: Span): boolean {
    const width = displayWidth(text);
    if (this.#width + width > this.#columns && !(this.isEmpty && graphemes(text).length === 1)) return false;
    const last = this.#spans.at(-1);
    if (last !== undefined && last.style === style) last.text += text;
    else this.#spans.push({ text, style });
    this.#width += width;
    return true;
  }

  line(): Line {
    return this.#spans;
  }
}
