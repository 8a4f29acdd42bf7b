import { z } from "zod";
import type { Reply } from "../core/model.ts";
import { readReplyJson } from "./reply-json.ts";

export type Completion = Extract<Reply, { kind: "completion" }>;

/** What a reply is worth: exactly one, and only `ok` carries a value. */
export type Verdict<Output> =
  | { readonly kind: "ok"; readonly value: Output }
  | { readonly kind: "refused" | "filtered" | "truncated" }
  | { readonly kind: "invalid"; readonly issues: string };

/**
 * The one place that decides whether a reply is an answer. A truncated text is never read, even where it would parse.
 * `maxOutputTokens` unmasks endpoints that call a cut reply complete.
 */
export function judgeCompletion<Output>(
  completion: Pick<Completion, "finish" | "text" | "format" | "usage">,
  schema: z.ZodType<Output>,
  maxOutputTokens: number,
): Verdict<Output> {
  if (completion.finish === "length") return { kind: "truncated" };
  if (completion.finish !== "complete") return { kind: completion.finish };
  return judgeText(completion, schema, maxOutputTokens);
}

function judgeText<Output>(
  completion: Pick<Completion, "text" | "format" | "usage">,
  schema: z.ZodType<Output>,
  maxOutputTokens: number,
): Verdict<Output> {
  const reading = readReplyJson(completion.text, completion.format);
  if (!reading.ok) {
    if (completion.usage.outputTokens >= maxOutputTokens) return { kind: "truncated" };
    return { kind: "invalid", issues: reading.issues };
  }
  const parsed = schema.safeParse(reading.value);
  if (parsed.success) return { kind: "ok", value: parsed.data };
  return { kind: "invalid", issues: z.prettifyError(parsed.error) };
}
