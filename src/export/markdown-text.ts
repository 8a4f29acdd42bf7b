import { visible, visibleLine } from "../core/sanitise.ts";
import { largest } from "./statistics.ts";

// With these escaped no emphasis, code, link, image, heading, table cell, HTML, mention or mathematics begins in the middle
// of a line. The angle brackets and the ampersand are entities, which older renderers understand too.
const MARKS = /[\\`*_[\]#|~!@$]/g;

/** Renderers that make links of bare addresses look for these. */
const ADDRESS_DOT = /(?<=[\p{L}\p{N}])\.(?=\p{L})/gu;

/** Text from outside as one line of markdown that says exactly this text. It is not safe at the start of a line. */
export function inlineText(text: string): string {
  return visibleLine(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(MARKS, "\\$&")
    .replaceAll("//", "/\\/")
    .replace(ADDRESS_DOT, "\\.");
}

/** Text from outside, line by line as it is, in a fence that is longer than any run of backticks in it. */
export function fenced(text: string): string {
  const shown = visible(text);
  const longest = largest(
    3,
    Array.from(shown.matchAll(/`{4,}/g), ([run]) => run.length),
  );
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${shown}\n${fence}`;
}

/** A table; the cells are markdown of one line already. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** Front matter: every value as JSON, which is YAML that can be read one way only. */
export function frontMatter(entries: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(entries).map(([key, value]) => `${key}: ${JSON.stringify(value, visibleStrings)}`);
  return `---\n${lines.join("\n")}\n---\n`;
}

function visibleStrings(_key: string, value: unknown): unknown {
  return typeof value === "string" ? visibleLine(value) : value;
}
