import type OpenAI from "openai";
import type { APIError } from "openai";
import { z } from "zod";

/** What came of one HTTP exchange, before its meaning. */
export type Exchange =
  | { readonly kind: "answered"; readonly status: number; readonly headers: Headers; readonly body: unknown }
  | {
      readonly kind: "rejected";
      readonly status: number;
      readonly headers: Headers;
      readonly code: string | undefined;
      readonly param: string | undefined;
    }
  | { readonly kind: "broken" }
  | { readonly kind: "timed-out" }
  | { readonly kind: "aborted" };

const MAX_BODY_BYTES = 32 * 1024 * 1024;

const errorBody = z.object({
  code: z.string().nullish().catch(undefined),
  param: z.string().nullish().catch(undefined),
  type: z.string().nullish().catch(undefined),
});

type Post = (signal: AbortSignal) => Promise<Response>;

/**
 * Makes one exchange within a time limit that covers the body too (the SDK's own ends with the headers). Everything that
 * may go wrong on the way comes back as a value.
 */
export async function exchange(
  sdk: { readonly APIError: typeof OpenAI.APIError },
  post: Post,
  caller: AbortSignal,
  timeoutMs: number,
): Promise<Exchange> {
  if (caller.aborted) return { kind: "aborted" };
  const deadline = new AbortController();
  const abort = (): void => deadline.abort();
  const timer = setTimeout(abort, timeoutMs);
  caller.addEventListener("abort", abort, { once: true });
  try {
    const response = await post(deadline.signal);
    return { kind: "answered", status: response.status, headers: response.headers, body: await readBody(response) };
  } catch (error) {
    if (caller.aborted) return { kind: "aborted" };
    if (deadline.signal.aborted) return { kind: "timed-out" };
    return error instanceof sdk.APIError ? rejection(error) : { kind: "broken" };
  } finally {
    clearTimeout(timer);
    caller.removeEventListener("abort", abort);
  }
}

function rejection(error: APIError): Exchange {
  const { status, headers } = error;
  if (status === undefined || headers === undefined) return { kind: "broken" };
  const { data } = errorBody.safeParse(error.error);
  return { kind: "rejected", status, headers, code: data?.code ?? undefined, param: data?.param ?? undefined };
}

/** The JSON of a body, or undefined where it is none or larger than any honest reply. */
async function readBody(response: Response): Promise<unknown> {
  // A stated length spares the reading by chunks, which costs more than the rest of the exchange's own work.
  const stated = Number(response.headers.get("content-length") ?? Number.POSITIVE_INFINITY);
  const text = stated <= MAX_BODY_BYTES ? await response.text() : await readChunks(response);
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The text of a body of unknown length; empty where it is too long. */
async function readChunks({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) return "";
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
