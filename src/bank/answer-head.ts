import { choicesBetween, markerBetween } from "./find-starts.ts";
import { LINE } from "./line-kind.ts";
import type { LineMap } from "./line-map.ts";
import type { QuestionStart } from "./question-start.ts";

/** What stands between a question and its answer. Lines are 0-based. */
export interface AnswerHead {
  /** Where the slot starts: right after the marker, or after the question and what belongs to it. */
  readonly offset: number;
  readonly line: number;
  readonly marker: { readonly text: string; readonly line: number } | undefined;
  /** Metadata lines. */
  readonly tags: readonly string[];
  readonly choices: { readonly count: number; readonly ticked: "yes" | "no" | "no boxes" };
  readonly explicitId: string | undefined;
}

const ID_COMMENT = /<!--\s*id:\s*([\w.-]{1,64})\s*-->/;

/** Finds where the answer of a question starts, in the lines before `blockEnd`. */
export function readAnswerHead(map: LineMap, start: QuestionStart, blockEnd: number): AnswerHead {
  const below = readBelow(map, start, blockEnd);
  const marker = readMarker(map, start, blockEnd);
  const choices = readChoices(map, start, marker?.line ?? blockEnd);
  const last = [below, choices.end, marker].reduce((left, right) =>
    right !== undefined && right.offset >= (left?.offset ?? 0) ? right : left,
  );
  return {
    offset: last?.offset ?? start.textEnd,
    line: last?.line ?? start.textLine,
    marker: marker === undefined ? undefined : { text: marker.text, line: marker.markerLine },
    tags: below.tags,
    choices,
    explicitId: below.explicitId,
  };
}

interface Place {
  readonly line: number;
  readonly offset: number;
}

/** Passes the metadata lines and the id under a question. */
function readBelow(
  map: LineMap,
  start: QuestionStart,
  blockEnd: number,
): Place & Pick<AnswerHead, "tags" | "explicitId"> {
  const tags: string[] = [];
  let explicitId = ID_COMMENT.exec(map.lines.slice(start.line, start.textLine + 1).join("\n"))?.[1];
  if (!endsWithText(map, start)) return { line: start.textLine, offset: start.textEnd, tags, explicitId };
  let last = start.textLine;
  for (let line = start.textLine + 1; line < blockEnd; line++) {
    const id = idIn(map, line);
    const isMeta = map.isSearchable(line) && start.dialect.meta?.test(map.lineAt(line)) === true;
    if (isMeta) tags.push(plain(map.lineAt(line)));
    if (isMeta || id !== undefined) last = line;
    else if (!isNothing(map, start, line)) break;
    explicitId ??= id;
  }
  return { line: last, offset: map.endOf(last), tags, explicitId };
}

function idIn(map: LineMap, line: number): string | undefined {
  return map.kinds[line] === LINE.comment ? ID_COMMENT.exec(map.lineAt(line))?.[1] : undefined;
}

function plain(line: string): string {
  return line
    .replace(/[*_]{1,2}/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** True where nothing but wrappers and comments follows the question on its line. */
function endsWithText(map: LineMap, start: QuestionStart): boolean {
  const rest = map.lineAt(start.textLine).slice(start.textEnd - map.startOf(start.textLine));
  return rest.trim() === "" || start.dialect.ignore?.test(rest) === true || isOnlyComment(rest);
}

function isOnlyComment(text: string): boolean {
  return /^\s*<!--.*-->\s*$/.test(text);
}

function isNothing(map: LineMap, start: QuestionStart, line: number): boolean {
  const kind = map.kinds[line];
  return kind === LINE.blank || kind === LINE.comment || start.dialect.ignore?.test(map.lineAt(line)) === true;
}

function readMarker(
  map: LineMap,
  start: QuestionStart,
  blockEnd: number,
): (Place & { readonly text: string; readonly markerLine: number }) | undefined {
  const markerLine = markerBetween(map, start.dialect, start.textLine + 1, blockEnd);
  if (markerLine === undefined) return undefined;
  const content = map.lineAt(markerLine);
  const length = markerLength(content, start.dialect.answerStart);
  const text = content.slice(0, length).trim();
  if (content.slice(length).trim() !== "") {
    return { line: markerLine, offset: map.startOf(markerLine) + length, text, markerLine };
  }
  let line = markerLine;
  while (line + 1 < blockEnd && start.dialect.answerOpen?.test(map.lineAt(line + 1)) === true) line++;
  return { line, offset: map.endOf(line), text, markerLine };
}

function markerLength(content: string, pattern: RegExp | undefined): number {
  const found = pattern?.exec(content);
  if (found === null || found === undefined) return content.length;
  return found.index + found[0].length - (found.groups?.["a"]?.length ?? 0);
}

/**
 * Choices under a question. Without boxes they count only where they are the first thing after the question, code and
 * text beside: a lettered list inside an answer is no choice.
 */
function readChoices(
  map: LineMap,
  start: QuestionStart,
  end: number,
): AnswerHead["choices"] & { readonly end: Place | undefined } {
  const none = { count: 0, ticked: "no boxes", end: undefined } as const;
  const lines = choicesBetween(map, start.dialect, start.textLine + 1, end);
  const boxes = lines.flatMap((line) => start.dialect.choices?.exec(map.lineAt(line))?.groups?.["box"] ?? []);
  if (lines.length < 2) return none;
  if (boxes.length === 0 && !opensWithChoices(map, start, lines[0] ?? 0)) return none;
  const count = boxes.length === 0 ? lengthOfRun(map, lines) : lines.length;
  if (count < 2) return none;
  const line = endOfChoice(map, lines[count - 1] ?? 0, end);
  const ticked = boxes.length === 0 ? "no boxes" : boxes.some((box) => /x/i.test(box)) ? "yes" : "no";
  return { count, ticked, end: { line, offset: map.endOf(line) } };
}

function opensWithChoices(map: LineMap, start: QuestionStart, first: number): boolean {
  for (let line = start.textLine + 1; line < first; line++) {
    if (map.kinds[line] !== LINE.code && !isNothing(map, start, line)) return false;
  }
  return true;
}

/** How many choices follow each other without other text between. */
function lengthOfRun(map: LineMap, lines: readonly number[]): number {
  let count = 1;
  while (count < lines.length && isBlankBetween(map, lines[count - 1] ?? 0, lines[count] ?? 0)) count++;
  return count;
}

function isBlankBetween(map: LineMap, from: number, to: number): boolean {
  for (let line = from + 1; line < to; line++) {
    if (map.kinds[line] !== LINE.blank && map.kinds[line] !== LINE.code) return false;
  }
  return true;
}

/** A choice may be a letter with its code below. */
function endOfChoice(map: LineMap, line: number, end: number): number {
  let last = line;
  let next = line + 1;
  while (next < end && (map.kinds[next] === LINE.blank || map.kinds[next] === LINE.code)) {
    if (map.kinds[next] === LINE.code) last = next;
    next++;
  }
  return last;
}
