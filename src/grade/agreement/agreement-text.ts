import { agreementBlocks, agreementSummary, type Block } from "./agreement-blocks.ts";
import type { AgreementReport } from "./agreement-report.ts";

/** For a terminal: aligned columns, no colour. */
export function agreementText(report: AgreementReport): string {
  return join(agreementBlocks(report).map(textOf));
}

/** The same with what one looks at first. */
export function agreementSummaryText(report: AgreementReport): string {
  return join(agreementSummary(report).map(textOf));
}

/** For a pull request or a file: headings and pipe tables. */
export function agreementMarkdown(report: AgreementReport): string {
  return join(agreementBlocks(report).map(markdownOf));
}

function join(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function textOf(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `${block.text}\n${"-".repeat(block.text.length)}`;
    case "lines":
      return block.lines.join("\n");
    case "table":
      return aligned([block.header, ...block.rows]);
    default:
      return block satisfies never;
  }
}

/** The first column to the left, numbers under numbers. */
function aligned(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, at) => Math.max(...rows.map((row) => (row[at] ?? "").length)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function markdownOf(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `## ${escapeMarkdown(block.text)}`;
    case "lines":
      return block.lines.map((line) => `- ${escapeMarkdown(line)}`).join("\n");
    case "table":
      return [block.header, block.header.map(() => "---"), ...block.rows.map((row) => row.map(escapeMarkdown))]
        .map((row) => `| ${row.join(" | ")} |`)
        .join("\n");
    default:
      return block satisfies never;
  }
}

/** Ids come from people's files: nothing in them may become a link, a cell, HTML or emphasis. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~!&]/g, (character) => `\\${character}`);
}
