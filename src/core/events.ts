import type { OutcomeStatus } from "./outcome.ts";
import type { Cost, Usage } from "./usage.ts";

/** What a run tells while it runs. Consumers draw progress or write logs; no event holds a prompt or an answer. */
export type RunEvent =
  | { readonly type: "run-started"; readonly total: number; readonly cached: number }
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
  | { readonly type: "attempt-finished"; readonly usage: Usage; readonly cost: Cost; readonly ok: boolean }
  | { readonly type: "wait-started"; readonly milliseconds: number; readonly reason: "rate-limit" | "retry" }
  | { readonly type: "slots-changed"; readonly slots: number };

export type OnEvent = (event: RunEvent) => void;

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
