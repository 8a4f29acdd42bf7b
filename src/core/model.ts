import type { ApiFailure, Outcome } from "./outcome.ts";
import type { Message, Sampling, Task } from "./task.ts";
import type { Usage } from "./usage.ts";

/** The port that features call: one task in, one outcome out; it never rejects for what a model or network may do. */
export interface Model {
  run<Output>(task: Task<Output>, signal: AbortSignal): Promise<Outcome<Output>>;
}

/** The port that adapters implement: one attempt over the wire, without retry, limit, budget or journal. */
export interface Provider {
  readonly name: string;
  /** Base URL or other place of the model, without credentials. Part of the request key. */
  readonly endpoint: string;
  readonly model: string;
  send(request: ProviderRequest, signal: AbortSignal): Promise<Reply>;
}

export interface ProviderRequest {
  /** Content-addressed key of the task, 64 hex digits; the same for all its attempts. */
  readonly key: string;
  readonly task: string;
  readonly input: unknown;
  readonly messages: readonly Message[];
  /** Strict JSON schema (draft 2020-12) of the reply. */
  readonly jsonSchema: Readonly<Record<string, unknown>>;
  readonly maxOutputTokens: number;
  readonly sampling: Sampling;
}

export type Reply =
  | {
      readonly kind: "completion";
      readonly finish: "complete" | "length" | "filtered" | "refused";
      /** The assistant's text as received; a refusal's words when `finish` is `refused`. */
      readonly text: string;
      /** How the endpoint was held to JSON. Only a `plain` reply may wrap it (code fence, thinking before it). */
      readonly format: ReplyFormat;
      readonly usage: Usage;
      readonly modelAnswered?: string | undefined;
      readonly responseId?: string | undefined;
      readonly requestId?: string | undefined;
      readonly limits?: RateLimits | undefined;
    }
  | {
      readonly kind: "failure";
      readonly failure: ApiFailure;
      /** Where a failed request was charged all the same. */
      readonly usage?: Usage | undefined;
      readonly limits?: RateLimits | undefined;
    }
  | { readonly kind: "aborted" };

export type ReplyFormat = "schema" | "json" | "plain";

/** What `x-ratelimit-*` headers said; absent where the endpoint sends none. */
export interface RateLimits {
  readonly requests?: RateLimit | undefined;
  readonly tokens?: RateLimit | undefined;
}

export interface RateLimit {
  readonly limit?: number | undefined;
  readonly remaining: number;
  readonly resetMs?: number | undefined;
}
