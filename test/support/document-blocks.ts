/** A fenced block of a document, by what a reader does with it. */
export type Block =
  /** `$ command` lines with what they print below them. */
  | { readonly kind: "console"; readonly commands: readonly string[] }
  /** A `$ command # typed: keys` line with the screen that it shows once these keys were typed. */
  | { readonly kind: "screen"; readonly line: string; readonly command: string; readonly keys: readonly string[] }
  /** Commands to copy, whose output is not shown. */
  | { readonly kind: "script"; readonly script: string }
  /** The content of a file, named by the words right above: "… in `path`:". */
  | { readonly kind: "file"; readonly path: string; readonly content: string }
  /** Commands that only a reader can run: the first line says why. */
  | { readonly kind: "elsewhere"; readonly reason: string }
  /** Programs and pieces of files. */
  | { readonly kind: "shown" };

const FENCE = /^(`{3,4})([a-z]*)\n([^]*?)\n\1$/gm;
const FILE_ABOVE = /`([^`<\n]*\.[a-z]+)`:\n\n$/;
const TYPED = /^\$ (.*\S) +# typed: (.*)/;
const NOT_RUN = /^# not run by the tests: (.*)/;
export const PROMPT = "$ ";

function blockOf(language: string, content: string, above: string): Block {
  const path = FILE_ABOVE.exec(above)?.[1];
  if (path !== undefined) return { kind: "file", path, content: `${content}\n` };
  const reason = NOT_RUN.exec(content)?.[1];
  if (reason !== undefined) return { kind: "elsewhere", reason };
  const [line, command, keys] = TYPED.exec(content) ?? [];
  if (line !== undefined && command !== undefined)
    return { kind: "screen", line, command, keys: keys?.split(" ") ?? [] };
  if (content.startsWith(PROMPT)) return { kind: "console", commands: commandsOf(content) };
  return language === "sh" ? { kind: "script", script: content } : { kind: "shown" };
}

function commandsOf(content: string): readonly string[] {
  return content.split("\n").flatMap((line) => (line.startsWith(PROMPT) ? [line.slice(PROMPT.length)] : []));
}

/** Goes through the blocks of a document in order; what `perform` returns for a block takes its content's place. */
export async function throughBlocks(
  text: string,
  perform: (block: Block) => Promise<string | undefined>,
): Promise<string> {
  const pieces: string[] = [];
  let end = 0;
  for (const match of text.matchAll(FENCE)) {
    const [whole, fence = "", language = "", content = ""] = match;
    const above = text.slice(end, match.index);
    const replaced = await perform(blockOf(language, content, above));
    pieces.push(above, replaced === undefined ? whole : `${fence}${language}\n${replaced}\n${fence}`);
    end = match.index + whole.length;
  }
  return [...pieces, text.slice(end)].join("");
}

/** Commands that the prose names in passing: `answerkey …` between single backticks. */
export function namedCommands(text: string): readonly string[] {
  const prose = text.replace(FENCE, "");
  return Array.from(prose.matchAll(/`answerkey\s+([^`]+)`/g), ([, command = ""]) => command.replaceAll(/\s+/g, " "));
}
