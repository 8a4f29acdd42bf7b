import { type BlockStructure, readBlocks } from "./block-structure.ts";
import { type FrontMatter, readFrontMatter } from "./front-matter.ts";
import { LINE } from "./line-kind.ts";
import type { SourceText } from "./source-text.ts";

/** No line above this length is searched for anything, so that hostile text cannot make a pattern slow. */
export const LONGEST_SEARCHED_LINE = 4000;

/** A file cut into lines, with the kind of each line. Made once for a file and shared by all that look at it. */
export interface LineMap extends BlockStructure {
  /** Lines without their line ends. */
  readonly lines: readonly string[];
  readonly frontMatter: FrontMatter;
  /** A line's text; empty beyond the last. */
  lineAt(line: number): string;
  /** Numbers of the lines that are headings. */
  readonly headings: readonly number[];
  /** Numbers of the lines that are nothing but comments. */
  readonly comments: readonly number[];
  /** Offset of a line's first character; the length of the text for the line after the last. */
  startOf(line: number): number;
  /** Offset of the end of a line, before its line end. */
  endOf(line: number): number;
  /** True where a pattern may look: visible text of bearable length. */
  isSearchable(line: number): boolean;
  /** Numbers of the searchable lines that match; remembered by pattern. */
  matching(pattern: RegExp): readonly number[];
}

export function mapLines(source: SourceText): LineMap {
  const lines = source.text.split("\n");
  const starts = startsOf(lines, source.text.length);
  trimCarriageReturns(lines);
  const frontMatter = readFrontMatter(lines);
  const blocks = readBlocks(lines, frontMatter.lineCount);
  const remembered = new Map<RegExp, readonly number[]>();
  const isSearchable = (line: number): boolean =>
    blocks.kinds[line] === LINE.text && (lines[line]?.length ?? 0) <= LONGEST_SEARCHED_LINE;
  return {
    ...blocks,
    lines,
    frontMatter,
    headings: positions(blocks.headingLevels, (level) => level !== 0),
    comments: positions(blocks.kinds, (kind) => kind === LINE.comment),
    lineAt: (line) => lines[line] ?? "",
    startOf: (line) => starts[line] ?? source.text.length,
    endOf: (line) => (starts[line] ?? source.text.length) + (lines[line]?.length ?? 0),
    isSearchable,
    matching(pattern) {
      const known = remembered.get(pattern);
      if (known !== undefined) return known;
      const found: number[] = [];
      for (let line = 0; line < lines.length; line++) {
        if (isSearchable(line) && pattern.test(lines[line] ?? "")) found.push(line);
      }
      remembered.set(pattern, found);
      return found;
    },
  };
}

function positions(values: Uint8Array, isWanted: (value: number) => boolean): readonly number[] {
  const found: number[] = [];
  for (let index = 0; index < values.length; index++) if (isWanted(values[index] ?? 0)) found.push(index);
  return found;
}

function startsOf(lines: readonly string[], length: number): Uint32Array {
  const starts = new Uint32Array(lines.length + 1);
  let start = 0;
  let index = 0;
  for (const line of lines) {
    starts[index] = start;
    start += line.length + 1;
    index += 1;
  }
  starts[lines.length] = length;
  return starts;
}

function trimCarriageReturns(lines: string[]): void {
  for (const [index, line] of lines.entries()) {
    if (line.endsWith("\r")) lines[index] = line.slice(0, -1);
  }
}
