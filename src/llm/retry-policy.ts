import type { ApiFailure } from "../core/outcome.ts";
import type { Verdict } from "./judge-completion.ts";

/** How often a request is sent that meets 5xx, timeouts or broken connections. */
export const MAX_TRIES = 4;
const SHORTEST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

/** What a task has been through so far. */
export interface History {
  /** Failures of scope `retry`. Rate limits are not among them: they say nothing about the request. */
  readonly failures: number;
  readonly hasReasked: boolean;
  readonly hasEnlarged: boolean;
}

export const FRESH: History = { failures: 0, hasReasked: false, hasEnlarged: false };

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
 * After a failure. The wait is drawn from 1 s up to a ceiling that grows fourfold from 4 s to 60 s; a server's hint is a
 * lower bound. A rate limit waits at the limiter's gate, not here.
 */
export function stepAfterFailure(failure: ApiFailure, history: History, random: () => number): Step {
  if (failure.scope === "rate-limit") return { kind: "wait", milliseconds: 0 };
  if (failure.scope !== "retry" || history.failures + 1 >= MAX_TRIES) return { kind: "end" };
  const ceiling = Math.min(LONGEST_WAIT_MS, SHORTEST_WAIT_MS * 4 ** (history.failures + 1));
  const drawn = SHORTEST_WAIT_MS + random() * (ceiling - SHORTEST_WAIT_MS);
  return { kind: "wait", milliseconds: Math.max(drawn, failure.retryAfterMs ?? 0) };
}
