import { LINE } from "./line-kind.ts";

const LONGEST_SCANNED_LINE = 4000;
const LONGEST_INLINE_COMMENT = 40;

/**
 * Marks the text lines that lie wholly inside HTML comments; returns the 0-based line of a comment that never ends.
 * A comment that ends on its line, beside text, hides nothing.
 */
export function maskComments(lines: readonly string[], kinds: Uint8Array): number | undefined {
  let opened: number | undefined;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    if (opened === undefined && (kinds[index] !== LINE.text || !line.includes("<!--"))) continue;
    const { isOpen, isOnlyComment } = scan(line, opened !== undefined);
    if (isOnlyComment) kinds[index] = LINE.comment;
    if (!isOpen) opened = undefined;
    else if (opened === undefined && opensBlock(lines, index)) opened = index;
  }
  return opened;
}

/** Inside a paragraph, a comment that is not closed soon is plain text. */
function opensBlock(lines: readonly string[], index: number): boolean {
  if (/^ {0,3}</.test(lines[index] ?? "")) return true;
  return lines.slice(index + 1, index + LONGEST_INLINE_COMMENT).some((line) => line.includes("-->"));
}

function scan(line: string, wasOpen: boolean): { readonly isOpen: boolean; readonly isOnlyComment: boolean } {
  if (line.length > LONGEST_SCANNED_LINE) {
    const opening = line.lastIndexOf("<!--");
    const closing = line.lastIndexOf("-->");
    return { isOpen: opening === closing ? wasOpen : opening > closing, isOnlyComment: wasOpen && closing === -1 };
  }
  let isOpen = wasOpen;
  let visible = "";
  let rest = line;
  for (let mark = markIn(rest, isOpen); mark !== -1; mark = markIn(rest, isOpen)) {
    const isLiteral = !isOpen && isInCodeSpan(visible + rest.slice(0, mark));
    if (!isOpen) visible += rest.slice(0, isLiteral ? mark + 4 : mark);
    rest = rest.slice(mark + (isOpen ? 3 : 4));
    if (!isLiteral) isOpen = !isOpen;
  }
  if (!isOpen) visible += rest;
  return { isOpen, isOnlyComment: visible.trim() === "" };
}

function markIn(text: string, isOpen: boolean): number {
  return text.indexOf(isOpen ? "-->" : "<!--");
}

function isInCodeSpan(before: string): boolean {
  return before.split("`").length % 2 === 0;
}
