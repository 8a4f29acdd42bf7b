import { sentencesOf } from "../../core/sentences.ts";

/** A numbered piece of an answer: `s1`, `s2`, …; `text` is the answer from `start` to `end` (UTF-16 offsets, end excluded). */
export interface Segment {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const LONGEST_PROSE = 500;
const LONGEST_CODE = 2_000;

interface Stretch {
  readonly start: number;
  readonly end: number;
}

interface Block extends Stretch {
  readonly isCode: boolean;
}

/**
 * An answer cut into pieces a judge can name: a sentence, a list item's sentence, a heading, a row of a table, a block of code.
 * They are in order and apart, and every character that is no blank stands in one of them. Linear in the answer.
 */
export function segmentsOf(answer: string): readonly Segment[] {
  return blocksOf(answer)
    .flatMap((block) =>
      (block.isCode ? [block] : sentencesIn(answer, block)).flatMap((piece) => fitting(answer, piece, block.isCode)),
    )
    .map(({ start, end }, index) => ({ id: `s${index + 1}`, start, end, text: answer.slice(start, end) }));
}

const LINE = /[^\r\n]*(?:\r\n|\r|\n|$)/gy;
const FENCE = /^\s{0,12}(`{3,}|~{3,})(.*)$/su;
/** What begins anew on its line: a list item, a heading, a row of a table, a quotation. */
const OPENS_BLOCK = /^\s{0,12}(?:[-*+•]\s|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]\s|#{1,6}\s|\||>)/iu;
const HEADING = /^\s{0,3}#{1,6}\s/u;

interface Line extends Block {
  readonly isBlank: boolean;
  /** Nothing before it, and nothing after it, belongs to its block. */
  readonly opensBlock: boolean;
  readonly closesBlock: boolean;
}

// Lines that belong together: a fence with its code, else what no blank line, list mark or heading parts.
function blocksOf(answer: string): readonly Block[] {
  const blocks: Block[] = [];
  let isOpen = false;
  for (const { start, end, isCode, isBlank, opensBlock, closesBlock } of linesOf(answer)) {
    const last = blocks.at(-1);
    if (isBlank) isOpen = false;
    else if (isOpen && !opensBlock && last?.isCode === isCode) blocks.splice(-1, 1, { ...last, end });
    else blocks.push({ start, end, isCode });
    isOpen = !isBlank && !closesBlock;
  }
  return blocks;
}

function* linesOf(answer: string): Generator<Line> {
  let fence: string | undefined;
  for (const { index: start, 0: text } of answer.matchAll(LINE)) {
    const marks = fenceOf(text, fence);
    const isCode = fence !== undefined || marks !== undefined;
    const isEnd = fence !== undefined && marks !== undefined;
    const opensBlock = isCode ? fence === undefined : OPENS_BLOCK.test(text);
    if (marks !== undefined) fence = isEnd ? undefined : marks;
    yield {
      start,
      end: start + text.length,
      isCode,
      isBlank: !isCode && text.trim() === "",
      opensBlock,
      closesBlock: isCode ? isEnd : HEADING.test(text),
    };
  }
}

/** The marks of a line that opens a fence, or closes the one that is open; undefined for any other line. */
function fenceOf(line: string, open: string | undefined): string | undefined {
  const [, marks, rest = ""] = FENCE.exec(line) ?? [];
  if (marks === undefined) return undefined;
  if (open !== undefined) return marks.startsWith(open) && rest.trim() === "" ? marks : undefined;
  return marks.startsWith("`") && rest.includes("`") ? undefined : marks;
}

/** Where scripts that leave no blank after a sentence end one. */
const FULL_STOP = /[。！？｡।؟]+["”’」』）)]*/gu;

/** The number or letter of an item: no sentence, though a full stop follows it. */
const ITEM_MARK = /^\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]$/iu;

function sentencesIn(answer: string, block: Stretch): readonly Stretch[] {
  // One unit for one unit, so that offsets stay.
  const text = answer.slice(block.start, block.end).replaceAll("\r", "\n");
  const stretches: Stretch[] = [];
  let at = 0;
  let begun: number | undefined;
  for (const sentence of partsOf(text).flatMap(sentencesOf)) {
    const start = text.indexOf(sentence, at);
    at = start + sentence.length;
    begun ??= start;
    if (ITEM_MARK.test(sentence) && at < block.end - block.start) continue;
    stretches.push({ start: block.start + begun, end: block.start + at });
    begun = undefined;
  }
  return begun === undefined ? stretches : [...stretches, { start: block.start + begun, end: block.end }];
}

function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  for (const match of text.matchAll(FULL_STOP)) {
    const end = match.index + match[0].length;
    parts.push(text.slice(start, end));
    start = end;
  }
  return [...parts, text.slice(start)];
}

/** The piece without blanks around it; in several where it is too long for one: cut at a line's end, else at a blank, else anywhere. */
function fitting(answer: string, piece: Stretch, isCode: boolean): readonly Stretch[] {
  const longest = isCode ? LONGEST_CODE : LONGEST_PROSE;
  const pieces: Stretch[] = [];
  let rest = trimmed(answer, piece);
  while (rest.end - rest.start > longest) {
    const cut = cutIn(answer, rest.start, rest.start + longest, isCode);
    pieces.push(trimmed(answer, { start: rest.start, end: cut }));
    rest = trimmed(answer, { start: cut, end: rest.end });
  }
  return rest.end > rest.start ? [...pieces, rest] : pieces;
}

function cutIn(answer: string, start: number, limit: number, isCode: boolean): number {
  const piece = answer.slice(start, limit);
  const lineEnd = isCode ? piece.lastIndexOf("\n") : -1;
  const border = lineEnd === -1 ? piece.search(/\s\S*$/u) : lineEnd;
  if (border > 0) return start + border;
  return /[\uDC00-\uDFFF]/.test(answer.charAt(limit)) ? limit - 1 : limit;
}

function trimmed(answer: string, { start, end }: Stretch): Stretch {
  const text = answer.slice(start, end);
  const from = start + (text.length - text.trimStart().length);
  return { start: from, end: Math.max(from, start + text.trimEnd().length) };
}
