/** A line of markdown, told whether it is code. */
export interface MarkdownLine {
  readonly text: string;
  /** Inside a fence or one of its two marks. */
  readonly isCode: boolean;
}

const FENCE = /^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(`{3,}|~{3,})(.*)$/;

/** The lines of a text, and the fence left open at its end, if any. By the fence rules of CommonMark 0.31, section 4.5. */
export function readLines(markdown: string): {
  readonly lines: readonly MarkdownLine[];
  readonly openFence: string | undefined;
} {
  let open: string | undefined;
  const lines = markdown.split("\n").map((text) => {
    const [, marks, info = ""] = FENCE.exec(text) ?? [];
    if (open === undefined) {
      const opens = marks !== undefined && !(marks.startsWith("`") && info.includes("`"));
      if (opens) open = marks;
      return { text, isCode: opens };
    }
    if (marks?.startsWith(open) === true && info.trim() === "") open = undefined;
    return { text, isCode: true };
  });
  return { lines, openFence: open };
}

/** The lines' prose: no fenced code, and code spans emptied. */
export function proseOf(lines: readonly MarkdownLine[]): string {
  return lines
    .map((line) => (line.isCode ? "" : line.text))
    .join("\n")
    .replace(/(`{1,3})[^`\n]{1,400}\1/g, "``");
}

/** 1 to 6 for a heading line, 0 for any other. */
export function levelOf(line: MarkdownLine): number {
  return line.isCode ? 0 : (/^ {0,3}(#{1,6})(?:[ \t]|$)/.exec(line.text)?.[1]?.length ?? 0);
}

/** The words of a heading line. By trimming, not by a pattern: a heading may be one long line of blanks and marks. */
export function headingText(line: MarkdownLine): string {
  const trimmed = line.text
    .trim()
    .replace(/^#{1,6}/, "")
    .trim();
  let end = trimmed.length;
  while (end > 0 && trimmed[end - 1] === "#") end -= 1;
  return end === 0 || trimmed[end - 1] === " " ? trimmed.slice(0, end).trim() : trimmed;
}
