import { z } from "zod";

/** What an endpoint can do, learned from its answers. Worth keeping: learning costs a few refused requests. */
export const capabilities = z.strictObject({
  api: z.enum(["responses", "chat"]),
  /** How it can be held to JSON: by a strict schema, to any JSON, or only by asking. */
  format: z.enum(["schema", "json", "plain"]),
  /** The name under which chat completions take the output limit. */
  outputLimit: z.enum(["max_completion_tokens", "max_tokens"]),
  /** Sampling parameters that the model turns away. */
  omitted: z.array(z.enum(["temperature", "reasoning"])),
});
export type Capabilities = Readonly<z.infer<typeof capabilities>>;

/** What is tried first: everything. */
export const FULL: Capabilities = {
  api: "responses",
  format: "schema",
  outputLimit: "max_completion_tokens",
  omitted: [],
};

/** What an endpoint said when it turned a request down. */
export interface Rejection {
  readonly status: number;
  readonly code: string | undefined;
  /** The parameter it named, such as `response_format` or `text.format`. */
  readonly param: string | undefined;
}

const NO_SUCH_PATH: ReadonlySet<number> = new Set([404, 405, 501]);
const BAD_REQUEST: ReadonlySet<number> = new Set([400, 415, 422]);

/**
 * The next less demanding way to ask, or undefined where the rejection is not about the way of asking. A named parameter
 * decides. Where none is named, a way of asking that has never worked is stepped down rung by rung.
 */
export function stepDown(current: Capabilities, rejection: Rejection, hasWorked: boolean): Capabilities | undefined {
  const { status, code, param } = rejection;
  if (NO_SUCH_PATH.has(status)) {
    return current.api === "responses" && code !== "model_not_found" ? { ...current, api: "chat" } : undefined;
  }
  if (!BAD_REQUEST.has(status)) return undefined;
  if (param !== undefined) return withoutParam(current, param, code);
  return hasWorked || code !== undefined ? undefined : nextRung(current);
}

function withoutParam(current: Capabilities, param: string, code: string | undefined): Capabilities | undefined {
  if (/^(?:response_format|text)\b/.test(param) && code !== "invalid_json_schema") return looserFormat(current);
  if (param === current.outputLimit && current.api === "chat") {
    const outputLimit = param === "max_tokens" ? "max_completion_tokens" : "max_tokens";
    return { ...current, outputLimit };
  }
  if (param === "temperature") return omitting(current, "temperature");
  if (param.startsWith("reasoning")) return omitting(current, "reasoning");
  return undefined;
}

function nextRung(current: Capabilities): Capabilities | undefined {
  if (current.api === "responses") return { ...current, api: "chat" };
  if (current.outputLimit === "max_completion_tokens") return { ...current, outputLimit: "max_tokens" };
  return looserFormat(current);
}

function looserFormat(current: Capabilities): Capabilities | undefined {
  if (current.format === "plain") return undefined;
  return { ...current, format: current.format === "schema" ? "json" : "plain" };
}

function omitting(current: Capabilities, name: Capabilities["omitted"][number]): Capabilities | undefined {
  return current.omitted.includes(name) ? undefined : { ...current, omitted: [...current.omitted, name] };
}
