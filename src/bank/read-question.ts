import { hashOf } from "../core/hash.ts";
import { isSafeName, questionId } from "../core/ids.ts";
import { type AnswerContent, readAnswerContent } from "./answer-content.ts";
import { findAnswerEnd } from "./answer-end.ts";
import { type AnswerHead, readAnswerHead } from "./answer-head.ts";
import type { CompiledDialect } from "./compile-dialect.ts";
import type { LineMap } from "./line-map.ts";
import { withPersonal } from "./personal.ts";
import { kindOfId } from "./proposal.ts";
import type { Question, QuestionState, Slot } from "./question.ts";
import type { QuestionBlock } from "./question-block.ts";
import { textHash } from "./question-hash.ts";
import type { EndOfLine, SourceText } from "./source-text.ts";
import type { Spacing } from "./spacing.ts";

/** A question before it is known how many others ask the same. */
export type UnnumberedQuestion = Omit<Question, "id" | "ordinal">;

export interface FoundQuestion {
  readonly question: UnnumberedQuestion;
  readonly dialect: CompiledDialect;
  /** The marker as the file writes it; undefined where the question has none. */
  readonly marker: string | undefined;
}

export function readQuestion(source: SourceText, map: LineMap, block: QuestionBlock): FoundQuestion {
  const { start } = block;
  const head = readAnswerHead(map, start, block.lineEnd);
  const end = findAnswerEnd(map, block, head);
  // Wrappers after the question may run into what closes it.
  const slotStart = Math.max(start.textEnd, Math.min(head.offset, end.offset));
  const region = { start: slotStart, end: end.offset, line: head.line };
  const content = readAnswerContent(map, start.dialect, region);
  const asked = { explicitId: explicitId(head.explicitId), textHash: textHash(start.text), text: start.text };
  const question = {
    ...asked,
    number: start.number,
    line: start.line + 1,
    headings: block.headings,
    tags: [...start.tags, ...head.tags],
    span: { start: map.startOf(start.line), end: map.startOf(end.lineEnd) },
    state: withPersonal({ ...asked, state: stateOf(head, content) }, start.dialect.personal),
    slot: makeSlot(source, map, {
      start: slotStart,
      end: content.end,
      endLine: content.endLine,
      hasMarker: head.marker !== undefined,
      indent: indentOf(map, block, head) + end.prefix,
      isBoxed: end.prefix !== "",
    }),
    dialect: start.dialect.name,
  };
  return { question, dialect: start.dialect, marker: head.marker?.text };
}

// Leaves room for the number that makes a repeated id distinct.
const LONGEST_ID = 56;

export function explicitId(name: string | undefined): Question["explicitId"] {
  if (name === undefined || name.length > LONGEST_ID || !isSafeName(name)) return undefined;
  // Endings such as `.wording` are for proposals about a question.
  return kindOfId(name) === "answer" ? questionId(name) : undefined;
}

function stateOf(head: AnswerHead, content: AnswerContent): QuestionState {
  if (head.choices.ticked === "yes") return "filled";
  if (head.choices.ticked === "no") return "choice";
  if (content.holds === "answer") return "filled";
  if (content.holds === "unfinished answer") return "partial";
  if (head.choices.count > 0) return "choice";
  if (content.holds === "placeholder") return "placeholder";
  return head.tags.length > 0 ? "metadata-only" : "empty";
}

interface SlotPlace {
  readonly start: number;
  readonly end: number;
  readonly endLine: number;
  readonly hasMarker: boolean;
  readonly indent: string;
  /** True inside a container that a blank line would close. */
  readonly isBoxed?: boolean;
}

export function makeSlot(source: SourceText, map: LineMap, place: SlotPlace): Slot {
  const text = source.text.slice(place.start, place.end);
  return {
    span: { start: place.start, end: place.end },
    text,
    hash: hashOf(text),
    answer: withoutIndent(text, place.indent),
    hasMarker: place.hasMarker,
    indent: place.indent,
    insertMarker: "",
    tail: tailAfter(map, place.end, place.endLine, source.eol),
    ...(place.isBoxed === true && { spacing: "next-line" as const }),
  };
}

