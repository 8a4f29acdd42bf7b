import type { ApiFailure } from "../core/outcome.ts";

/** What is known of a failed request: never the provider's words, which may repeat a prompt or a key. */
export interface FailureFacts {
  readonly status: number;
  readonly code: string | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
}

type Scope = ApiFailure["scope"];

const OUT_OF_MONEY: ReadonlySet<string> = new Set([
  "insufficient_quota",
  "billing_hard_limit_reached",
  "billing_not_active",
]);
const CODES: Readonly<Record<string, { readonly scope: Scope; readonly message: string }>> = {
  model_not_found: { scope: "run", message: "the endpoint does not know this model; check its name" },
  invalid_json_schema: { scope: "run", message: "the endpoint refused the reply schema; this is a fault of the tool" },
  context_length_exceeded: { scope: "item", message: "the request is longer than the model can read; shorten it" },
  rate_limit_exceeded: { scope: "rate-limit", message: "the endpoint's rate limit is reached" },
  server_error: { scope: "retry", message: "the endpoint had a fault of its own" },
};
// Not followed: the prompt and the key go where they were meant to go and nowhere else.
const MOVED = {
  scope: "run",
  message: "the endpoint sends requests elsewhere; give the new address as base URL",
} as const;
const STATUSES: Readonly<Record<number, { readonly scope: Scope; readonly message: string }>> = {
  301: MOVED,
  302: MOVED,
  307: MOVED,
  308: MOVED,
  401: { scope: "run", message: "the API key was refused; check that it is set and belongs to this endpoint" },
  402: { scope: "run", message: "the account has no credit left; add credit or use another key" },
  403: { scope: "run", message: "the API key may not use this model or endpoint; check its permissions" },
  404: { scope: "run", message: "the endpoint knows no such path or model; check base URL and model name" },
  408: { scope: "retry", message: "the endpoint gave up waiting" },
  409: { scope: "retry", message: "the endpoint reported a conflict" },
  413: { scope: "item", message: "the request is too large for the endpoint; shorten it" },
  429: { scope: "rate-limit", message: "the endpoint's rate limit is reached" },
};

/** Sorts a refused request by status and code. */
export function failureOf({ status, code, requestId, retryAfterMs }: FailureFacts): ApiFailure {
  const { scope, message } = kindOf(status, code);
  return { scope, status, code, message: `${message} (HTTP ${status})`, requestId, retryAfterMs };
}

function kindOf(status: number, code: string | undefined): { readonly scope: Scope; readonly message: string } {
  if (code !== undefined && OUT_OF_MONEY.has(code)) {
    return { scope: "run", message: "the account's quota is used up; raise it or use another key" };
  }
  const known = STATUSES[status];
  if (status === 401 || status === 403 || status === 429) return known ?? { scope: "item", message: "refused" };
  const coded = code === undefined || status >= 500 ? undefined : CODES[code];
  if (coded !== undefined) return coded;
  if (known !== undefined) return known;
  if (status >= 500) return { scope: "retry", message: "the endpoint had a fault of its own" };
  return { scope: "item", message: "the endpoint refused this request" };
}

export const CONNECTION_FAILED: ApiFailure = { scope: "retry", message: "no connection, or it broke off" };

export function timedOut(milliseconds: number): ApiFailure {
  return { scope: "retry", message: `no reply within ${Math.round(milliseconds / 1_000)} s` };
}

export function unreadable(status: number, requestId: string | undefined): ApiFailure {
  const message =
    "the endpoint's reply has an unknown shape; check that the base URL is that of an OpenAI-compatible API";
  return { scope: "retry", status, message, requestId };
}
