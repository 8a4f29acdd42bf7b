import { bankConfigSchema } from "../../src/bank/bank-config.ts";
import { indexBank } from "../../src/bank/index-bank.ts";
import type { Bank } from "../../src/bank/question.ts";
import { readBankFile } from "../../src/bank/read-bank-file.ts";
import type { ReadBankFile } from "../../src/review/write-plan.ts";

/** A block of a generated bank; its number goes with it wherever it is moved. */
export interface Block {
  readonly number: number;
  readonly text: string;
  /** Undefined where nobody has answered. */
  readonly answer: string | undefined;
}

/** A layout: how a block is written, with and without an answer. */
export interface Layout {
  readonly dialect: string;
  readonly write: (block: Block) => string;
}

const indented = (text: string): string => text.replaceAll(/\n(?=[^\n])/g, "\n   ");

export const LAYOUTS: readonly Layout[] = [
  {
    dialect: "headed",
    write: ({ number, text, answer = "_To be filled_" }) =>
      `## Question ${number}\n\n**${text}**\n\n**Answer:**\n\n${answer}\n`,
  },
  {
    dialect: "numbered-heading",
    write: ({ number, text, answer = "TODO" }) => `### ${number}. ${text}\n\n${answer}\n`,
  },
  {
    dialect: "details-summary",
    write: ({ text, answer }) =>
      `<details>\n<summary>${text}</summary>\n\n${answer === undefined ? "" : `${answer}\n\n`}</details>\n`,
  },
  {
    dialect: "listed",
    write: ({ number, text, answer = "_To be filled_" }) =>
      `${number}. ${text}\n\n   **Answer:**\n\n   ${indented(answer)}\n`,
  },
  {
    dialect: "qa-lines",
    write: ({ text, answer = "TBD" }) => `**Q: ${text}**\n\n**A:**\n\n${answer}\n`,
  },
];

/** Bytes around the blocks, and how lines end. */
export interface Wrapping {
  readonly eol: "\n" | "\r\n";
  readonly hasBom: boolean;
  readonly hasFinalNewline: boolean;
  readonly introduction: string;
}

export function writeBank(layout: Layout, blocks: readonly Block[], wrapping: Wrapping): Uint8Array {
  const text = `# A bank\n\n${wrapping.introduction}${blocks.map(layout.write).join("\n")}`;
  const ended = wrapping.hasFinalNewline ? text : text.replace(/\n$/, "");
  const bytes = new TextEncoder().encode(ended.replaceAll("\n", wrapping.eol));
  return wrapping.hasBom ? new Uint8Array([0xef, 0xbb, 0xbf, ...bytes]) : bytes;
}

export function readerOf(dialect: string): ReadBankFile {
  const config = bankConfigSchema.parse({ banks: [{ files: "**/*.md", dialect }] });
  return (path, bytes) => readBankFile(path, bytes, config);
}

export function bankOf(dialect: string, files: Readonly<Record<string, Uint8Array>>): Bank {
  const read = readerOf(dialect);
  return indexBank(Object.entries(files).map(([path, bytes]) => read(path, bytes)));
}

/** A generator of the same numbers each time: mulberry32. */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}
