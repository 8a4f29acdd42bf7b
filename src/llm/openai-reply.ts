import { z } from "zod";
import type { Usage } from "../core/usage.ts";
import type { Completion } from "./judge-completion.ts";
import { safeCode, safeName } from "./response-headers.ts";

/** What the body of a reply says; `failed` is a request the endpoint took on and could not finish. */
export type WireReply =
  | ({ readonly kind: "completion" } & Pick<Completion, "finish" | "text" | "modelAnswered" | "responseId"> & WireUsage)
  | ({ readonly kind: "failed"; readonly code: string | undefined } & WireUsage);

interface WireUsage {
  /** Undefined where the endpoint does not count. */
  readonly usage: Usage | undefined;
}

const count = z.number().nonnegative().nullish();
const responsesUsage = z.object({
  input_tokens: z.number().nonnegative(),
  input_tokens_details: z.object({ cached_tokens: count, cache_write_tokens: count }).nullish(),
  output_tokens: z.number().nonnegative(),
  output_tokens_details: z.object({ reasoning_tokens: count }).nullish(),
});
const responsesReply = z.object({
  id: z.string().nullish(),
  model: z.string().nullish(),
  status: z.string(),
  error: z.object({ code: z.string().nullish() }).nullish(),
  incomplete_details: z.object({ reason: z.string().nullish() }).nullish(),
  output: z.array(
    z.object({
      type: z.string(),
      content: z
        .array(z.object({ type: z.string(), text: z.string().nullish(), refusal: z.string().nullish() }))
        .nullish(),
    }),
  ),
  // A reply is paid for whatever its endpoint says of its size.
  usage: responsesUsage.nullish().catch(undefined),
});

const chatUsage = z.object({
  prompt_tokens: z.number().nonnegative(),
  prompt_tokens_details: z.object({ cached_tokens: count, cache_write_tokens: count }).nullish(),
  completion_tokens: z.number().nonnegative(),
  completion_tokens_details: z.object({ reasoning_tokens: count }).nullish(),
});
const chatReply = z.object({
  id: z.string().nullish(),
  model: z.string().nullish(),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({
          // Some servers send null or parts where others send a string.
          content: z.union([z.string(), z.array(z.object({ text: z.string().nullish() }))]).nullish(),
          refusal: z.string().nullish(),
        }),
      }),
    )
    .min(1),
  usage: chatUsage.nullish().catch(undefined),
});

/** @returns undefined for a body that is not a Responses reply. */
export function readResponsesReply(body: unknown): WireReply | undefined {
  const { success, data } = responsesReply.safeParse(body);
  if (!success) return undefined;
  const usage = data.usage == null ? undefined : usageOfResponses(data.usage);
  const parts = data.output.flatMap((item) => (item.type === "message" ? (item.content ?? []) : []));
  const refusal = parts.map((part) => part.refusal ?? "").join("");
  const finish = refusal === "" ? finishOfResponses(data.status, data.incomplete_details?.reason) : "refused";
  if (finish === undefined) return { kind: "failed", code: safeCode(data.error?.code), usage };
  const text = refusal === "" ? parts.map((part) => part.text ?? "").join("") : refusal;
  return {
    kind: "completion",
    finish,
    text,
    usage,
    responseId: safeName(data.id),
    modelAnswered: safeName(data.model),
  };
}

/** @returns undefined for a body that is not a chat completion. */
export function readChatReply(body: unknown): WireReply | undefined {
  const { success, data } = chatReply.safeParse(body);
  const choice = data?.choices[0];
  if (!success || choice === undefined) return undefined;
  const { content, refusal } = choice.message;
  const usage = data.usage == null ? undefined : usageOfChat(data.usage);
  const base = {
    kind: "completion",
    usage,
    responseId: safeName(data.id),
    modelAnswered: safeName(data.model),
  } as const;
  if (typeof refusal === "string" && refusal !== "") return { ...base, finish: "refused", text: refusal };
  const text = Array.isArray(content) ? content.map((part) => part.text ?? "").join("") : (content ?? "");
  return { ...base, finish: finishOfChat(choice.finish_reason), text };
}

function finishOfResponses(status: string, reason: string | null | undefined): Completion["finish"] | undefined {
  if (status === "completed") return "complete";
  if (status !== "incomplete") return undefined;
  return reason === "content_filter" ? "filtered" : "length";
}

function finishOfChat(reason: string | null | undefined): Completion["finish"] {
  if (reason === "length") return "length";
  return reason === "content_filter" ? "filtered" : "complete";
}

function usageOfResponses(usage: z.infer<typeof responsesUsage>): Usage {
  return sane(usage.input_tokens, usage.output_tokens, {
    ...usage.input_tokens_details,
    ...usage.output_tokens_details,
  });
}

function usageOfChat(usage: z.infer<typeof chatUsage>): Usage {
  return sane(usage.prompt_tokens, usage.completion_tokens, {
    ...usage.prompt_tokens_details,
    ...usage.completion_tokens_details,
  });
}

interface Details {
  readonly cached_tokens?: number | null | undefined;
  readonly cache_write_tokens?: number | null | undefined;
  readonly reasoning_tokens?: number | null | undefined;
}

/** More than any request holds; sums of such stay exact. */
const MOST_TOKENS = 1_000_000_000;

/** Whole numbers, and parts never larger than their whole, whatever the endpoint says: prices are taken apart by them. */
function sane(input: number, output: number, details: Details): Usage {
  const inputTokens = whole(input);
  const outputTokens = whole(output);
  const cachedInputTokens = Math.min(whole(details.cached_tokens ?? 0), inputTokens);
  const cacheWriteTokens = Math.min(whole(details.cache_write_tokens ?? 0), inputTokens - cachedInputTokens);
  const reasoningTokens = Math.min(whole(details.reasoning_tokens ?? 0), outputTokens);
  return { inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens, reasoningTokens };
}

function whole(tokens: number): number {
  return Math.min(Math.round(tokens), MOST_TOKENS);
}
