import type { RateLimit, RateLimits } from "../core/model.ts";

/** Headers of a reply by name in lower case, as `node:http` gives them. */
export type ReceivedHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const SAFE_NAME = /^[\w.:/@+-]{1,128}$/;
const SAFE_CODE = /^\w{1,64}$/;

/** What `x-ratelimit-*` headers said; undefined where the endpoint sends none. */
export function rateLimitsOf(headers: ReceivedHeaders): RateLimits | undefined {
  const requests = limitOf(headers, "requests");
  const tokens = limitOf(headers, "tokens");
  return requests === undefined && tokens === undefined ? undefined : { requests, tokens };
}

/** The server's wish, in milliseconds; `now` is for servers that name a time of day. */
export function retryAfterMs(headers: ReceivedHeaders, now: number): number | undefined {
  const milliseconds = numberOf(headers["retry-after-ms"]);
  if (milliseconds !== undefined) return milliseconds;
  const value = headers["retry-after"];
  if (typeof value !== "string") return undefined;
  const seconds = numberOf(value);
  if (seconds !== undefined) return seconds * 1_000;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : Math.max(0, time - now);
}

/** A name the server gave, such as a request id or a model; anything longer or odder could be text of any kind. */
export function safeName(value: unknown): string | undefined {
  return typeof value === "string" && SAFE_NAME.test(value) ? value : undefined;
}

/** An error code: letters, digits and underscores, so that no key fits. */
export function safeCode(value: unknown): string | undefined {
  return typeof value === "string" && SAFE_CODE.test(value) ? value : undefined;
}

function limitOf(headers: ReceivedHeaders, kind: "requests" | "tokens"): RateLimit | undefined {
  const remaining = numberOf(headers[`x-ratelimit-remaining-${kind}`]);
  if (remaining === undefined) return undefined;
  const limit = numberOf(headers[`x-ratelimit-limit-${kind}`]);
  return { limit, remaining, resetMs: durationMs(headers[`x-ratelimit-reset-${kind}`]) };
}

/** `1h2m3.5s`, `20ms`, or a bare number of seconds. */
function durationMs(text: ReceivedHeaders[string]): number | undefined {
  const seconds = numberOf(text);
  if (seconds !== undefined) return seconds * 1_000;
  if (typeof text !== "string" || !/^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g)) {
    total += Number(amount) * (UNIT_MS[unit ?? ""] ?? 0);
  }
  return total;
}

function numberOf(text: ReceivedHeaders[string]): number | undefined {
  if (typeof text !== "string" || text.trim() === "") return undefined;
  const number = Number(text);
  return Number.isFinite(number) && number >= 0 ? number : undefined;
}
