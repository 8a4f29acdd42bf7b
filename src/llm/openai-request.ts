import type { ChatCompletionCreateParamsNonStreaming } from "openai/resources/chat/completions";
import type { ResponseCreateParamsNonStreaming } from "openai/resources/responses/responses";
import type { ProviderRequest } from "../core/model.ts";
import type { Message } from "../core/task.ts";
import type { Capabilities } from "./capabilities.ts";

export interface WireOptions {
  readonly model: string;
  readonly tier: "sync" | "flex";
}

/** The body for `POST /responses`. Nothing is stored at the provider beyond what it must. */
export function responsesBody(
  request: ProviderRequest,
  able: Capabilities,
  { model, tier }: WireOptions,
): ResponseCreateParamsNonStreaming {
  const { temperature, reasoningEffort } = samplingFor(request, able);
  return {
    model,
    input: messagesFor(request, able),
    max_output_tokens: request.maxOutputTokens,
    store: false,
    ...(able.format === "schema" && {
      text: { format: { type: "json_schema", name: request.task, strict: true, schema: { ...request.jsonSchema } } },
    }),
    ...(able.format === "json" && { text: { format: { type: "json_object" } } }),
    ...(temperature !== undefined && { temperature }),
    ...(reasoningEffort !== undefined && { reasoning: { effort: reasoningEffort } }),
    ...(tier === "flex" && { service_tier: "flex" }),
  };
}

/** The body for `POST /chat/completions`. */
export function chatBody(
  request: ProviderRequest,
  able: Capabilities,
  { model, tier }: WireOptions,
): ChatCompletionCreateParamsNonStreaming {
  const { temperature, reasoningEffort } = samplingFor(request, able);
  return {
    model,
    messages: messagesFor(request, able),
    [able.outputLimit]: request.maxOutputTokens,
    ...(able.format === "schema" && {
      response_format: {
        type: "json_schema",
        json_schema: { name: request.task, strict: true, schema: { ...request.jsonSchema } },
      },
    }),
    ...(able.format === "json" && { response_format: { type: "json_object" } }),
    ...(temperature !== undefined && { temperature }),
    ...(reasoningEffort !== undefined && { reasoning_effort: reasoningEffort }),
    ...(tier === "flex" && { service_tier: "flex" }),
  };
}

function samplingFor({ sampling }: ProviderRequest, { omitted }: Capabilities): ProviderRequest["sampling"] {
  return {
    temperature: omitted.includes("temperature") ? undefined : sampling.temperature,
    reasoningEffort: omitted.includes("reasoning") ? undefined : sampling.reasoningEffort,
  };
}

/** Where the endpoint takes no schema, the schema is told in words. */
function messagesFor({ messages, jsonSchema }: ProviderRequest, { format }: Capabilities): Message[] {
  if (format === "schema") return [...messages];
  const content = [
    "Reply with one JSON object that fits this JSON schema, and with nothing before or after it:",
    JSON.stringify(jsonSchema),
  ].join("\n");
  return [{ role: "system", content }, ...messages];
}
