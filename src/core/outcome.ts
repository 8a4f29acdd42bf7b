import type { Cost, Usage } from "./usage.ts";

/** Why an attempt brought no reply, by status and code, never by the text of a message. */
export interface ApiFailure {
  /** `run`: nothing else will work either; `item`: only this request; `retry`: worth another try; `rate-limit`: wait. */
  readonly scope: "run" | "item" | "retry" | "rate-limit";
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  /** Plain words of ours for the user: no prompt, answer or key in it. */
  readonly message: string;
  readonly retryAfterMs?: number | undefined;
  readonly requestId?: string | undefined;
}

/** What one task cost and where its result came from. Sums over all its paid attempts, failed ones included. */
export interface Receipt {
  /** Content-addressed key of the request, 64 hex digits. */
  readonly key: string;
  readonly source: "call" | "journal";
  readonly attempts: number;
  readonly usage: Usage;
  readonly cost: Cost;
  /** The model's name as the endpoint answered it. */
  readonly modelAnswered?: string | undefined;
  readonly responseIds: readonly string[];
}

/** The end of one task, exactly one. Only `ok` may reach a proposal or a grade. */
export type Outcome<Output> =
  | { readonly status: "ok"; readonly value: Output; readonly receipt: Receipt }
  | { readonly status: "refused"; readonly text: string; readonly receipt: Receipt }
  | { readonly status: "truncated"; readonly text: string; readonly receipt: Receipt }
  | { readonly status: "filtered"; readonly text: string; readonly receipt: Receipt }
  | { readonly status: "invalid"; readonly text: string; readonly issues: string; readonly receipt: Receipt }
  | { readonly status: "api_error"; readonly failure: ApiFailure; readonly receipt: Receipt }
  | { readonly status: "stopped_budget"; readonly receipt: Receipt }
  | {
      readonly status: "cancelled";
      readonly receipt: Receipt;
      /** True where the reply comes with a batch: what asked is to be run again then, and finds it. */
      readonly isDeferred?: true | undefined;
    };

/** True where nothing ended: a reply is still on its way with a batch. */
export function isDeferred(outcome: Outcome<unknown>): boolean {
  return outcome.status === "cancelled" && outcome.isDeferred === true;
}

export type OutcomeStatus = Outcome<unknown>["status"];

export const OUTCOME_STATUSES = [
  "ok",
  "refused",
  "truncated",
  "filtered",
  "invalid",
  "api_error",
  "stopped_budget",
  "cancelled",
] as const satisfies readonly OutcomeStatus[];
