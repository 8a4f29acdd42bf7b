import { z } from "zod";
import { htmlToText, isRichText } from "./html-to-text.ts";

/** text: as it is · rich text: HTML where an editor wrote it, else text · html: always HTML · json: an object that holds texts. */
export type AnswerForm = "text" | "rich text" | "html" | "json";

/** The plain text of an answer as it was handed in, with LF line ends; undefined where it is not of its form. */
export function plainAnswer(answer: string, form: AnswerForm): string | undefined {
  const text = inForm(answer, form);
  return text === undefined ? undefined : text.replace(/\r\n?/g, "\n");
}

function inForm(answer: string, form: AnswerForm): string | undefined {
  switch (form) {
    case "text":
      return answer;
    case "html":
      return htmlToText(answer);
    case "rich text":
      return isRichText(answer) ? htmlToText(answer) : answer;
    case "json":
      return textOfJson(answer);
    default:
      return form satisfies never;
  }
}

const parts = z.object({
  parts: z.array(z.object({ text: z.string().default("") })),
  file_keys: z.array(z.unknown()).default([]),
});
const files = z.array(z.object({ name: z.string(), contents: z.base64() }));

/** Several texts stand under their names, so that none is lost; a single one stands alone. */
function textOfJson(json: string): string | undefined {
  const value = parsed(json);
  if (value === undefined) return json.trim().startsWith("{") ? undefined : json;
  if (value === null) return "";
  const inParts = parts.safeParse(value);
  if (inParts.success) return textOfParts(inParts.data);
  if (typeof value !== "object") return typeof value === "string" ? value : json;
  const texts = Object.entries(value).flatMap(([name, nested]) => textsOf(name, nested));
  // Something was handed in, and none of it is the text: that is no blank.
  if (texts.length === 0 && Object.values(value).some((nested) => nested !== null && nested !== "")) return undefined;
  return joined(texts);
}

/** Undefined where files were handed in and no text. */
function textOfParts({ parts: written, file_keys: uploads }: z.infer<typeof parts>): string | undefined {
  const text = written.map((part) => richTextOf(part.text)).join("\n\n");
  return text.trim() === "" && uploads.length > 0 ? undefined : text;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

interface NamedText {
  readonly name: string;
  /** Undefined for a file that is no text. */
  readonly text: string | undefined;
}

function joined(texts: readonly NamedText[]): string | undefined {
  if (texts.some(({ text }) => text === undefined)) return undefined;
  if (texts.length === 1) return texts[0]?.text;
  return texts.map(({ name, text = "" }) => `${name}:\n${text}`).join("\n\n");
}

function textsOf(name: string, value: unknown): readonly NamedText[] {
  if (name === "_files") {
    const uploaded = files.safeParse(value);
    if (!uploaded.success) return [{ name, text: undefined }];
    return uploaded.data.map((file) => ({ name: file.name, text: textOfFile(file.name, file.contents) }));
  }
  if (name.startsWith("_") || value === null) return [];
  return [{ name, text: typeof value === "string" ? value : JSON.stringify(value) }];
}

function textOfFile(name: string, contents: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(contents), (character) => character.charCodeAt(0));
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return /\.html?$/i.test(name) ? richTextOf(text) : text;
  } catch {
    return undefined;
  }
}

function richTextOf(text: string): string {
  return isRichText(text) ? htmlToText(text) : text;
}
