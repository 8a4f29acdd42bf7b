import { z } from "zod";
import type { Reply } from "../core/model.ts";
import type { ApiFailure } from "../core/outcome.ts";
import type { Usage } from "../core/usage.ts";
import type { AskedLine, BatchReply, BatchResult } from "./batch-endpoint.ts";
import type { Capabilities } from "./capabilities.ts";
import { estimateTokens } from "./estimate-tokens.ts";
import type { LearnedCapabilities } from "./learned-capabilities.ts";
import { failureOf, unreadable } from "./openai-failure.ts";
import { replyToRejection } from "./openai-rejection.ts";
import { readChatReply, readResponsesReply } from "./openai-reply.ts";
import { safeName } from "./response-headers.ts";

const errorBody = z.object({
  error: z.object({ code: z.string().nullish(), param: z.string().nullish() }).nullish().catch(undefined),
});

/** What a line of a result file comes to, by the same reading as a reply that came at once. */
export function readBatchReply(
  { status, requestId, body, code }: BatchResult,
  { able, inputTokens }: AskedLine,
  learned: LearnedCapabilities,
): BatchReply {
  if (status === undefined) return { reply: { kind: "failure", failure: undone(code) } };
  if (status !== 200) return rejected(status, body, able, learned);
  const reply = able.api === "responses" ? readResponsesReply(body) : readChatReply(body);
  if (reply === undefined) return { reply: { kind: "failure", failure: unreadable(status, requestId) } };
  if (reply.kind === "failed") {
    const failure = failureOf({ status: 500, code: reply.code, requestId });
    return { reply: { kind: "failure", failure, usage: reply.usage } };
  }
  const format = learned.learnLate(able, reply);
  return { reply: { ...reply, usage: reply.usage ?? estimatedUsage(inputTokens, reply.text), format, requestId } };
}

const ENDED: Readonly<Record<string, string>> = {
  batch_expired: "the batch expired before this request was done",
  batch_cancelled: "the batch was cancelled before this request was done",
};

/** A request that the endpoint did not get to. */
export function undone(code: string | undefined): ApiFailure {
  const message = (code === undefined ? undefined : ENDED[code]) ?? "the batch brought no reply to this request";
  return { scope: "retry", code, message };
}

function rejected(status: number, body: unknown, able: Capabilities, learned: LearnedCapabilities): BatchReply {
  const { code, param } = errorBody.safeParse(body).data?.error ?? {};
  const rejection = { status, code: code ?? undefined, param: param ?? undefined };
  const reply: Reply = replyToRejection({ kind: "rejected", headers: {}, ...rejection }, able);
  if (reply.kind !== "failure") return { reply };
  const { failure } = reply;
  if (learned.stepDownFrom(able, { ...rejection, code: safeName(code) })) return { reply: again(failure) };
  if (failure.scope === "run") return { reply: again(failure), isAboutAll: failure };
  return { reply: failure.scope === "rate-limit" ? again(failure) : reply };
}

function again(failure: ApiFailure): Reply {
  return { kind: "failure", failure: { ...failure, scope: "retry" } };
}

/** For endpoints that do not count: better roughly right than free. */
function estimatedUsage(inputTokens: number, text: string): Usage {
  return {
    inputTokens,
    cachedInputTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: estimateTokens(text),
    reasoningTokens: 0,
  };
}
