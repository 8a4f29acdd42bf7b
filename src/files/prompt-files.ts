import { join } from "node:path";
import { UserError } from "../core/errors.ts";
import { isSafeName } from "../core/ids.ts";
import { visibleLine } from "../core/sanitise.ts";
import { lineOfKey, readFrontMatter } from "./front-matter.ts";
import { decodeText, readFileIfAny } from "./read-file.ts";

/** A prompt file split at its front matter; what the keys and the body mean is for its reader to check. */
export interface PromptText {
  readonly path: string;
  /** The whole file with LF line ends and no BOM, so that its hash is the same on every system. */
  readonly text: string;
  readonly frontMatter: Readonly<Record<string, unknown>>;
  /** The end of `text`, from after the front matter. */
  readonly body: string;
}

/**
 * Reads `<task>.md` from the first of the folders that has one: the user's before the packaged.
 *
 * @throws UserError naming file and line.
 */
export function readPromptFile(task: string, folders: readonly string[]): PromptText {
  if (!isSafeName(task)) throw new RangeError("not a name of a task");
  for (const folder of folders) {
    const path = join(folder, `${task}.md`);
    const bytes = readFileIfAny(path);
    if (bytes !== undefined) return splitPrompt(task, path, bytes);
  }
  throw new UserError(`there is no prompt ${task}.md in ${folders.map(visibleLine).join(" or ")}`, {
    hint: "The package is not whole; install it again.",
  });
}

function splitPrompt(task: string, path: string, bytes: Uint8Array): PromptText {
  const text = decodeText(bytes)
    ?.replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n");
  if (text === undefined) throw promptError(path, 1, "the prompt is not UTF-8");
  const matter = readFrontMatter(text);
  if (matter.status === "none") throw promptError(path, 1, "the prompt has no front matter");
  if (matter.status === "invalid") throw promptError(path, matter.line, matter.reason);
  const { data, body } = matter;
  if (data["task"] !== task) throw promptError(path, lineOfKey(text, "task"), `the prompt's task is not ${task}`);
  return { path, text, frontMatter: data, body };
}

function promptError(path: string, line: number, reason: string): UserError {
  return new UserError(`${visibleLine(path)}:${line}: ${reason}`, {
    hint: "Compare the file with the packaged prompt of that name.",
  });
}
