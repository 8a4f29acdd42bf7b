import type { ApiFailure } from "../core/outcome.ts";
import type { Verdict } from "./judge-completion.ts";

/** How often a request is sent that meets 5xx, timeouts or broken connections. */
export const MAX_TRIES = 4;
const SHORTEST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

/** What a task has been through so far. */
export interface History {
  /** Failures of scope `retry`; these are limited in number. */
  readonly failures: number;
  /** 429s: they say nothing about the request and are limited in time only. */
  readonly rateLimits: number;
  readonly hasReasked: boolean;
  readonly hasEnlarged: boolean;
}

export const FRESH: History = { failures: 0, rateLimits: 0, hasReasked: false, hasEnlarged: false };

export type Step =
  | { readonly kind: "end" }
  | { readonly kind: "wait"; readonly milliseconds: number }
  | { readonly kind: "re-ask"; readonly issues: string }
  | { readonly kind: "enlarge" };

/** After a reply: a misfit is told its faults once, a cut one is sent once more with twice the room, the rest is final. */
export function stepAfterVerdict(verdict: Verdict<unknown>, history: History): Step {
  if (verdict.kind === "invalid" && !history.hasReasked) return { kind: "re-ask", issues: verdict.issues };
  if (verdict.kind === "truncated" && !history.hasEnlarged) return { kind: "enlarge" };
  return { kind: "end" };
}

/**
 * After a failure. Waits are drawn from 1 s up to a ceiling that grows from try to try up to 60 s; a server's hint is a
 * lower bound. What a rate limit means for other requests is the limiter's business.
 */
export function stepAfterFailure(failure: ApiFailure, history: History, random: () => number): Step {
  const hintMs = failure.retryAfterMs ?? 0;
  if (failure.scope === "rate-limit") {
    const waitMs = hintMs > 0 ? hintMs : drawnWait(2 ** (history.rateLimits + 1), random);
    return { kind: "wait", milliseconds: waitMs };
  }
  if (failure.scope !== "retry" || history.failures + 1 >= MAX_TRIES) return { kind: "end" };
  return { kind: "wait", milliseconds: Math.max(hintMs, drawnWait(4 ** (history.failures + 1), random)) };
}

/** The history after a failure that is tried again. */
export function afterFailure(history: History, { scope }: ApiFailure): History {
  if (scope === "rate-limit") return { ...history, rateLimits: history.rateLimits + 1 };
  return { ...history, failures: history.failures + 1 };
}

function drawnWait(factor: number, random: () => number): number {
  const ceiling = Math.min(LONGEST_WAIT_MS, SHORTEST_WAIT_MS * factor);
  return SHORTEST_WAIT_MS + random() * (ceiling - SHORTEST_WAIT_MS);
}
