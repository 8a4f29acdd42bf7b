import { z } from "zod";
import { OUTCOME_STATUSES } from "../core/outcome.ts";

/** Every line carries the version of its shape; a line of another version is left alone, never misread. */
const VERSION = 1;

const count = z.number().nonnegative();
export const usageRecord = z.object({
  inputTokens: count,
  cachedInputTokens: count,
  cacheWriteTokens: count,
  outputTokens: count,
  reasoningTokens: count,
});
const cost = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("known"), usd: z.number() }),
  z.object({ kind: z.literal("unknown") }),
]);
export const failureRecord = z.object({
  scope: z.enum(["run", "item", "retry", "rate-limit"]),
  status: z.number().optional(),
  code: z.string().optional(),
  message: z.string(),
  retryAfterMs: z.number().optional(),
  requestId: z.string().optional(),
});
export const formatRecord = z.enum(["schema", "json", "plain"]);

/** What a run set out to do and whom it asks. The first record of a run, and of each time it is taken up. */
export const planRecord = z.object({
  v: z.literal(VERSION),
  type: z.literal("plan"),
  /** Milliseconds since the epoch. */
  at: z.number(),
  provider: z.string(),
  endpoint: z.string(),
  model: z.string(),
  items: count,
});

/** One request that was sent, whatever came of it. */
export const attemptRecord = z.object({
  v: z.literal(VERSION),
  type: z.literal("attempt"),
  at: z.number(),
  key: z.string(),
  task: z.string(),
  /** 1 for the first request of a task. */
  number: z.number(),
  milliseconds: z.number(),
  /** The batch, or the job of a worker, that brought the reply; absent where it came at once. */
  batch: z.string().optional(),
  maxOutputTokens: z.number(),
  /** unclaimed: it came with a batch when nobody asked for it any more. Its key is then the part that was sent. */
  verdict: z.enum(["ok", "refused", "filtered", "truncated", "invalid", "failure", "aborted", "unclaimed"]),
  usage: usageRecord,
  cost,
  responseId: z.string().optional(),
  requestId: z.string().optional(),
  modelAnswered: z.string().optional(),
  failure: failureRecord.optional(),
  issues: z.string().optional(),
  /** The raw reply, kept here for attempts that were not ok. */
  text: z.string().optional(),
});

/** The end of a task that does not change by sending it again. */
export const resultRecord = z.object({
  v: z.literal(VERSION),
  type: z.literal("result"),
  at: z.number(),
  key: z.string(),
  status: z.enum(["ok", "refused", "filtered", "truncated", "invalid"]),
  text: z.string(),
  format: formatRecord,
  issues: z.string().optional(),
  /** What the task allowed; a truncated result counts only for tasks that allow no more. */
  maxOutputTokens: z.number(),
  attempts: z.number(),
  usage: usageRecord,
  cost,
  modelAnswered: z.string().optional(),
  responseIds: z.array(z.string()),
});

/** The outcome of one item of the run, which may have needed several tasks. */
export const itemRecord = z.object({
  v: z.literal(VERSION),
  type: z.literal("item"),
  at: z.number(),
  id: z.string(),
  status: z.enum(OUTCOME_STATUSES),
});

export const journalRecord = z.discriminatedUnion("type", [planRecord, attemptRecord, resultRecord, itemRecord]);

export type PlanRecord = z.infer<typeof planRecord>;
export type AttemptRecord = z.infer<typeof attemptRecord>;
export type ResultRecord = z.infer<typeof resultRecord>;
export type ItemRecord = z.infer<typeof itemRecord>;
export type JournalRecord = z.infer<typeof journalRecord>;

/** A record without what the journal itself adds. */
export type Entry<Kind extends JournalRecord> = Omit<Kind, "v" | "at">;

export function stamp(at: number): { readonly v: 1; readonly at: number } {
  return { v: VERSION, at };
}
