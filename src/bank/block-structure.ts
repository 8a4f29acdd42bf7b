import MarkdownIt from "markdown-it";
import { maskComments } from "./comments.ts";
import { LINE, type LineKind } from "./line-kind.ts";

export interface BlockStructure {
  /** Kind of each line, one of the values of {@link LINE}. */
  readonly kinds: Uint8Array;
  /** Level 1 to 6 of the heading on each line, 0 where there is none. */
  readonly headingLevels: Uint8Array;
  /** 0-based line and text of a code fence that runs to the end of the file. */
  readonly unclosedFence: { readonly line: number; readonly fence: string } | undefined;
  /** 0-based line of an HTML comment that runs to the end of the file. */
  readonly unclosedComment: number | undefined;
}

// Block rules only: inline content is never looked at. Tables and link definitions do not matter to the structure.
const markdown = new MarkdownIt({ html: true }).disable(["table", "reference"]);

const ATX_HEADING = /^ {0,3}(#{1,6})(?:[ \t]|$)/;
const FENCE = /^[\s>]*(`{3,}|~{3,})/;
const CLOSING_FENCE = /^[\s>]*(?:`{3,}|~{3,})\s*$/;
const VERBATIM_HTML = /^\s*<(?:pre|script|style|textarea|!\[|\?)/i;

/** Block structure by a CommonMark parser; `lines` are without line ends, the first `skipped` are front matter. */
export function readBlocks(lines: readonly string[], skipped: number): BlockStructure {
  const kinds = new Uint8Array(lines.length);
  for (const [index, line] of lines.entries()) kinds[index] = kindBeforeParsing(line, index < skipped);
  const headingLevels = new Uint8Array(lines.length);
  let unclosedFence: BlockStructure["unclosedFence"];
  for (const block of parseBlocks(lines, skipped)) {
    const kind = kindOf(block, lines);
    if (kind === LINE.code) kinds.fill(LINE.code, block.start, block.end);
    else if (kind === "html") maskFencesInHtml(lines, kinds, block);
    else if (kind === "setext") headingLevels[block.start] = block.headingLevel;
    if (block.type === "fence" && runsToTheEnd(lines, block)) {
      unclosedFence = { line: block.start, fence: FENCE.exec(lines[block.start] ?? "")?.[1] ?? "```" };
    }
  }
  const unclosedComment = maskComments(lines, kinds);
  markAtxHeadings(lines, kinds, headingLevels);
  return { kinds, headingLevels, unclosedFence, unclosedComment };
}

function kindBeforeParsing(line: string, isFrontMatter: boolean): LineKind {
  if (isFrontMatter) return LINE.frontMatter;
  return line.trim() === "" ? LINE.blank : LINE.text;
}

interface Block {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly headingLevel: number;
  readonly markup: string;
  /** Of code, what stands in it. */
  readonly content: string;
}

function parseBlocks(lines: readonly string[], skipped: number): readonly Block[] {
  const text = (skipped === 0 ? lines : lines.map((line, index) => (index < skipped ? "" : line))).join("\n");
  const tokens: ReturnType<typeof markdown.parse> = [];
  // A carriage return inside a line is a line end to the parser and not to us.
  markdown.block.parse(text.replaceAll("\r", " ").replaceAll("\u0000", "\uFFFD"), markdown, {}, tokens);
  return tokens.flatMap(({ type, map, tag, markup, content }) =>
    map === null ? [] : [{ type, start: map[0], end: map[1], headingLevel: Number(tag.slice(1)), markup, content }],
  );
}

/** Three dashes right under a line underline it to CommonMark, but in a bank they are a rule whose blank line is missing. */
const RULE = /^ {0,3}---[ \t]*$/;

function kindOf(block: Block, lines: readonly string[]): typeof LINE.code | "html" | "setext" | "other" {
  switch (block.type) {
    case "fence":
    case "code_block":
      return LINE.code;
    case "html_block":
      return VERBATIM_HTML.test(lines[block.start] ?? "") ? LINE.code : "html";
    case "heading_open":
      return block.markup.startsWith("#") || RULE.test(lines[block.end - 1] ?? "") ? "other" : "setext";
    default:
      return "other";
  }
}

function runsToTheEnd(lines: readonly string[], block: Block): boolean {
  for (let index = block.end; index < lines.length; index++) if (lines[index]?.trim() !== "") return false;
  return !CLOSING_FENCE.test(lines[block.end - 1] ?? "") || isLastLineInside(block);
}

/** A line of other marks, of too few or too far in is part of the code, although it looks like its end. */
function isLastLineInside({ start, end, content }: Block): boolean {
  const inside = content.split("\n").length - (content === "" || content.endsWith("\n") ? 1 : 0);
  return inside === end - start - 1;
}

/** A fence right under a tag is no fence to CommonMark, but its author meant one. */
function maskFencesInHtml(lines: readonly string[], kinds: Uint8Array, block: Block): void {
  let opened = -1;
  for (let index = block.start; index < block.end; index++) {
    if (!FENCE.test(lines[index] ?? "")) continue;
    if (opened === -1) opened = index;
    else if (CLOSING_FENCE.test(lines[index] ?? "")) {
      kinds.fill(LINE.code, opened, index + 1);
      opened = -1;
    }
  }
}

/** By line and not by token, because a heading right under a tag is no heading to CommonMark, but its author meant one. */
function markAtxHeadings(lines: readonly string[], kinds: Uint8Array, headingLevels: Uint8Array): void {
  for (let index = 0; index < lines.length; index++) {
    if (kinds[index] !== LINE.text) continue;
    const level = ATX_HEADING.exec(lines[index] ?? "")?.[1]?.length;
    if (level !== undefined) headingLevels[index] = level;
  }
}
