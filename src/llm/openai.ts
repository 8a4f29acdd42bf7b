import type OpenAI from "openai";
import { UserError } from "../core/errors.ts";
import type { Provider, ProviderRequest, Reply } from "../core/model.ts";
import { NO_USAGE, type Usage } from "../core/usage.ts";
import { type Capabilities, FULL, stepDown } from "./capabilities.ts";
import { estimateInputTokens, estimateTokens } from "./estimate-tokens.ts";
import { type Exchange, exchange } from "./openai-exchange.ts";
import { CONNECTION_FAILED, failureOf, timedOut, unreadable } from "./openai-failure.ts";
import { readChatReply, readResponsesReply, type WireReply } from "./openai-reply.ts";
import { chatBody, responsesBody } from "./openai-request.ts";
import { pooledFetch } from "./pooled-fetch.ts";
import { isFenced } from "./reply-json.ts";
import { rateLimitsOf, retryAfterMs, safeCode, safeName } from "./response-headers.ts";

export const OPENAI_BASE_URL = "https://api.openai.com/v1";
const TIMEOUT_MS = 600_000;
/** The SDK wants a key; local servers want none. */
const NO_KEY = "none";
const FILTER_CODES: ReadonlySet<string> = new Set(["content_filter", "content_policy_violation"]);

export interface OpenAiOptions {
  readonly model: string;
  readonly apiKey?: string | undefined;
  readonly baseUrl?: string | undefined;
  readonly tier?: "sync" | "flex" | undefined;
  /** For one request, its body included; 10 minutes by default. */
  readonly timeoutMs?: number | undefined;
  /** What was learned about this endpoint and model before. */
  readonly capabilities?: Capabilities | undefined;
  /** Called when something was learned, to be remembered for the next run. */
  readonly onCapabilities?: ((learned: Capabilities) => void) | undefined;
}

/**
 * Any OpenAI-compatible endpoint.
 * @throws UserError for a base URL that is none or that holds credentials.
 */
export function openAiProvider(options: OpenAiOptions): Provider {
  return new OpenAiProvider(options);
}

class OpenAiProvider implements Provider {
  readonly name = "openai";
  readonly endpoint: string;
  readonly model: string;
  readonly #options: OpenAiOptions;
  readonly #timeoutMs: number;
  #connection: Promise<Connection> | undefined;
  #able: Capabilities;
  #hasWorked: boolean;

  constructor(options: OpenAiOptions) {
    this.endpoint = endpointOf(options.baseUrl ?? OPENAI_BASE_URL);
    this.model = options.model;
    this.#options = options;
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.#able = options.capabilities ?? FULL;
    this.#hasWorked = options.capabilities !== undefined;
  }

