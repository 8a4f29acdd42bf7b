import { z } from "zod";
import { UserError } from "../core/errors.ts";
import { hashOf, type Hash } from "../core/hash.ts";
import type { Sampling } from "../core/task.ts";

const frontMatter = z.strictObject({
  task: z.string().regex(/^[a-z][a-z-]*$/, "expected a lower-case name"),
  version: z.coerce.number().int().positive(),
  max_output_tokens: z.coerce.number().int().positive(),
  temperature: z.coerce.number().min(0).max(2).optional(),
  reasoning_effort: z.enum(["minimal", "low", "medium", "high"]).optional(),
});

/** A prompt file as read: its whole text, its front matter as data, and the text after it. */
export interface PromptFile {
  /** For messages only. */
  readonly path: string;
  readonly text: string;
  readonly frontMatter: unknown;
  /** The end of `text`, from after the front matter. */
  readonly body: string;
}

/** A part of a prompt's body, ready to be compiled: line numbers in it are those of the file. */
export interface PromptPart {
  readonly role: "system" | "user";
  /** As many empty lines as the part stands below the top of the file, then the part. */
  readonly template: string;
}

export interface Prompt {
  readonly path: string;
  readonly task: string;
  readonly version: number;
  readonly maxOutputTokens: number;
  readonly sampling: Sampling;
  /** Of the whole file: goes into the provenance of what it produced. */
  readonly hash: Hash;
  readonly parts: readonly PromptPart[];
}

const PARTS = [
  { role: "system", heading: "# System" },
  { role: "user", heading: "# User" },
] as const;

/**
 * Checks a prompt file and splits it at its two headings, `# System` and `# User`. What stands before the first of them is
 * a note to whoever edits the file and is not sent.
 * @throws UserError naming the file and what is wrong in it.
 */
export function parsePrompt(file: PromptFile): Prompt {
  const data = frontMatter.safeParse(file.frontMatter);
  if (!data.success) throw new UserError(`${file.path}: front matter: ${z.prettifyError(data.error)}`);
  const lines = file.body.replace(/\r\n?/g, "\n").split("\n");
  const above = lineCount(file.text) - lines.length;
  const starts = PARTS.map(({ heading }) => onlyLine(lines, heading, file.path));
  const [system = 0, user = 0] = starts;
  if (system > user) throw new UserError(`${file.path}: "# System" must stand before "# User"`);
  const bounds = [
    { from: system + 1, to: user },
    { from: user + 1, to: lines.length },
  ];
  return {
    path: file.path,
    task: data.data.task,
    version: data.data.version,
    maxOutputTokens: data.data.max_output_tokens,
    sampling: { temperature: data.data.temperature, reasoningEffort: data.data.reasoning_effort },
    hash: hashOf(file.text),
    parts: PARTS.map(({ role }, index) => {
      const { from, to } = bounds[index] ?? { from: 0, to: 0 };
      return { role, template: "\n".repeat(above + from) + lines.slice(from, to).join("\n") };
    }),
  };
}

function onlyLine(lines: readonly string[], heading: string, path: string): number {
  const found = lines.flatMap((line, index) => (line.trimEnd() === heading ? [index] : []));
  const [first, second] = found;
  if (first === undefined) throw new UserError(`${path}: the line "${heading}" is missing`);
  if (second !== undefined) throw new UserError(`${path}: the line "${heading}" stands twice`);
  return first;
}

function lineCount(text: string): number {
  return text.replace(/\r\n?/g, "\n").split("\n").length;
}
