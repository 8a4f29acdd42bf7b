import type { Reply } from "../core/model.ts";
import type { Outcome, Receipt } from "../core/outcome.ts";
import { addCost, addUsage, type Cost, FREE, NO_USAGE } from "../core/usage.ts";
import { usageOf } from "./attempt.ts";
import type { AttemptRecord, ResultRecord } from "./journal-records.ts";
import type { Verdict } from "./judge-completion.ts";

export function emptyReceipt(key: string): Receipt {
  return { key, source: "call", attempts: 0, usage: NO_USAGE, cost: FREE, responseIds: [] };
}

/** The receipt after one more attempt. */
export function withAttempt(receipt: Receipt, cost: Cost, reply: Reply): Receipt {
  const completion = reply.kind === "completion" ? reply : undefined;
  const responseId = completion?.responseId;
  return {
    ...receipt,
    attempts: receipt.attempts + 1,
    usage: addUsage(receipt.usage, usageOf(reply) ?? NO_USAGE),
    cost: addCost(receipt.cost, cost),
    modelAnswered: completion?.modelAnswered ?? receipt.modelAnswered,
    responseIds: responseId === undefined ? receipt.responseIds : [...receipt.responseIds, responseId],
  };
}

/** The receipt after an attempt that was made before the run was taken up. */
export function withPastAttempt(receipt: Receipt, past: AttemptRecord): Receipt {
  return {
    ...receipt,
    attempts: receipt.attempts + 1,
    usage: addUsage(receipt.usage, past.usage),
    cost: addCost(receipt.cost, past.cost),
    modelAnswered: past.modelAnswered ?? receipt.modelAnswered,
    responseIds: past.responseId === undefined ? receipt.responseIds : [...receipt.responseIds, past.responseId],
  };
}

export function receiptOf(record: ResultRecord): Receipt {
  const { key, attempts, usage, cost, modelAnswered, responseIds } = record;
  return { key, source: "journal", attempts, usage, cost, modelAnswered, responseIds };
}

export function outcomeOf<Output>(verdict: Verdict<Output>, text: string, receipt: Receipt): Outcome<Output> {
  if (verdict.kind === "ok") return { status: "ok", value: verdict.value, receipt };
  if (verdict.kind === "invalid") return { status: "invalid", text, issues: verdict.issues, receipt };
  return { status: verdict.kind, text, receipt };
}
