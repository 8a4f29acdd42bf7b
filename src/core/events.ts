import type { ApiFailure, OutcomeStatus } from "./outcome.ts";
import type { Cost, Usage } from "./usage.ts";

/** What a run tells while it runs. Consumers draw progress or write logs; no event holds a prompt or an answer. */
export type RunEvent =
  | RunStarted
  | { readonly type: "item-started"; readonly id: string }
  | { readonly type: "item-finished"; readonly id: string; readonly status: OutcomeStatus; readonly called: boolean }
  /** The item waits for a batch and is started again when there is news of it. */
  | { readonly type: "item-deferred"; readonly id: string }
  /** Replies of batches that nobody asked for any more, as other requests are about to be sent. */
  | { readonly type: "replies-unclaimed"; readonly replies: number }
  | { readonly type: "batch-submitted"; readonly batch: string; readonly requests: number }
  /** Its status is none that is known; it is waited for. */
  | { readonly type: "batch-odd"; readonly batch: string; readonly status: string }
  /** Of all batches in flight together; `milliseconds` until they are looked at again, where somebody waits for that. */
  | {
      readonly type: "batches-seen";
      readonly batches: number;
      readonly requests: number;
      readonly done: number;
      readonly milliseconds?: number | undefined;
    }
  | { readonly type: "batch-ended"; readonly batch: string; readonly ending: string; readonly counts: BatchCounts }
  /** On its way, after every wait for a limit; told of requests that are sent from here at once. */
  | ({ readonly type: "request-sent" } & RequestName)
  | AttemptFinished
  | { readonly type: "wait-started"; readonly milliseconds: number; readonly reason: "rate-limit" | "retry" }
  | { readonly type: "slots-changed"; readonly slots: number }
  | RunEnded;

export type OnEvent = (event: RunEvent) => void;

/** Told once, before anything else of a run. */
export interface RunStarted {
  readonly type: "run-started";
  readonly run: string;
  /** `fill`, `grade`, `rubric draft`, `audit answers`; for a worker the kind of its jobs. */
  readonly command: string;
  readonly provider: string;
  readonly endpoint: string;
  readonly model: string;
  /** Items to be worked on; unknown to a worker, which takes them as they come. */
  readonly total?: number | undefined;
  /** True where it goes on with what was begun before. */
  readonly isTakenUp: boolean;
}

/** Told once, after everything else; sums are of all sessions of the run. */
export interface RunEnded {
  readonly type: "run-ended";
  /** Why it ended before its work did: a kind of `StopReason`, or `interrupted`. */
  readonly stopped?: string | undefined;
  /** Of what stopped it, where that was a fault. */
  readonly failure?: Fault | undefined;
  readonly requests: number;
  readonly usage: Usage;
  readonly cost: Cost;
}

/** One attempt of one request. */
export interface RequestName {
  /** Content-addressed key of the request, 64 hex digits. */
  readonly key: string;
  readonly task: string;
  /** 1 for the first attempt. */
  readonly number: number;
  /** The item it is for; absent where it came from elsewhere. */
  readonly item?: string | undefined;
  readonly maxOutputTokens: number;
}

/** What an attempt came to, whichever way it travelled. Neither the reply nor what was found wrong in it. */
export interface AttemptFinished extends RequestName {
  readonly type: "attempt-finished";
  readonly ok: boolean;
  /** `ok`, `refused`, `filtered`, `truncated`, `invalid`, `failure` or `aborted`. */
  readonly verdict: string;
  readonly milliseconds: number;
  readonly usage: Usage;
  readonly cost: Cost;
  /** The batch, or the job of a worker, that brought the reply. */
  readonly batch?: string | undefined;
  readonly failure?: Fault | undefined;
  readonly requestId?: string | undefined;
  readonly responseId?: string | undefined;
  readonly modelAnswered?: string | undefined;
}

/** A failure as far as it may be told anywhere. */
export type Fault = Pick<ApiFailure, "scope" | "status" | "code" | "message">;

/** What became of the requests of one batch: every one is among the first three. */
export interface BatchCounts {
  readonly answered: number;
  readonly failed: number;
  /** Asked and not answered. */
  readonly missing: number;
  /** Lines that answer nothing that was asked, or something a second time, or cannot be read. */
  readonly unknown: number;
  readonly duplicate: number;
  readonly unreadable: number;
}
