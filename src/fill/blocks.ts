import { levelOf, readLines, type MarkdownLine } from "./markdown-lines.ts";
import { sentencesOf } from "../core/sentences.ts";

/** A piece of a passage that is taken whole or part by part, but never torn inside a part. */
export interface Block {
  readonly kind: "paragraph" | "list" | "table" | "code" | "formula" | "heading";
  /** Sentences of a paragraph, items of a list with what hangs below them; one part for any other kind. */
  readonly parts: readonly string[];
}

const ITEM = /^(?:[-*+]|\d{1,9}[.)])[ \t]+/;

/** The blocks of a passage in order. */
export function blocksOf(markdown: string): readonly Block[] {
  return groupsOf(readLines(markdown).lines).map(blockOf);
}

/** The block as markdown, with only the parts given. */
export function textOfBlock(kind: Block["kind"], parts: readonly string[]): string {
  return parts.join(kind === "paragraph" ? " " : "\n");
}

// Lines that belong together: up to a blank line, a fence as one, a list with the blank lines between its items.
function groupsOf(lines: readonly MarkdownLine[]): readonly (readonly MarkdownLine[])[] {
  const groups: MarkdownLine[][] = [];
  let current: MarkdownLine[] = [];
  const close = (): void => {
    if (current.length > 0) groups.push(current);
    current = [];
  };
  for (const line of lines) {
    const last = current.at(-1);
    const isBlank = !line.isCode && line.text.trim() === "";
    if (isBlank) close();
    else if (last !== undefined && startsAnew(last, line)) {
      close();
      current.push(line);
    } else current.push(line);
  }
  close();
  return joinLists(groups);
}

function startsAnew(last: MarkdownLine, line: MarkdownLine): boolean {
  if (last.isCode || line.isCode) return last.isCode !== line.isCode && !/^\s/.test(line.text);
  if (levelOf(last) > 0 || levelOf(line) > 0) return true;
  if (ITEM.test(line.text)) return !ITEM.test(last.text) && !/^\s/.test(last.text);
  return isRow(line.text) !== isRow(last.text) && !/^\s/.test(line.text);
}

function joinLists(groups: readonly MarkdownLine[][]): readonly (readonly MarkdownLine[])[] {
  const joined: MarkdownLine[][] = [];
  for (const group of groups) {
    const previous = joined.at(-1);
    const first = group[0]?.text ?? "";
    const goesOn =
      previous !== undefined && ITEM.test(previous[0]?.text ?? "") && (ITEM.test(first) || /^\s+\S/.test(first));
    if (goesOn) previous.push(...group);
    else joined.push([...group]);
  }
  return joined;
}

function blockOf(lines: readonly MarkdownLine[]): Block {
  const [first] = lines;
  const texts = lines.map((line) => line.text);
  if (first === undefined) return { kind: "paragraph", parts: [] };
  if (first.isCode) return { kind: "code", parts: [texts.join("\n")] };
  if (levelOf(first) > 0) return { kind: "heading", parts: [texts.join("\n")] };
  if (ITEM.test(first.text)) return { kind: "list", parts: itemsOf(texts) };
  if (isRow(first.text)) return { kind: "table", parts: [texts.join("\n")] };
  if (first.text.trim().startsWith("$$")) return { kind: "formula", parts: [texts.join("\n")] };
  return { kind: "paragraph", parts: sentencesOf(texts.map((text) => text.trim()).join(" ")) };
}

function itemsOf(lines: readonly string[]): readonly string[] {
  const items: string[] = [];
  for (const line of lines) {
    if (ITEM.test(line) || items.length === 0) items.push(line);
    else items.push(`${items.pop() ?? ""}\n${line}`);
  }
  return items;
}

function isRow(line: string): boolean {
  return /^\s*\|.*\|\s*$/.test(line);
}
