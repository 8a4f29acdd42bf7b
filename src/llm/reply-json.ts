import type { ReplyFormat } from "../core/model.ts";

const MAX_CHARACTERS = 2_000_000;
const MAX_DEPTH = 64;

export type JsonReading =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly issues: string };

/**
 * Reads a whole reply as one JSON value; nothing is repaired. Size and depth are bounded before parsing. Where the
 * endpoint could not be held to JSON at all, the value may follow a thinking block and stand in one code fence.
 */
export function readReplyJson(text: string, format: ReplyFormat): JsonReading {
  const json = (format === "plain" ? unwrapped(text) : text).trim();
  if (json === "") return { ok: false, issues: "the reply is empty; one JSON object was expected" };
  if (json.length > MAX_CHARACTERS)
    return { ok: false, issues: `the reply is longer than ${MAX_CHARACTERS} characters` };
  if (isDeeperThan(json, MAX_DEPTH)) return { ok: false, issues: `the reply nests deeper than ${MAX_DEPTH} levels` };
  try {
    return { ok: true, value: JSON.parse(json) };
  } catch {
    return { ok: false, issues: "the reply is not one valid JSON value" };
  }
}

/** True where the text is nothing but one code fence: what an endpoint sends that ignores a demand for JSON. */
export function isFenced(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.startsWith("```") && trimmed.endsWith("```") && trimmed.includes("\n");
}

function unwrapped(text: string): string {
  const answer = afterThinking(text).trim();
  return isFenced(answer) ? answer.slice(answer.indexOf("\n") + 1, -3) : answer;
}

function afterThinking(text: string): string {
  if (!text.trimStart().startsWith("<think>")) return text;
  const end = text.indexOf("</think>");
  return end === -1 ? text : text.slice(end + "</think>".length);
}

/** One pass over the brackets outside strings, so that a flood of them never reaches the parser's stack. */
function isDeeperThan(json: string, limit: number): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < json.length; index += 1) {
    const character = json[index];
    if (isInString) {
      if (character === "\\") index += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === "{" || character === "[") {
      depth += 1;
      if (depth > limit) return true;
    } else if (character === "}" || character === "]") depth -= 1;
  }
  return false;
}
