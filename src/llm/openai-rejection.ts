import type { Reply } from "../core/model.ts";
import { NO_USAGE } from "../core/usage.ts";
import type { Capabilities } from "./capabilities.ts";
import type { Exchange } from "./openai-exchange.ts";
import { failureOf } from "./openai-failure.ts";
import { rateLimitsOf, retryAfterMs, safeCode, safeName } from "./response-headers.ts";

const FILTER_CODES: ReadonlySet<string> = new Set(["content_filter", "content_policy_violation"]);

/** What a request that was turned down comes to: a filter's verdict is one about the content, the rest are failures. */
export function replyToRejection(
  { status, code, headers }: Extract<Exchange, { kind: "rejected" }>,
  { format }: Pick<Capabilities, "format">,
): Reply {
  const limits = rateLimitsOf(headers);
  const requestId = safeName(headers["x-request-id"]);
  const word = safeCode(code);
  if (word !== undefined && FILTER_CODES.has(word)) {
    return { kind: "completion", finish: "filtered", text: "", format, usage: NO_USAGE, requestId, limits };
  }
  const wait = retryAfterMs(headers, Date.now());
  return { kind: "failure", failure: failureOf({ status, code: word, requestId, retryAfterMs: wait }), limits };
}
