import MarkdownIt from "markdown-it";
import { visibleLine } from "../core/sanitise.ts";

const markdown = new MarkdownIt({ html: true });
type Token = ReturnType<typeof markdown.parse>[number];

/** The words of one line of markdown, for places that hold no markup: titles, names, decks. */
export function plainText(line: string): string {
  const tokens = markdown.parseInline(visibleLine(line), {});
  return visibleLine(tokens.flatMap(({ children }) => (children ?? []).map(wordsOf)).join(""));
}

function wordsOf({ type, content }: Token): string {
  if (type === "softbreak" || type === "hardbreak") return " ";
  return type === "html_inline" ? "" : content;
}
