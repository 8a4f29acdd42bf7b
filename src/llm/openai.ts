import { UserError } from "../core/errors.ts";
import type { Provider, ProviderRequest, Reply } from "../core/model.ts";
import type { Usage } from "../core/usage.ts";
import type { BatchEndpoint } from "./batch-endpoint.ts";
import type { Capabilities } from "./capabilities.ts";
import { estimateInputTokens, estimateTokens } from "./estimate-tokens.ts";
import { type Asked, LearnedCapabilities } from "./learned-capabilities.ts";
import { OpenAiBatches } from "./openai-batches.ts";
import { bodyMaker } from "./openai-body.ts";
import { type Exchange, exchange, type PostAddress, postAddress } from "./openai-exchange.ts";
import { CONNECTION_FAILED, failureOf, timedOut, unreadable } from "./openai-failure.ts";
import { replyToRejection } from "./openai-rejection.ts";
import { readChatReply, readResponsesReply } from "./openai-reply.ts";
import { rateLimitsOf, safeName } from "./response-headers.ts";
import { schemaText } from "./wire-schema.ts";

export const OPENAI_BASE_URL = "https://api.openai.com/v1";
const TIMEOUT_MS = 600_000;
/** The SDK wants a key; local servers want none. */
const NO_KEY = "none";

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
export function openAiProvider(options: OpenAiOptions): Provider & { readonly batches: BatchEndpoint } {
  return new OpenAiProvider(options);
}

class OpenAiProvider implements Provider {
  readonly name = "openai";
  readonly endpoint: string;
  readonly model: string;
  readonly batches: BatchEndpoint;
  readonly #options: OpenAiOptions;
  readonly #timeoutMs: number;
  readonly #bodyOf: ReturnType<typeof bodyMaker>;
  #connection: Promise<Connection> | undefined;
  readonly #learned: LearnedCapabilities;

  constructor(options: OpenAiOptions) {
    this.endpoint = endpointOf(options.baseUrl ?? OPENAI_BASE_URL);
    this.model = options.model;
    this.#options = options;
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.#bodyOf = bodyMaker({ model: this.model, tier: options.tier ?? "sync" });
    this.#learned = new LearnedCapabilities(options.capabilities, options.onCapabilities);
    this.batches = new OpenAiBatches({
      endpoint: this.endpoint,
      model: this.model,
      apiKey: options.apiKey,
      timeoutMs: this.#timeoutMs,
      learned: this.#learned,
    });
  }

  async send(request: ProviderRequest, signal: AbortSignal): Promise<Reply> {
    this.#connection ??= connect(this.endpoint, this.#options.apiKey ?? NO_KEY);
    const connection = await this.#connection;
    const known = this.#learned.current;
    let able = known;
    for (;;) {
      const result = await exchange(connection[able.api], this.#bodyOf(request, able), signal, this.#timeoutMs);
      const next = result.kind === "rejected" ? this.#learned.stepDown(able, result) : undefined;
      if (next === undefined) return this.#understand(result, request, { known, able });
      able = next;
    }
  }

  #understand(result: Exchange, request: ProviderRequest, asked: Asked): Reply {
    if (result.kind === "answered") return this.#answered(result, request, asked);
    if (result.kind === "rejected") return replyToRejection(result, asked.able);
    if (result.kind === "aborted") return { kind: "aborted" };
    return { kind: "failure", failure: result.kind === "broken" ? CONNECTION_FAILED : timedOut(this.#timeoutMs) };
  }

  #answered(
    { status, headers, body }: Extract<Exchange, { kind: "answered" }>,
    request: ProviderRequest,
    asked: Asked,
  ): Reply {
    const limits = rateLimitsOf(headers);
    const requestId = safeName(headers["x-request-id"]);
    const reply = asked.able.api === "responses" ? readResponsesReply(body) : readChatReply(body);
    if (reply === undefined) return { kind: "failure", failure: unreadable(status, requestId), limits };
    if (reply.kind === "failed") {
      const failure = failureOf({ status: 500, code: reply.code, requestId, retryAfterMs: undefined });
      return { kind: "failure", failure, usage: reply.usage, limits };
    }
    const format = this.#learned.learn(asked, reply);
    return { ...reply, usage: reply.usage ?? estimatedUsage(request, reply.text), format, requestId, limits };
  }
}

/** Where each of the two APIs is asked. */
type Connection = Readonly<Record<Capabilities["api"], PostAddress>>;

/**
 * The SDK says what a request looks like: its address, its key, its headers. They are the same for all of a run, so it is asked
 * once, and what is sent a thousand times is the body: sent by the SDK, a request takes more than twice as much.
 * Loaded on first use: it costs as much to load as Node itself.
 */
async function connect(baseURL: string, apiKey: string): Promise<Connection> {
  const { OpenAI } = await import("openai");
  // Log level and identity are given, so that the environment cannot switch on logging or send foreign headers.
  const identity = { adminAPIKey: null, organization: null, project: null, webhookSecret: null };
  const client = new OpenAI({ apiKey, baseURL, logLevel: "off", ...identity });
  const addressOf = async (path: string): Promise<PostAddress> => {
    const { url, req } = await client.buildRequest({ method: "post", path, body: {} });
    return postAddress(new URL(url), Object.fromEntries(req.headers));
  };
  return { responses: await addressOf("/responses"), chat: await addressOf("/chat/completions") };
}

/** For endpoints that do not count: better roughly right than free. */
function estimatedUsage({ messages, jsonSchema }: ProviderRequest, text: string): Usage {
  return {
    inputTokens: estimateInputTokens(messages, schemaText(jsonSchema)),
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
