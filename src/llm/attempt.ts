import type { AttemptFinished, Fault } from "../core/events.ts";
import type { ProviderRequest, Reply } from "../core/model.ts";
import { type Cost, FREE, NO_USAGE, type Usage } from "../core/usage.ts";
import type { ReplyRecord } from "./batch-records.ts";
import type { AttemptRecord, Entry } from "./journal-records.ts";
import type { Completion, Verdict } from "./judge-completion.ts";
import { costOf, type Price } from "./prices.ts";

/** A reply and what it is worth. */
export type Attempt<Output> =
  | { readonly kind: "completion"; readonly completion: Completion; readonly verdict: Verdict<Output> }
  | Exclude<Reply, { kind: "completion" }>;

export function usageOf(reply: Reply): Usage | undefined {
  return reply.kind === "aborted" ? undefined : reply.usage;
}

export interface AttemptFacts {
  readonly request: ProviderRequest;
  readonly number: number;
  readonly cost: Cost;
  readonly milliseconds: number;
  readonly batch?: string | undefined;
}

/** The journal's record of an attempt. The text of a good reply is left to the result record. */
export function attemptEntry(attempt: Attempt<unknown>, facts: AttemptFacts): Entry<AttemptRecord> {
  const { request, number, cost, milliseconds, batch } = facts;
  const { key, task, maxOutputTokens } = request;
  const base = { type: "attempt", key, task, number, milliseconds, batch, maxOutputTokens, cost } as const;
  if (attempt.kind === "aborted") return { ...base, verdict: "aborted", usage: NO_USAGE };
  if (attempt.kind === "failure") {
    const { failure } = attempt;
    return { ...base, verdict: "failure", usage: attempt.usage ?? NO_USAGE, failure, requestId: failure.requestId };
  }
  const { verdict, completion } = attempt;
  const { usage, responseId, requestId, modelAnswered, text } = completion;
  const entry = { ...base, verdict: verdict.kind, usage, responseId, requestId, modelAnswered };
  if (verdict.kind === "ok") return entry;
  return verdict.kind === "invalid" ? { ...entry, text, issues: verdict.issues } : { ...entry, text };
}

/** What is told of an attempt: its record without any text. */
export function attemptEvent(entry: Entry<AttemptRecord>, item?: string): AttemptFinished {
  const { key, task, number, maxOutputTokens, verdict, milliseconds, usage, cost, failure } = entry;
  const { batch, requestId, responseId, modelAnswered } = entry;
  const name = { key, task, number, item, maxOutputTokens };
  const end = { ok: verdict === "ok", verdict, milliseconds, usage, cost, failure: failure && faultOf(failure) };
  return { type: "attempt-finished", ...name, ...end, batch, requestId, responseId, modelAnswered };
}

/** What may be told anywhere of a failure. */
export function faultOf({ scope, status, code, message }: Fault): Fault {
  return { scope, status, code, message };
}

/** The journal's record of a reply that came with a batch when nobody asked for it any more: it was paid for. */
export function unclaimedEntry(name: string, came: ReplyRecord, price: Price | undefined): Entry<AttemptRecord> {
  const [key = "", maxOutputTokens, number] = name.split("-");
  const { batch, milliseconds, reply } = came;
  const { usage = NO_USAGE } = reply;
  return {
    type: "attempt",
    key,
    task: "unclaimed",
    number: Number(number),
    milliseconds,
    batch,
    maxOutputTokens: Number(maxOutputTokens),
    verdict: "unclaimed",
    usage,
    cost: reply.usage === undefined ? FREE : costOf(usage, price),
  };
}

/** The name of one attempt, at most 64 characters: what was asked, with which output limit, for the how-manieth time. */
export function attemptName(key: string, maxOutputTokens: number, number: number): string {
  return `${key.slice(0, 40)}-${maxOutputTokens}-${number}`;
}
