import { fromMarkdown } from "mdast-util-from-markdown";
import { isCostlyToRead } from "./reading-cost.ts";

type Node = ReturnType<typeof fromMarkdown> | ReturnType<typeof fromMarkdown>["children"][number];

const PROBE = "answerkey-probe";

/**
 * A second parser's view of one question's block: true where the answer at `offset` is in no code and no comment, and
 * the text after the block is untouched by it. False also for what would hold the parser up for minutes.
 */
export function agreesOnBlock(block: string, offset: number): boolean {
  const width = /^[ \t]*/.exec(block)?.[0].length ?? 0;
  const text = dedent(block, width);
  const start = dedent(block.slice(0, offset), width).length;
  if (isCostlyToRead(text)) return false;
  const root = fromMarkdown(`${text}\n\n# ${PROBE}\n`);
  const answer = start + (/^\s*/.exec(text.slice(start))?.[0].length ?? 0);
  return endsWithProbe(root) && !isHidden(root, answer);
}

/** Without the indent of a nested list item, which alone would make the block code. */
function dedent(text: string, width: number): string {
  if (width === 0) return text;
  return text
    .split("\n")
    .map((line) => line.slice(Math.min(width, line.length - line.trimStart().length)))
    .join("\n");
}

function endsWithProbe(root: ReturnType<typeof fromMarkdown>): boolean {
  const last = root.children.at(-1);
  if (last?.type !== "heading" || last.depth !== 1) return false;
  const [text] = last.children;
  return text?.type === "text" && text.value === PROBE;
}

function isHidden(node: Node, offset: number): boolean {
  const start = node.position?.start.offset ?? 0;
  const end = node.position?.end.offset ?? 0;
  if (start >= offset || end <= offset) return false;
  if (node.type === "code" || node.type === "inlineCode") return true;
  if (node.type === "html") return isInComment(node.value, offset - start);
  return "children" in node && node.children.some((child) => isHidden(child, offset));
}

function isInComment(html: string, offset: number): boolean {
  const before = html.slice(0, offset);
  return before.lastIndexOf("<!--") > before.lastIndexOf("-->");
}
