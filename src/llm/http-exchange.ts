import { createReadStream } from "node:fs";
import { type IncomingMessage, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** A body of known length: text, or texts around a file that is streamed. */
export interface HttpBody {
  readonly type: string;
  readonly length: number;
  readonly parts: readonly (string | { readonly path: string })[];
}

export interface HttpCall {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: HttpBody | undefined;
  readonly signal: AbortSignal;
  /** Longest time without a byte either way. */
  readonly idleMs: number;
}

/** Begins an exchange; the body of the response is still to be read. Redirects are not followed: a key goes nowhere else. */
export function openExchange({ method, url, headers, body, signal, idleMs }: HttpCall): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = url.startsWith("https:") ? httpsRequest : httpRequest;
    const about = body && { "content-type": body.type, "content-length": String(body.length) };
    const sent = request(url, { method, headers: { ...headers, ...about }, signal }, resolve);
    sent.setTimeout(idleMs, () => sent.destroy(new Error("idle for too long")));
    sent.on("error", reject);
    // An endpoint may answer before it has read everything, and close: then the answer counts.
    pipeline(Readable.from(chunksOf(body?.parts ?? [])), sent).catch(reject);
  });
}

async function* chunksOf(parts: HttpBody["parts"]): AsyncGenerator<string | Buffer, void, undefined> {
  for (const part of parts) {
    if (typeof part === "string") yield part;
    else yield* createReadStream(part.path);
  }
}

const LONGEST_TEXT = 32 * 1024 * 1024;

/** The whole body as text; longer than any honest one, it is empty. */
export async function textOf(message: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of message.setEncoding("utf8")) {
    text += String(chunk);
    if (text.length > LONGEST_TEXT) return "";
  }
  return text;
}

/** The lines of a body as they come, blank ones left out; undefined for a line longer than any honest one. */
export async function* linesOf(message: IncomingMessage): AsyncGenerator<string | undefined, void, undefined> {
  let rest = "";
  let isTooLong = false;
  for await (const chunk of message.setEncoding("utf8")) {
    const pieces = String(chunk).split("\n");
    pieces[0] = rest + (pieces[0] ?? "");
    rest = pieces.pop() ?? "";
    for (const line of pieces) {
      if (isTooLong) yield undefined;
      else if (line.trim() !== "") yield line;
      isTooLong = false;
    }
    isTooLong ||= rest.length > LONGEST_TEXT;
    if (isTooLong) rest = "";
  }
  if (isTooLong) yield undefined;
  else if (rest.trim() !== "") yield rest;
}