  async send(request: ProviderRequest, signal: AbortSignal): Promise<Reply> {
    this.#connection ??= connect(this.endpoint, this.#options.apiKey ?? NO_KEY, this.#timeoutMs);
    const connection = await this.#connection;
    const known = this.#able;
    let able = known;
    for (;;) {
      const result = await this.#exchange(connection, request, able, signal);
      const next = result.kind === "rejected" ? stepDown(able, result, this.#hasWorked) : undefined;
      if (next === undefined) return this.#understand(result, request, { known, able });
      able = next;
    }
  }

  #exchange(
    { sdk, client }: Connection,
    request: ProviderRequest,
    able: Capabilities,
    caller: AbortSignal,
  ): Promise<Exchange> {
    const wire = { model: this.model, tier: this.#options.tier ?? "sync" };
    const post = (signal: AbortSignal): Promise<Response> =>
      able.api === "responses"
        ? client.responses.create(responsesBody(request, able, wire), { signal }).asResponse()
        : client.chat.completions.create(chatBody(request, able, wire), { signal }).asResponse();
    return exchange(sdk, post, caller, this.#timeoutMs);
  }

  #understand(result: Exchange, request: ProviderRequest, asked: Asked): Reply {
    if (result.kind === "answered") return this.#answered(result, request, asked);
    if (result.kind === "rejected") return rejected(result, asked.able);
    if (result.kind === "aborted") return { kind: "aborted" };
    return { kind: "failure", failure: result.kind === "broken" ? CONNECTION_FAILED : timedOut(this.#timeoutMs) };
  }

  #answered(
    { status, headers, body }: Extract<Exchange, { kind: "answered" }>,
    request: ProviderRequest,
    asked: Asked,
  ): Reply {
    const limits = rateLimitsOf(headers);
    const requestId = safeName(headers.get("x-request-id"));
    const reply = asked.able.api === "responses" ? readResponsesReply(body) : readChatReply(body);
    if (reply === undefined) return { kind: "failure", failure: unreadable(status, requestId), limits };
    if (reply.kind === "failed") {
      const failure = failureOf({ status: 500, code: reply.code, requestId, retryAfterMs: undefined });
      return { kind: "failure", failure, usage: reply.usage, limits };
    }
    const format = this.#learn(asked, reply);
    return { ...reply, usage: reply.usage ?? estimatedUsage(request, reply.text), format, requestId, limits };
  }

  /**
   * A whole reply proves the way of asking; a fence around bare JSON shows that the demand for JSON was ignored. Replies
   * that were under way when another taught something teach nothing more.
   */
  #learn({ known, able }: Asked, { finish, text }: Extract<WireReply, { kind: "completion" }>): Capabilities["format"] {
    if (finish !== "complete" || text.trim() === "") return able.format;
    const isIgnored = isFenced(text) && (!this.#hasWorked || this.#able.format === "plain");
    const learned: Capabilities = isIgnored && able.format !== "plain" ? { ...able, format: "plain" } : able;
    const isNews = !this.#hasWorked || (known === this.#able && learned !== known);
    if (isNews) {
      this.#able = learned;
      this.#hasWorked = true;
      this.#options.onCapabilities?.(learned);
    }
    return learned.format;
  }
}

/** What was known of the endpoint when a request was made, and how it was asked in the end. */
interface Asked {
  readonly known: Capabilities;
  readonly able: Capabilities;
}

interface Connection {
  readonly sdk: typeof OpenAI;
  readonly client: OpenAI;
}

/** Loaded on first use: the SDK costs as much to load as Node itself. */
async function connect(baseURL: string, apiKey: string, timeout: number): Promise<Connection> {
  const { OpenAI: sdk } = await import("openai");
  // Log level and identity are given, so that the environment cannot switch on logging or send foreign headers.
  const identity = { adminAPIKey: null, organization: null, project: null, webhookSecret: null };
  const wire = { apiKey, baseURL, timeout, fetch: pooledFetch() };
  return { sdk, client: new sdk({ ...wire, maxRetries: 0, logLevel: "off", ...identity }) };
}

function rejected({ status, code, headers }: Extract<Exchange, { kind: "rejected" }>, { format }: Capabilities): Reply {
  const limits = rateLimitsOf(headers);
  const requestId = safeName(headers.get("x-request-id"));
  const word = safeCode(code);
  if (word !== undefined && FILTER_CODES.has(word)) {
    return { kind: "completion", finish: "filtered", text: "", format, usage: NO_USAGE, requestId, limits };
  }
  const wait = retryAfterMs(headers, Date.now());
  return { kind: "failure", failure: failureOf({ status, code: word, requestId, retryAfterMs: wait }), limits };
}

/** For endpoints that do not count: better roughly right than free. */
function estimatedUsage({ messages, jsonSchema }: ProviderRequest, text: string): Usage {
  return {
    inputTokens: estimateInputTokens(messages, JSON.stringify(jsonSchema)),
    cachedInputTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: estimateTokens(text),
    reasoningTokens: 0,
  };
}

function endpointOf(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UserError("the base URL is not an http or https address", { hint: `for example ${OPENAI_BASE_URL}` });
  }
  if (url.username !== "" || url.password !== "") {
    throw new UserError("the base URL holds credentials", { hint: "give the key by the environment instead" });
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}
