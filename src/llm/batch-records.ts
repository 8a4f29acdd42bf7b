import { z } from "zod";
import { capabilities } from "./capabilities.ts";
import { failureRecord, formatRecord, usageRecord } from "./journal-records.ts";

const VERSION = 1;
const count = z.number().nonnegative();
const head = { v: z.literal(VERSION), at: z.number(), number: count };

/** One file of requests that is to become a batch. Written before anything of it leaves this machine. */
export const collectedRecord = z.object({
  ...head,
  type: z.literal("collected"),
  /** Files collected together. */
  wave: count,
  account: z.string(),
  able: capabilities,
  /** Path that its lines name. */
  url: z.string(),
  requests: count,
  inputTokens: count,
  /** The most its requests can cost; 0 where no price is known. */
  ceilingUsd: z.number(),
  /** Of the names of its requests, which say what is asked. */
  hash: z.string(),
});

const counts = z.object({
  answered: count,
  failed: count,
  missing: count,
  unknown: count,
  duplicate: count,
  unreadable: count,
});

/** The life of batches, one line a step. The steps of one wave's beginning are one record, so that none is half collected. */
export const batchRecord = z.discriminatedUnion("type", [
  z.object({ v: z.literal(VERSION), at: z.number(), type: z.literal("wave"), files: z.array(collectedRecord) }),
  z.object({ ...head, type: z.literal("uploaded"), fileId: z.string(), fileAt: z.number().optional() }),
  z.object({ ...head, type: z.literal("created"), id: z.string() }),
  /** Refused for want of room in the endpoint's queue; to be created again. */
  z.object({ ...head, type: z.literal("turned-away") }),
  /** Over, and every reply it brought is on disk. */
  z.object({ ...head, type: z.literal("read"), ending: z.string(), counts }),
  /** Over without a reply: refused as a whole, never submitted, or not to be found any more. */
  z.object({ ...head, type: z.literal("dropped"), ending: z.string() }),
]);
export type CollectedFile = z.infer<typeof collectedRecord>;
export type BatchRecord = z.infer<typeof batchRecord>;

/** A reply that a batch brought, kept until its task has been judged, and after. */
export const replyRecord = z.object({
  v: z.literal(VERSION),
  /** Name of the attempt. */
  id: z.string(),
  batch: z.string(),
  milliseconds: z.number(),
  reply: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("completion"),
      finish: z.enum(["complete", "length", "filtered", "refused"]),
      text: z.string(),
      format: formatRecord,
      usage: usageRecord,
      modelAnswered: z.string().optional(),
      responseId: z.string().optional(),
      requestId: z.string().optional(),
    }),
    z.object({ kind: z.literal("failure"), failure: failureRecord, usage: usageRecord.optional() }),
  ]),
});
export type ReplyRecord = z.infer<typeof replyRecord>;

export function versioned(): { readonly v: 1 } {
  return { v: VERSION };
}
