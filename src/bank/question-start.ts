import type { CompiledDialect } from "./compile-dialect.ts";
import { LINE } from "./line-kind.ts";
import type { LineMap } from "./line-map.ts";
import { asksOrTasks } from "./question-like.ts";
import { cleanText } from "./question-text.ts";

/** Where a question starts and what it asks, before it is known where it ends. Lines are 0-based. */
export interface QuestionStart {
  readonly dialect: CompiledDialect;
  readonly line: number;
  /** Last line of the question's text. */
  readonly textLine: number;
  /** Offset right after the question's text. */
  readonly textEnd: number;
  readonly text: string;
  readonly number: string | undefined;
  readonly tags: readonly string[];
  /** Heading level 1 to 6; 7 for a start that is no heading. */
  readonly level: number;
}

/** A start that is no heading ranks below all headings. */
export const NO_HEADING = 7;

const LONGEST_TEXT = 60;
const HEADING_IN_LIST = /^\s*\d+[.)]\s+(#{1,6})\s/;
const LINK_TO_SECTION = /^\[[^\]]*\]\(#[^)]*\)$/;

type Groups = Readonly<Record<string, string | undefined>>;
type Found = Pick<QuestionStart, "textLine" | "textEnd"> & { readonly raw: string };

/** Reads one line that may start a question; undefined where it does not or its text cannot be found. */
export function readStart(map: LineMap, dialect: CompiledDialect, line: number): QuestionStart | undefined {
  const groups = dialect.start?.exec(map.lineAt(line))?.groups;
  if (groups === undefined) return undefined;
  const found = readText(map, dialect, line, groups);
  if (found === undefined) return undefined;
  const { text, tags } = cleanText(found.raw, dialect);
  if (text === "" || LINK_TO_SECTION.test(text)) return undefined;
  const { textLine, textEnd } = found;
  return { dialect, line, textLine, textEnd, text, tags, number: groups["n"], level: levelOf(map, line) };
}

function levelOf(map: LineMap, line: number): number {
  return map.headingLevels[line] || (HEADING_IN_LIST.exec(map.lineAt(line))?.[1]?.length ?? NO_HEADING);
}

function readText(map: LineMap, dialect: CompiledDialect, line: number, groups: Groups): Found | undefined {
  const asked = groups["q"] ?? "";
  const answered = groups["a"] ?? "";
  const mode = dialect.rules.question.text;
  if (answered.trim() !== "") return { raw: asked, textLine: line, textEnd: map.endOf(line) - answered.length };
  if (mode === "nextBold" && asked.trim() === "") return readNextBold(map, dialect, line);
  if (mode === "body") return readBody(map, dialect, line) ?? wholeLines(map, line, line, asked);
  if (dialect.until !== undefined) return readUntil(map, dialect, line, asked);
  return readContinued(map, dialect, line, asked);
}

/** Text that ends with a line; `first` replaces the start of the first line. */
function wholeLines(map: LineMap, from: number, to: number, first = map.lineAt(from)): Found {
  return { raw: [first, ...map.lines.slice(from + 1, to + 1)].join(" "), textLine: to, textEnd: map.endOf(to) };
}

/** The text below a bare `Question 7`: a bold paragraph, or a plain one that asks or has an answer marker after it. */
function readNextBold(map: LineMap, dialect: CompiledDialect, start: number): Found | undefined {
  const first = nextVisibleLine(map, start + 1);
  if (!isParagraphLine(map, first) || isMarker(map, dialect, first)) return undefined;
  const isBold = /^\s*\*\*/.test(map.lineAt(first));
  const last = isBold ? endOfBold(map, dialect, first) : endOfParagraph(map, dialect, first);
  const found = wholeLines(map, first, last);
  return isBold || asksOrTasks(found.raw) || isMarker(map, dialect, nextVisibleLine(map, last + 1)) ? found : undefined;
}

function endOfBold(map: LineMap, dialect: CompiledDialect, first: number): number {
  const end = endOfParagraph(map, dialect, first);
  for (let line = first; line < end; line++) if (/\S\*\*[^\p{L}\p{N}]*$/u.test(map.lineAt(line))) return line;
  return end;
}

function endOfParagraph(map: LineMap, dialect: CompiledDialect, first: number): number {
  let last = first;
  while (isParagraphLine(map, last + 1) && !isMarker(map, dialect, last + 1)) last++;
  return last;
}

function readBody(map: LineMap, dialect: CompiledDialect, start: number): Found | undefined {
  let last = start;
  for (let line = start + 1; line < map.lines.length; line++) {
    if (map.headingLevels[line] !== 0 || isMarker(map, dialect, line)) break;
    if (line - start > LONGEST_TEXT) return undefined;
    const isNothing = map.kinds[line] === LINE.blank || map.kinds[line] === LINE.comment;
    if (!isNothing && dialect.ignore?.test(map.lineAt(line)) !== true) last = line;
  }
  return last === start ? undefined : wholeLines(map, start + 1, last);
}

function readUntil(map: LineMap, dialect: CompiledDialect, start: number, asked: string): Found | undefined {
  const isParagraph = dialect.rules.question.untilWithin === "paragraph";
  const parts: string[] = [];
  for (let line = start; line < Math.min(map.lines.length, start + LONGEST_TEXT); line++) {
    if (line > start && isParagraph && !isParagraphLine(map, line)) break;
    const content = line === start ? asked : map.lineAt(line);
    const end = dialect.until?.exec(content);
    if (end !== null && end !== undefined) {
      const textEnd = map.endOf(line) - content.length + end.index + end[0].length;
      return { raw: [...parts, content.slice(0, end.index)].join(" "), textLine: line, textEnd };
    }
    parts.push(content);
  }
  return isParagraph ? wholeLines(map, start, start + parts.length - 1, asked) : undefined;
}

/** A list below a question follows up on it where its first item asks, and answers it where that does not. */
const ITEM = /^\s*(?:[-*+]|\d+[.)])\s+/;

function readContinued(map: LineMap, dialect: CompiledDialect, start: number, asked: string): Found {
  let last = start;
  while (dialect.continues !== undefined && map.isSearchable(last + 1)) {
    const next = map.lineAt(last + 1);
    if (!dialect.continues.test(next) || isMarker(map, dialect, last + 1)) break;
    if (last === start && ITEM.test(next) && !asksOrTasks(next.replace(ITEM, ""))) break;
    last++;
  }
  return wholeLines(map, start, last, asked);
}

function isMarker(map: LineMap, dialect: CompiledDialect, line: number): boolean {
  return map.isSearchable(line) && dialect.answerStart?.test(map.lineAt(line)) === true;
}

function isParagraphLine(map: LineMap, line: number): boolean {
  return map.kinds[line] === LINE.text && map.headingLevels[line] === 0;
}

function nextVisibleLine(map: LineMap, from: number): number {
  let line = from;
  while (map.kinds[line] === LINE.blank || map.kinds[line] === LINE.comment) line++;
  return line;
}