function withoutIndent(text: string, indent: string): string {
  const content = text.replaceAll("\r\n", "\n");
  if (indent === "") return content.trim();
  return content
    .split("\n")
    .map((line) => withoutQuote(line, indent) ?? withoutBlanks(line, indent.length))
    .join("\n")
    .trim();
}

/** A line of a quote without its marks; undefined for one that has not all of them. */
function withoutQuote(line: string, indent: string): string | undefined {
  if (!indent.includes(">")) return undefined;
  if (line.startsWith(indent)) return line.slice(indent.length);
  return line.startsWith(indent.trimEnd()) ? line.slice(indent.trimEnd().length) : undefined;
}

function withoutBlanks(line: string, width: number): string {
  return line.slice(Math.min(width, line.length - line.trimStart().length));
}

/** What an answer needs after it: a blank line, unless there is one or the file ends. */
function tailAfter(map: LineMap, end: number, line: number, eol: EndOfLine): string {
  if (
    end < map.endOf(line) &&
    map
      .lineAt(line)
      .slice(end - map.startOf(line))
      .trim() !== ""
  )
    return eol + eol;
  return line + 1 < map.lines.length && map.lineAt(line + 1).trim() !== "" ? eol : "";
}

const LEADING_BLANKS = /^[ \t]*/;
const ITEM = /^[ \t]*(?:[-*+]|\d+[.)])[ \t]+/;

function indentOf(map: LineMap, block: QuestionBlock, head: AnswerHead): string {
  const line = map.lineAt(block.start.line);
  if (head.marker !== undefined) return LEADING_BLANKS.exec(map.lineAt(head.marker.line))?.[0] ?? "";
  if (block.start.dialect.rules.write.indent === "none") return LEADING_BLANKS.exec(line)?.[0] ?? "";
  return " ".repeat(ITEM.exec(line)?.[0].length ?? 0);
}

/** Questions without a marker get the one that their dialect names, or that most questions of the file have. */
export function chooseMarkers(found: readonly FoundQuestion[]): readonly UnnumberedQuestion[] {
  const common = commonMarker(found);
  return found.map(({ question, dialect, marker: ownMarker = "" }) => {
    const { marker, spacing } = dialect.rules.write;
    // Text beside a heading or a tag would be part of it.
    const insists = /^(?:#|:::|\{[{%])|</.test(ownMarker) ? "blank-line" : spacing;
    const slot =
      question.slot.spacing !== undefined
        ? question.slot
        : insists === "copy"
          ? question.slot
          : insisting(question.slot, insists);
    if (slot.hasMarker || marker === "none") return { ...question, slot };
    return { ...question, slot: { ...slot, insertMarker: marker === "copy" ? common : marker } };
  });
}

/** On the marker's line an answer needs nothing after it. */
function insisting(slot: Slot, spacing: Spacing): Slot {
  return { ...slot, spacing, tail: spacing === "inline" ? "" : slot.tail };
}

/** Markers of tags and containers: they have a closing half, or ask something of the lines after them. */
const OPENS_CONTAINER = /<|^(?:>|:::|\?\?\?|!!!|===|\{[{%])/;

function commonMarker(found: readonly FoundQuestion[]): string {
  const filled = found.filter(({ question }) => question.state === "filled");
  const telling = filled.length > 0 ? filled : found;
  const counts = new Map<string, number>();
  for (const { marker } of telling) if (marker !== undefined) counts.set(marker, (counts.get(marker) ?? 0) + 1);
  const [marker, count] = [...counts].toSorted((left, right) => right[1] - left[1])[0] ?? ["", 0];
  return count * 2 > telling.length && !OPENS_CONTAINER.test(marker) ? marker : "";
}
