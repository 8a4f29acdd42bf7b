import type { RunEvent } from "../../core/events.ts";
import { addCost, FREE, type Cost } from "../../core/usage.ts";
import { amount, batches, count, duration, plural } from "../format.ts";

/** What a run has come to so far. A plain fold over its events. */
export interface Progress {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly inFlight: number;
  /** Items that needed a model; replayed ones would spoil rate and projection. */
  readonly called: number;
  readonly tokens: number;
  readonly spent: Cost;
  readonly startedAt: number;
  readonly waitingUntil: number;
  /** Set while nothing but batches is waited for. */
  readonly waitingFor?: { readonly batches: number; readonly requests: number; readonly done: number } | undefined;
}

export function startProgress(total: number, now: number): Progress {
  return { total, done: 0, failed: 0, inFlight: 0, called: 0, tokens: 0, spent: FREE, startedAt: now, waitingUntil: 0 };
}

export function advance(progress: Progress, event: RunEvent, now: number): Progress {
  switch (event.type) {
    case "run-started":
      return { ...progress, total: event.total ?? progress.total };
    case "item-started":
      return { ...progress, inFlight: progress.inFlight + 1 };
    case "item-finished":
      return withEnded(progress, event);
    case "attempt-finished":
      return {
        ...progress,
        tokens: progress.tokens + event.usage.inputTokens + event.usage.outputTokens,
        spent: addCost(progress.spent, event.cost),
      };
    case "wait-started":
      return event.reason === "rate-limit" ? { ...progress, waitingUntil: now + event.milliseconds } : progress;
    case "item-deferred":
      return { ...progress, inFlight: Math.max(0, progress.inFlight - 1) };
    case "batches-seen":
      return { ...progress, waitingFor: event.batches === 0 ? undefined : event };
    default:
      return progress;
  }
}

function withEnded(progress: Progress, { status, called }: Extract<RunEvent, { type: "item-finished" }>): Progress {
  return {
    ...progress,
    inFlight: Math.max(0, progress.inFlight - 1),
    done: progress.done + (status === "ok" ? 1 : 0),
    failed: progress.failed + (status === "ok" ? 0 : 1),
    called: progress.called + (called ? 1 : 0),
  };
}

/** One line, no colours: the same words on a terminal and in a log. */
export function progressLine(progress: Progress, now: number): string {
  const { total, done, failed, inFlight, called, tokens, spent, waitingFor } = progress;
  // Nothing in it moves with time alone, so that a log of a long wait says each thing once.
  if (waitingFor !== undefined) {
    const back = `${waitingFor.done} of ${plural(waitingFor.requests, "request")} answered`;
    return `${done + failed}/${total} done · waiting for ${batches(waitingFor.batches)} · ${back}`;
  }
  const ended = done + failed;
  const seconds = Math.max(0.001, (now - progress.startedAt) / 1000);
  const left = total - ended;
  const parts = [`${ended}/${total} done`];
  if (failed > 0) parts.push(`${failed} failed`);
  parts.push(`${inFlight} in flight`, `${(ended / seconds).toFixed(1)}/s`, `${count(tokens)} tokens`);
  parts.push(called > 0 && left > 0 ? spending(spent, called, left) : amount(spent));
  if (progress.waitingUntil > now) parts.push(`rate limit, ${duration(progress.waitingUntil - now)}`);
  else if (ended > 0 && left > 0) parts.push(`${duration((seconds * 1000 * left) / ended)} left`);
  return parts.join(" · ");
}

/** What was spent, and what all of it will come to if the rest costs as much; a price nobody knows has no projection. */
function spending(spent: Cost, called: number, left: number): string {
  if (spent.kind === "unknown" || spent.usd === 0) return amount(spent);
  return `${amount(spent)} of about ${amount({ kind: "known", usd: spent.usd + (spent.usd / called) * left })}`;
}
