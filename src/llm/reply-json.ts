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
  const colons = colonsIn(json, MAX_DEPTH);
  if (colons === undefined) return { ok: false, issues: `the reply nests deeper than ${MAX_DEPTH} levels` };
  try {
    const value: unknown = JSON.parse(json);
    // JSON.parse keeps the last of two and says nothing: which one was meant is not for a parser to choose.
    const repeated = countKeys(value) === colons ? undefined : repeatedKey(json);
    return repeated === undefined
      ? { ok: true, value }
      : { ok: false, issues: `the key ${repeated} stands twice in one object` };
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

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]]/gs;

/** The first key that stands twice in one object, as written; the text must be valid JSON. */
function repeatedKey(json: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  for (const { 0: token, index } of json.matchAll(TOKEN)) {
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(undefined);
    else if (token === "}" || token === "]") open.pop();
    else {
      const keys = open.at(-1);
      if (keys === undefined || !isKey(json, index + token.length)) continue;
      const key = String(JSON.parse(token));
      if (keys.has(key)) return token;
      keys.add(key);
    }
  }
  return undefined;
}

/** True where a string that ends here is followed by a colon. */
function isKey(json: string, end: number): boolean {
  let at = end;
  while (" \t\n\r".includes(json.charAt(at)) && at < json.length) at += 1;
  return json[at] === ":";
}

const [QUOTE, BACKSLASH, COLON] = [0x22, 0x5c, 0x3a];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * How many keys valid JSON has, equal ones counted each: a colon outside strings follows each of them. Undefined where brackets nest
 * deeper, so that a flood of them never reaches the parser's stack.
 */
function colonsIn(json: string, deepest: number): number | undefined {
  let depth = 0;
  let colons = 0;
  let isInString = false;
  for (let index = 0; index < json.length; index += 1) {
    const code = json.charCodeAt(index);
    if (isInString) {
      if (code === BACKSLASH) index += 1;
      else if (code === QUOTE) isInString = false;
    } else if (code === QUOTE) isInString = true;
    else if (code === COLON) colons += 1;
    else if (code === OPEN_OBJECT || code === OPEN_LIST) {
      depth += 1;
      if (depth > deepest) return undefined;
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) depth -= 1;
  }
  return colons;
}

/** How many keys a value has, at every depth. */
function countKeys(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const nested: readonly unknown[] = Object.values(value);
  return nested.reduce((sum: number, each) => sum + countKeys(each), Array.isArray(value) ? 0 : nested.length);
}
