import type { Attributes } from "@opentelemetry/api";
import type { AttemptFinished, RequestName, RunEnded, RunStarted } from "../core/events.ts";
import type { Cost, Usage } from "../core/usage.ts";

// Names after OpenTelemetry's semantic conventions for generative AI, https://opentelemetry.io/docs/specs/semconv/gen-ai/, in
// development as of 2026. What they have no name for begins with `answerkey.`. Neither prompts nor replies are among them.

export function runAttributes(event: RunStarted): Attributes {
  return {
    "gen_ai.operation.name": "invoke_workflow",
    "gen_ai.agent.name": `answerkey ${event.command}`,
    ...askedAttributes(event),
    "answerkey.run.id": event.run,
    "answerkey.run.is_taken_up": event.isTakenUp,
    ...(event.total !== undefined && { "answerkey.run.items": event.total }),
  };
}

export function endedAttributes({ stopped, requests, usage, cost }: RunEnded): Attributes {
  return {
    ...usageAttributes(usage, cost),
    "answerkey.run.requests": requests,
    ...(stopped !== undefined && { "answerkey.run.stopped": stopped }),
  };
}

export function requestAttributes({ task, number, maxOutputTokens }: RequestName, run: RunStarted): Attributes {
  return {
    "gen_ai.operation.name": "chat",
    ...askedAttributes(run),
    "gen_ai.output.type": "json",
    "gen_ai.prompt.name": task,
    "gen_ai.request.max_tokens": maxOutputTokens,
    "answerkey.request.attempt": number,
  };
}

export function replyAttributes(event: AttemptFinished): Attributes {
  const { modelAnswered, responseId, requestId, batch, usage, cost } = event;
  const finish = FINISH_REASONS[event.verdict];
  const error = errorType(event);
  return {
    ...usageAttributes(usage, cost),
    ...(finish !== undefined && { "gen_ai.response.finish_reasons": [finish] }),
    ...(modelAnswered !== undefined && { "gen_ai.response.model": modelAnswered }),
    ...(responseId !== undefined && { "gen_ai.response.id": responseId }),
    ...(requestId !== undefined && { "answerkey.request.id": requestId }),
    ...(batch !== undefined && { "answerkey.batch": batch }),
    ...(error !== undefined && { "error.type": error }),
    "answerkey.verdict": event.verdict,
  };
}

/** A class of faults, of which there are few: code or status of a failure, else what the reply was not. */
export function errorType({ ok, verdict, failure }: AttemptFinished): string | undefined {
  if (ok) return undefined;
  return failure?.code ?? failure?.status?.toString() ?? verdict;
}

const FINISH_REASONS: Readonly<Record<string, string>> = {
  ok: "stop",
  invalid: "stop",
  refused: "stop",
  truncated: "length",
  filtered: "content_filter",
};

function askedAttributes({ provider, model, endpoint }: RunStarted): Attributes {
  return { "gen_ai.provider.name": provider, "gen_ai.request.model": model, ...serverAttributes(endpoint) };
}

function serverAttributes(endpoint: string): Attributes {
  if (!/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint)) return {};
  const { hostname, port, protocol } = new URL(endpoint);
  return { "server.address": hostname, "server.port": port === "" ? (protocol === "https:" ? 443 : 80) : Number(port) };
}

function usageAttributes(usage: Usage, cost: Cost): Attributes {
  const { inputTokens, outputTokens, cachedInputTokens, reasoningTokens } = usage;
  return {
    "gen_ai.usage.input_tokens": inputTokens,
    "gen_ai.usage.output_tokens": outputTokens,
    ...(cachedInputTokens > 0 && { "gen_ai.usage.cache_read.input_tokens": cachedInputTokens }),
    ...(reasoningTokens > 0 && { "gen_ai.usage.reasoning.output_tokens": reasoningTokens }),
    ...(cost.kind === "known" && { "answerkey.cost_usd": cost.usd }),
  };
}
