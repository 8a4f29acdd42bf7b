import { setMaxListeners } from "node:events";
import type { ApiFailure } from "../core/outcome.ts";

/**
 * Why a run ended before its work did. `failure`: it cannot work as configured; `outage`: the endpoint stopped working;
 * `budget`, `rate-limit`, `batch` (in flight) and `withdrawn` (from the queue): to be taken up again later.
 */
export type StopReason =
  | { readonly kind: "failure"; readonly failure: ApiFailure }
  | { readonly kind: "outage"; readonly failure: ApiFailure }
  | { readonly kind: "budget" }
  | { readonly kind: "withdrawn" }
  | { readonly kind: "batch"; readonly batches: number; readonly requests: number }
  | { readonly kind: "rate-limit"; readonly waitMs: number };

/** The signals one task lives under. */
export interface TaskSignals {
  /** Aborted when nothing new may be sent. */
  readonly dispatch: AbortSignal;
  /** Aborted when requests under way are to be dropped as well. */
  readonly send: AbortSignal;
}

/** The one switch that ends a run. Requests under way are paid for and run to their end, except after a `failure`. */
export class RunStop {
  readonly #dispatch = new AbortController();
  readonly #send = new AbortController();
  readonly #combined = new WeakMap<AbortSignal, TaskSignals>();
  #reason: StopReason | undefined;

  get reason(): StopReason | undefined {
    return this.#reason;
  }

  stop(reason: StopReason): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.#dispatch.abort();
    if (reason.kind === "failure") this.#send.abort();
  }

  /** Tasks of a run share their caller's signal, so the combination is made once. */
  signalsFor(caller: AbortSignal): TaskSignals {
    const known = this.#combined.get(caller);
    if (known !== undefined) return known;
    const made: TaskSignals = {
      dispatch: AbortSignal.any([caller, this.#dispatch.signal]),
      send: AbortSignal.any([caller, this.#send.signal]),
    };
    // Every task under way listens; that is no leak.
    setMaxListeners(0, made.dispatch, made.send);
    this.#combined.set(caller, made);
    return made;
  }
}
