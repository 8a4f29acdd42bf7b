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

const errorBody = z.object({
  code: z.string().nullish().catch(undefined),
  param: z.string().nullish().catch(undefined),
  type: z.string().nullish().catch(undefined),
});

type Post = (signal: AbortSignal) => Promise<Response>;

/**
 * Makes one exchange within a time limit of its own: the SDK's never takes its listener off the signal it is given, which a
 * run shares among all its requests. Everything that may go wrong on the way comes back as a value.
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

/** The JSON of a body, or undefined where it is none. */
async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
