import type { z } from "zod";
import { problemReply, type WholeReply } from "./reply.ts";
import { headerValues, onlyHeader, type RequestHead } from "./request-head.ts";
import type { Call } from "./route.ts";

/** What a request says, checked; or the refusal to send back. */
export type Received<Value> =
  | { readonly kind: "value"; readonly value: Value }
  | { readonly kind: "refusal"; readonly reply: WholeReply };

// One type, and one encoding of text: what no form and no simple request of another site can send.
const JSON_TYPE = /^application\/json(?:\s{0,9};\s{0,9}charset=(?:utf-8|"utf-8"))?$/i;
const ENTITY_TAG = /^"([\x21\x23-\x7e]*)"$/;
const UTF8 = new TextDecoder("utf-8", { fatal: true });

export async function receiveBody<Value>(call: Call, schema: z.ZodType<Value>): Promise<Received<Value>> {
  if (!isPlainJson(call.head)) return refusal(415, "Send application/json.");
  const body = await call.readBody();
  if (body.kind === "too-large") return refusal(413, "That is more than one request may hold.");
  if (body.kind === "broken") return refusal(400, "The request ended early.");
  return checked(jsonOf(body.bytes), schema);
}

/** No name may stand in a query twice: a reader that takes the first would disagree with one that takes the last. */
export function receiveQuery<Value>({ query }: Call, schema: z.ZodType<Value>): Received<Value> {
  const pairs = [...new URLSearchParams(query)];
  const isPlain = new Set(pairs.map(([name]) => name)).size === pairs.length;
  return checked(isPlain ? Object.fromEntries(pairs) : undefined, schema);
}

/** The one etag of If-Match. Any, weak and several ones match no item: a change is meant for what its author saw. */
export function receiveTag({ head }: Call): Received<string> {
  const values = headerValues(head, "if-match");
  if (values.length === 0) return refusal(428, "Say which version of the item is meant.");
  const tag = ENTITY_TAG.exec(onlyHeader(head, "if-match") ?? "")?.[1];
  return tag === undefined ? refusal(412, "That is no version of the item.") : { kind: "value", value: tag };
}

function isPlainJson(head: RequestHead): boolean {
  return JSON_TYPE.test(onlyHeader(head, "content-type") ?? "") && headerValues(head, "content-encoding").length === 0;
}

function checked<Value>(candidate: unknown, schema: z.ZodType<Value>): Received<Value> {
  const result = schema.safeParse(candidate);
  // The issues are not sent: they would quote what came in.
  return result.success ? { kind: "value", value: result.data } : refusal(400, "The request is not as it must be.");
}

/** Undefined for what is no JSON; no schema takes that. */
function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(UTF8.decode(bytes));
  } catch {
    return undefined;
  }
}

function refusal(status: number, message: string): Received<never> {
  return { kind: "refusal", reply: problemReply(status, message) };
}
