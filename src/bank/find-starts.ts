import { lastAtOrBefore } from "./byte-offset.ts";
import type { CompiledDialect } from "./compile-dialect.ts";
import { foldedAnswers } from "./folded-answers.ts";
import type { LineMap } from "./line-map.ts";
import { asks, asksOrTasks } from "./question-like.ts";
import { type QuestionStart, readStart } from "./question-start.ts";

// Section titles that are never questions, whatever stands around them.
const TITLE =
  /^(?:[^\p{L}]*)(?:table of contents?|contents|toc|index|references?|licen[cs]e|contributing|contributors?|introduction|conclusion|summary|overview|further reading|resources|disclaimer|acknowledge?ments?|prerequisites|installation|usage|about|credits|notes?|sources?|appendix|changelog|related .*|questions?(?: (?:and|&) answers?)?|answers?|back to top|have doubt.*)[^\p{L}]*$/iu;

const foundStarts = new WeakMap<LineMap, Map<CompiledDialect, readonly QuestionStart[]>>();

/** All starts of a dialect in a file, in order; found once for a file. */
export function findStarts(map: LineMap, dialect: CompiledDialect): readonly QuestionStart[] {
  const ofFile = foundStarts.get(map) ?? new Map<CompiledDialect, readonly QuestionStart[]>();
  foundStarts.set(map, ofFile);
  const starts = ofFile.get(dialect) ?? searchStarts(map, dialect);
  ofFile.set(dialect, starts);
  return starts;
}

function searchStarts(map: LineMap, dialect: CompiledDialect): readonly QuestionStart[] {
  if (dialect.start === undefined || lacksMarkers(map, dialect)) return [];
  const inScope = scopeOf(map, dialect);
  const lines = map.matching(dialect.start).filter(inScope);
  const starts = lines.flatMap((line, index) => {
    if (!isProven(map, dialect, line, lines[index + 1] ?? map.lines.length)) return [];
    const start = readStart(map, dialect, line);
    return start !== undefined && mayAsk(start) ? [start] : [];
  });
  const isFolded = foldedAnswers(map, dialect);
  const open = starts.filter((start) => !isFolded(start.line) || asksOrTasks(start.text));
  return dialect.rules.question.level === "main" ? atMainLevel(map, open) : open;
}

function requiresAnswer(dialect: CompiledDialect): boolean {
  return dialect.rules.question.requireAnswer || dialect.rules.answer.required;
}

function lacksMarkers(map: LineMap, dialect: CompiledDialect): boolean {
  if (!requiresAnswer(dialect)) return false;
  return dialect.answerStart === undefined || map.matching(dialect.answerStart).length === 0;
}

/** True where a start shows the answer marker or the choices that its dialect asks for, before the line `next`. */
export function isProven(map: LineMap, dialect: CompiledDialect, line: number, next: number): boolean {
  if (requiresAnswer(dialect) && markerBetween(map, dialect, line + 1, next) === undefined) return false;
  return !dialect.rules.question.requireChoices || choicesBetween(map, dialect, line + 1, next).length > 1;
}

/** A mark of level or access says question as clearly as a question mark. */
function mayAsk(start: QuestionStart): boolean {
  return !start.dialect.rules.question.requireQuestion || start.tags.length > 0 || asksOrTasks(start.text);
}

/** First line with an answer marker in a range of lines. The letter of an answer is also that of the first of several choices. */
export function markerBetween(map: LineMap, dialect: CompiledDialect, from: number, to: number): number | undefined {
  if (dialect.answerStart === undefined) return undefined;
  const choices = choicesBetween(map, dialect, from, to);
  return linesBetween(map.matching(dialect.answerStart), from, to).find(
    (line) =>
      !(choices.includes(line) && choices.some((other) => other > line && SECOND_CHOICE.test(map.lineAt(other)))),
  );
}

const SECOND_CHOICE = /^\s*(?:[-*+]\s+)?(?:\*\*)?\(?B\b/;

export function choicesBetween(map: LineMap, dialect: CompiledDialect, from: number, to: number): readonly number[] {
  return dialect.choices === undefined ? [] : linesBetween(map.matching(dialect.choices), from, to);
}

/** Those of some ascending line numbers that lie in `from` (inclusive) to `to` (exclusive). */
export function linesBetween(lines: readonly number[], from: number, to: number): readonly number[] {
  let index = lastAtOrBefore(lines, from);
  while ((lines[index] ?? Infinity) < from) index++;
  const first = index;
  while ((lines[index] ?? Infinity) < to) index++;
  return lines.slice(first, index);
}

function scopeOf(map: LineMap, dialect: CompiledDialect): (line: number) => boolean {
  const { scopeStart, scopeEnd } = dialect;
  if (scopeStart === undefined && scopeEnd === undefined) return () => true;
  const opened = scopeStart === undefined ? [0] : map.matching(scopeStart);
  const closed = scopeEnd === undefined ? [] : map.matching(scopeEnd);
  return (line) => {
    const opening = lastUpTo(opened, line);
    return opening >= 0 && opening >= lastUpTo(closed, line);
  };
}

function lastUpTo(lines: readonly number[], line: number): number {
  return lines.findLast((each) => each <= line) ?? -1;
}

/**
 * Headings of one level only: the one with the most questions, the upper one of equals. Other levels keep their starts
 * where nearly all of them ask, because a bank may change its level on the way while sub-headings seldom ask.
 */
function atMainLevel(map: LineMap, starts: readonly QuestionStart[]): readonly QuestionStart[] {
  const candidates = starts.filter(({ text, number }) => !TITLE.test(text) && (number !== undefined || !isLink(text)));
  const asking = [...new Set(candidates.map((start) => start.level))].map((level) => {
    const all = candidates.filter((start) => start.level === level);
    return { level, all: all.length, asking: countAsking(map, all) };
  });
  const main = asking.toSorted((left, right) => right.asking - left.asking || left.level - right.level)[0];
  const levels = new Set(
    asking.filter((each) => each.asking > 2 && each.asking >= 0.8 * each.all).map((each) => each.level),
  );
  if (main !== undefined) levels.add(main.level);
  return candidates.filter((start) => levels.has(start.level));
}

/** `[Main page](../README.md)`: a way to somewhere, unless the link's words ask. */
function isLink(text: string): boolean {
  const words = /^\[([^\]]*)\]\([^()]*\)$/.exec(text)?.[1];
  return words !== undefined && !asks(words);
}

function countAsking(map: LineMap, starts: readonly QuestionStart[]): number {
  return starts.filter((start) => asks(start.text) || hasMarkerBelow(map, start)).length;
}

function hasMarkerBelow(map: LineMap, start: QuestionStart): boolean {
  const marker = markerBetween(map, start.dialect, start.textLine + 1, start.textLine + 8);
  if (marker === undefined) return false;
  return map.headingLevels.slice(start.textLine + 1, marker).every((level) => level === 0);
}
