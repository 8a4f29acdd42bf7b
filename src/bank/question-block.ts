import { linesBetween } from "./find-starts.ts";
import { LINE } from "./line-kind.ts";
import type { LineMap } from "./line-map.ts";
import { NO_HEADING, type QuestionStart } from "./question-start.ts";
import { cleanText } from "./question-text.ts";

/** A question start with the lines that belong to it. */
export interface QuestionBlock {
  readonly start: QuestionStart;
  /** First line after the block. */
  readonly lineEnd: number;
  /** Headings of the sections around the question, outermost first. */
  readonly headings: readonly string[];
}

interface Section {
  readonly level: number;
  readonly text: string;
}

/** Cuts a file into blocks: from each start to the next, or to what ends a block before that. */
export function cutBlocks(map: LineMap, starts: readonly QuestionStart[]): readonly QuestionBlock[] {
  const markers = new Set(starts.flatMap(({ dialect }) => dialect.answerStart ?? []));
  // A heading that marks an answer opens no section, whatever its level.
  const marked = new Set([...markers].flatMap((marker) => map.matching(marker)));
  const headings = map.headings.filter((line) => !marked.has(line));
  const sections: Section[] = [];
  const blocks: QuestionBlock[] = [];
  for (const [index, start] of starts.entries()) {
    const next = starts[index + 1]?.line ?? map.lines.length;
    const open = sectionsBefore(map, start, blocks.at(-1));
    for (const line of linesBetween(headings, open, start.line)) enterSection(map, sections, line, start);
    const rank = rankThatEnds(start, sections);
    const inside = linesBetween(headings, start.textLine + 1, next);
    const headingEnd = inside.find((line) => (map.headingLevels[line] ?? 0) <= rank) ?? next;
    const lineEnd = siblingAfter(map, start, headingEnd) ?? headingEnd;
    blocks.push({
      start,
      lineEnd,
      headings: sections.filter((section) => section.level < start.level).map((section) => section.text),
    });
  }
  return blocks;
}

/** First line whose headings are section headings: after the block before, or the headings right above the start. */
function sectionsBefore(map: LineMap, start: QuestionStart, before: QuestionBlock | undefined): number {
  if (before === undefined) return 0;
  let first = Math.min(before.lineEnd, start.line);
  for (let line = start.line - 1; line > before.start.textLine; line--) {
    if (map.headingLevels[line] !== 0) first = Math.min(first, line);
    else if (!isNothing(map, start, line)) break;
  }
  return first;
}

function isNothing(map: LineMap, start: QuestionStart, line: number): boolean {
  const kind = map.kinds[line];
  return kind === LINE.blank || kind === LINE.comment || start.dialect.ignore?.test(map.lineAt(line)) === true;
}

function enterSection(map: LineMap, sections: Section[], line: number, start: QuestionStart): void {
  const level = map.headingLevels[line] ?? 1;
  while ((sections.at(-1)?.level ?? 0) >= level) sections.pop();
  sections.push({ level, text: cleanText(map.lineAt(line).replace(/^\s*#+\s*/, ""), start.dialect).text });
}

/** Headings of this level and above end the block. A question that is no heading ranks below the section it is in. */
function rankThatEnds(start: QuestionStart, sections: readonly Section[]): number {
  const { headingEnd } = start.dialect.rules.question;
  if (headingEnd === "never") return 0;
  if (start.level === NO_HEADING) return sections.at(-1)?.level ?? 1;
  return headingEnd === "same" ? start.level : start.level - 1;
}

const LIST_ITEM = /^\s*(?:[-*+]|\d+[.)])\s/;

function siblingAfter(map: LineMap, start: QuestionStart, end: number): number | undefined {
  if (!start.dialect.rules.question.siblingEnd) return undefined;
  const indent = indentOf(map.lineAt(start.line));
  const items = linesBetween(map.matching(LIST_ITEM), start.textLine + 1, end);
  return items.find((line) => indentOf(map.lineAt(line)) <= indent);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
