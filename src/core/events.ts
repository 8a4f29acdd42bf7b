import type { OutcomeStatus } from "./outcome.ts";
import type { Cost, Usage } from "./usage.ts";

/** What a run tells while it runs. Consumers draw progress or write logs; no event holds a prompt or an answer. */
export type RunEvent =
  | { readonly type: "run-started"; readonly total: number; readonly cached: number }
  | { readonly type: "item-started"; readonly id: string }
  | { readonly type: "item-finished"; readonly id: string; readonly status: OutcomeStatus; readonly called: boolean }
  | { readonly type: "attempt-finished"; readonly usage: Usage; readonly cost: Cost; readonly ok: boolean }
  | { readonly type: "wait-started"; readonly milliseconds: number; readonly reason: "rate-limit" | "retry" }
  | { readonly type: "slots-changed"; readonly slots: number };

export type OnEvent = (event: RunEvent) => void;
