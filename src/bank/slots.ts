import type { Question, Slot } from "./question.ts";
import type { EndOfLine } from "./source-text.ts";
import type { Spacing } from "./spacing.ts";

type OwnSpacing = NonNullable<Slot["spacing"]>;

export interface RenderOptions {
  readonly eol: EndOfLine;
  /** How the file's other answers stand to their markers. */
  readonly spacing: Spacing;
}

/**
 * The full replacement for the span of a question's slot: blanks and marker before the answer, the answer with the
 * indent and the line ends of its place, and what keeps it apart from the text after it.
 */
export function renderAnswer(question: Question, answerMarkdown: string, options: RenderOptions): string {
  const { slot } = question;
  const answer = answerMarkdown
    .replace(/\r\n?/g, "\n")
    // All blanks but the indent of the first line, which may make it code.
    .replace(/^\s*[^\S \t]/, "")
    .trimEnd();
  const spacing = spacingOf(slot, options.spacing);
  const marked = slot.insertMarker === "" ? answer : slot.insertMarker + gap(spacing, answer) + answer;
  const lead = leadOf(slot, slot.insertMarker === "" ? spacing : "blank-line", marked);
  return (lead + indented(marked, slot.indent, lead.endsWith("\n"))).replaceAll("\n", options.eol) + slot.tail;
}

/** Only a marker in the text's own line can have an answer beside it; beside a question it would be part of that. */
function spacingOf(slot: Slot, habit: Spacing): OwnSpacing {
  if (slot.spacing !== undefined) return slot.spacing;
  const isBesideMarker = slot.insertMarker === "" ? slot.hasMarker : /^[^#<]/.test(slot.insertMarker);
  return habit === "inline" && !isBesideMarker ? "blank-line" : habit;
}

/** A placeholder on a line of its own keeps the blank lines above it; else the spacing decides. */
function leadOf(slot: Slot, spacing: OwnSpacing, answer: string): string {
  if (spacing === "none") return "";
  if (spacing === "next-line") return "\n";
  const blanks = /^\s*/.exec(slot.text.replaceAll("\r\n", "\n"))?.[0] ?? "";
  if (blanks.includes("\n") && slot.text.trim() !== "") return blanks.slice(0, blanks.lastIndexOf("\n") + 1);
  if (slot.span.start === 0) return "";
  return gap(spacing, answer);
}

const STARTS_BLOCK = /^(?:[#>|`~<$!\t]|[-*_+=](?:\s|$)|[-*_]{3,}$|\d+[.)]\s| {4})/;

/** Closer than a blank line only for what cannot run into the line above. */
function gap(spacing: OwnSpacing, answer: string): string {
  const isParagraph = !/\n[ \t]*\n/.test(answer) && !answer.split("\n").some((line) => STARTS_BLOCK.test(line));
  if (spacing === "inline" && isParagraph) return " ";
  if (spacing === "newline" && !STARTS_BLOCK.test(answer)) return "\n";
  return "\n\n";
}

function indented(text: string, indent: string, fromFirstLine: boolean): string {
  if (indent === "") return text;
  return text
    .split("\n")
    .map((line, index) => {
      if (index === 0 && !fromFirstLine) return line;
      // A quote goes on over a line without text only by its marks.
      return line.trim() === "" ? line + indent.trimEnd() : indent + line;
    })
    .join("\n");
}
