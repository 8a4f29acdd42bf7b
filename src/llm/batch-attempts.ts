import type { Clock } from "../core/clock.ts";
import type { ApiFailure } from "../core/outcome.ts";
import type { Answer } from "./batch-endpoint.ts";
import { afterFailure, FRESH, stepAfterFailure } from "./retry-policy.ts";
import type { RunStop, StopReason } from "./run-stop.ts";

export interface AttemptsOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly stop: RunStop;
  readonly maxWaitMs: number;
}

/** Calls an endpoint until it answers; undefined where it does not, and the run is stopped for that reason. */
export async function persistently<Value>(
  { clock, random, stop, maxWaitMs }: AttemptsOptions,
  signal: AbortSignal,
  call: () => Promise<Answer<Value>>,
): Promise<Value | undefined> {
  let history = FRESH;
  let waited = 0;
  for (;;) {
    const answer = await call();
    if (answer.kind === "done") return answer.value;
    if (answer.kind === "aborted") return undefined;
    const step = stepAfterFailure(answer.failure, history, random);
    const waitMs = step.kind === "wait" ? step.milliseconds : 0;
    const reason = reasonToStop(answer.failure, step.kind === "wait", waited + waitMs > maxWaitMs, waitMs);
    if (reason !== undefined) {
      stop.stop(reason);
      return undefined;
    }
    history = afterFailure(history, answer.failure);
    waited += waitMs;
    await clock.sleep(waitMs, signal).catch(() => {});
    if (signal.aborted) return undefined;
  }
}

function reasonToStop(
  failure: ApiFailure,
  isWorthIt: boolean,
  isTooLong: boolean,
  waitMs: number,
): StopReason | undefined {
  if (failure.scope === "run" || failure.scope === "item") return { kind: "failure", failure };
  if (failure.scope === "rate-limit" && isTooLong) return { kind: "rate-limit", waitMs };
  return isWorthIt ? undefined : { kind: "outage", failure };
}
