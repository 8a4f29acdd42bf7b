import matter from "gray-matter";
import { YAMLException } from "js-yaml";
import { visibleLine } from "../core/sanitise.ts";
import { formatYaml } from "./format-yaml.ts";
import { parseYaml } from "./lossless-yaml.ts";
import { readOwnYaml } from "./own-yaml.ts";
import { plainDataFault } from "./plain-data.ts";

/** A text split at its front matter. `body` is a slice of the text given, to the character. */
export type FrontMatter =
  | {
      readonly status: "read";
      readonly data: Readonly<Record<string, unknown>>;
      readonly body: string;
      /** UTF-16 offset of the body in the text. */
      readonly bodyStart: number;
      /** 1-based line on which the body starts. */
      readonly bodyLine: number;
    }
  | { readonly status: "none"; readonly body: string }
  | { readonly status: "invalid"; readonly reason: string; readonly line: number };

const LONGEST_BLOCK = 64 * 1024;
// gray-matter searches comments in time that grows with lines times length.
const MOST_LINES = 1000;
const LONGEST_REASON = 160;

function refuseLanguage(): never {
  throw new Error("only YAML front matter is read");
}

/** gray-matter runs code for `---js` unless told otherwise; here every language but YAML throws. */
const ENGINES = {
  yaml: { parse: parseMapping },
  json: { parse: refuseLanguage },
  javascript: { parse: refuseLanguage },
  js: { parse: refuseLanguage },
  coffee: { parse: refuseLanguage },
  coffeescript: { parse: refuseLanguage },
  cson: { parse: refuseLanguage },
  toml: { parse: refuseLanguage },
};

/**
 * Splits a text at its front matter and parses that as data and nothing else: no code, no aliases, no coercion, no
 * `__proto__`, bounded in size and depth. Never throws for what the text holds.
 */
export function readFrontMatter(text: string): FrontMatter {
  const block = findBlock(text);
  if (block.status !== "found") return block;
  try {
    const data = readOwnYaml(`${block.content}\n`.slice(1)) ?? readAnyYaml(block.content);
    const fault = plainDataFault(data);
    if (fault !== undefined) return { status: "invalid", reason: fault, line: 1 };
    return {
      status: "read",
      data,
      body: text.slice(block.bodyStart),
      bodyStart: block.bodyStart,
      bodyLine: block.content.split("\n").length + 2,
    };
  } catch (error) {
    return { status: "invalid", ...describe(error) };
  }
}

function readAnyYaml(content: string): Readonly<Record<string, unknown>> {
  // Always with options: without them gray-matter shares one mutable result among equal texts.
  return matter(`---${content}\n---\n`, { language: "yaml", engines: ENGINES }).data;
}

/** Front matter with keys in the order of `data` and every string quoted, then the body as it is. */
export function writeFrontMatter(data: Readonly<Record<string, unknown>>, body: string): string {
  return `---\n${formatYaml(data)}---\n${body}`;
}

/** 1-based line of a top-level key, for messages about its value; 1 if it is not there. */
export function lineOfKey(text: string, key: string): number {
  const lines = text.slice(0, LONGEST_BLOCK).split("\n");
  return lines.findIndex((line) => line.startsWith(`${key}:`)) + 1 || 1;
}

type Block =
  | { readonly status: "found"; readonly content: string; readonly bodyStart: number }
  | Exclude<FrontMatter, { readonly status: "read" }>;

/** The block ends at the first line that starts with `---`, which is also where gray-matter ends it. */
function findBlock(text: string): Block {
  const opening = /^\uFEFF?---(?!-)([^\r\n]*)\r?(?:\n|$)/.exec(text);
  if (opening === null) return { status: "none", body: text };
  const language = (opening[1] ?? "").trim();
  if (language !== "" && language !== "yaml" && language !== "yml") {
    return { status: "invalid", reason: `front matter in ${shortened(language)} is not read, only YAML`, line: 1 };
  }
  const start = opening[0].length - 1;
  const end = text.slice(0, start + LONGEST_BLOCK).indexOf("\n---", start);
  if (end === -1) return { status: "invalid", reason: unclosedReason(text, start), line: 1 };
  const closing = /^\n---[ \t]*\r?(?:\n|$)/.exec(text.slice(end, end + 256));
  const content = text.slice(start, end);
  const line = content.split("\n").length + 1;
  if (closing === null) return { status: "invalid", reason: "a line in front matter starts with ---", line };
  if (line > MOST_LINES) return { status: "invalid", reason: `front matter is longer than ${MOST_LINES} lines`, line };
  return { status: "found", content, bodyStart: end + closing[0].length };
}

function unclosedReason(text: string, start: number): string {
  return text.length - start > LONGEST_BLOCK
    ? `front matter is not closed within ${LONGEST_BLOCK / 1024} KB`
    : "front matter is not closed";
}

function parseMapping(text: string): Record<string, unknown> {
  const data = parseYaml(text);
  if (!isMapping(data)) throw new YAMLException("front matter is not a list of keys and values");
  return data;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Only the reason: a YAML error's message also quotes the lines around, which may hold an answer. */
function describe(error: unknown): { readonly reason: string; readonly line: number } {
  if (!(error instanceof YAMLException)) return { reason: "front matter cannot be read", line: 1 };
  return { reason: shortened(error.reason), line: (error.mark?.line ?? 0) + 1 };
}

function shortened(text: string): string {
  return visibleLine(text).slice(0, LONGEST_REASON);
}
