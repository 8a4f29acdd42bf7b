import { Agent as HttpAgent, type ClientRequest, type IncomingMessage, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest, type RequestOptions } from "node:https";
import { urlToHttpOptions } from "node:url";
import { z } from "zod";
import type { PostBody } from "./openai-body.ts";
import type { ReceivedHeaders } from "./response-headers.ts";

/** What came of one HTTP exchange, before its meaning. */
export type Exchange =
  | { readonly kind: "answered"; readonly status: number; readonly headers: ReceivedHeaders; readonly body: unknown }
  | {
      readonly kind: "rejected";
      readonly status: number;
      readonly headers: ReceivedHeaders;
      readonly code: string | undefined;
      readonly param: string | undefined;
    }
  | { readonly kind: "broken" }
  | { readonly kind: "timed-out" }
  | { readonly kind: "aborted" };

/** Where bodies are posted, and under which headers: settled once, used for every request. */
export interface PostAddress {
  readonly request: typeof httpRequest;
  readonly options: RequestOptions;
}

/** Idle connections are closed before the servers in use do it, which would break the next request. */
const IDLE_MS = 4_000;
const MAX_BODY_CHARACTERS = 32 * 1024 * 1024;

/** Connections are kept open and shared by all requests to an address. */
export function postAddress(url: URL, headers: Readonly<Record<string, string>>): PostAddress {
  const isSecure = url.protocol === "https:";
  const pool = { keepAlive: true, timeout: IDLE_MS };
  const agent = isSecure ? new HttpsAgent(pool) : new HttpAgent(pool);
  return {
    request: isSecure ? httpsRequest : httpRequest,
    options: { ...urlToHttpOptions(url), method: "POST", headers: { ...headers }, agent },
  };
}

/**
 * Posts one body and reads the whole reply, within a time limit. Everything that may go wrong on the way comes back as a
 * value. Redirects are not followed: a key goes where it was meant to go. A reply longer than any honest one is unreadable.
 */
export function exchange(
  { request, options }: PostAddress,
  { shared, own }: PostBody,
  caller: AbortSignal,
  timeoutMs: number,
): Promise<Exchange> {
  if (caller.aborted) return Promise.resolve({ kind: "aborted" });
  const sent = request(options);
  // Apart from the body, so that nothing holds it while the reply is waited for.
  const replied = replyTo(sent, caller, timeoutMs);
  sent.setHeader("content-length", shared.length + Buffer.byteLength(own));
  sent.write(shared);
  sent.end(own);
  return replied;
}

function replyTo(sent: ClientRequest, caller: AbortSignal, timeoutMs: number): Promise<Exchange> {
  return new Promise((resolve) => {
    const end = (result: Exchange): void => {
      clearTimeout(timer);
      caller.removeEventListener("abort", abort);
      resolve(result);
    };
    const giveUp = (kind: "aborted" | "timed-out"): void => {
      end({ kind });
      sent.destroy();
    };
    const abort = (): void => giveUp("aborted");
    const timer = setTimeout(() => giveUp("timed-out"), timeoutMs);
    caller.addEventListener("abort", abort);
    sent.on("response", (message) => {
      readText(message).then(
        (text) => end(meaningOf(message, text)),
        () => end({ kind: "broken" }),
      );
    });
    sent.on("error", () => end({ kind: "broken" }));
  });
}

function readText(message: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    message.setEncoding("utf8");
    message.on("data", (part: string) => {
      text += part;
      if (text.length <= MAX_BODY_CHARACTERS) return;
      resolve("");
      message.destroy();
    });
    message.on("end", () => resolve(text));
    message.on("error", reject);
  });
}

const errorBody = z.object({
  error: z.object({ code: z.string().nullish().catch(undefined), param: z.string().nullish().catch(undefined) }),
});

function meaningOf({ statusCode: status = 0, headers }: IncomingMessage, text: string): Exchange {
  const body = parsed(text);
  if (status >= 200 && status < 300) return { kind: "answered", status, headers, body };
  const { data } = errorBody.safeParse(body);
  const { code, param } = data?.error ?? {};
  return { kind: "rejected", status, headers, code: code ?? undefined, param: param ?? undefined };
}

/** The JSON of a body, or undefined where it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
