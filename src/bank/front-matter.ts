import { load } from "js-yaml";
import { z } from "zod";

/** The metadata block between `---` lines at the very start of a file. It is read by position and never written. */
export interface FrontMatter {
  /** Number of lines it takes, both fences included; 0 where there is none. */
  readonly lineCount: number;
  readonly values: Readonly<Record<string, unknown>>;
  /** Why the block could not be read; undefined where it could or where there is none. */
  readonly error: string | undefined;
}

const NONE: FrontMatter = { lineCount: 0, values: {}, error: undefined };
const KEY_LINE = /^(?:[\p{L}_"'][^:]{0,80}:(?:\s|$)|#|\s|-\s|$)/u;
const LONGEST = 200;
const record = z.record(z.string(), z.unknown());

/** A rule as first line is not front matter: every line of the block has to look like YAML. */
export function readFrontMatter(lines: readonly string[]): FrontMatter {
  if (lines[0]?.trimEnd() !== "---") return NONE;
  const end = closingLine(lines);
  if (end === -1) return NONE;
  const parsed = parseYaml(lines.slice(1, end).join("\n"));
  return { lineCount: end + 1, ...parsed };
}

function closingLine(lines: readonly string[]): number {
  for (let index = 1; index < Math.min(lines.length, LONGEST); index++) {
    const line = lines[index]?.trimEnd() ?? "";
    if (line === "---" || line === "...") return index > 1 ? index : -1;
    if (!KEY_LINE.test(line)) return -1;
  }
  return -1;
}

function parseYaml(yaml: string): Pick<FrontMatter, "values" | "error"> {
  try {
    const values = record.safeParse(load(yaml) ?? {});
    return values.success ? { values: values.data, error: undefined } : { values: {}, error: "not a mapping" };
  } catch (error) {
    return { values: {}, error: error instanceof Error ? reasonOf(error) : "not valid YAML" };
  }
}

function reasonOf(error: Error): string {
  // The first line is the reason; the rest quotes the user's content.
  return error.message.split("\n", 1)[0]?.slice(0, 200) ?? "not valid YAML";
}
