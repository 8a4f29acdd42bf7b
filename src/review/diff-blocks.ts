/** A paragraph or a fenced code block, with the blank lines after it; a text is the sum of its blocks. */
export interface TextBlock {
  readonly kind: "prose" | "code";
  readonly text: string;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** Splits a text for display. What it takes for a fence decides only how a change is shown. */
export function splitBlocks(text: string): readonly TextBlock[] {
  const blocks: TextBlock[] = [];
  let lines: string[] = [];
  let fence: string | undefined;
  let kind: TextBlock["kind"] = "prose";
  const close = (): void => {
    if (lines.length > 0) blocks.push({ kind, text: lines.join("") });
    lines = [];
    kind = "prose";
  };
  for (const line of linesOf(text)) {
    const isBlank = line.trim() === "";
    if (fence !== undefined) {
      lines.push(line);
      if (closes(line, fence)) fence = undefined;
      continue;
    }
    const opening = FENCE.exec(line)?.[1];
    const isAfterBlank = lines.at(-1)?.trim() === "" || kind === "code";
    if (opening !== undefined || (isAfterBlank && !isBlank)) close();
    if (opening !== undefined) {
      kind = "code";
      fence = opening;
    }
    lines.push(line);
  }
  close();
  return blocks;
}

/** Lines with their line ends. */
export function linesOf(text: string): readonly string[] {
  const lines = text.split("\n").map((line, at, all) => (at < all.length - 1 ? `${line}\n` : line));
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

function closes(line: string, fence: string): boolean {
  const trimmed = line.trim();
  return trimmed.length >= fence.length && trimmed === (fence[0] ?? "").repeat(trimmed.length);
}
