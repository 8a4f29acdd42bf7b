import type { Receipt } from "../core/outcome.ts";
import { addCost, addUsage } from "../core/usage.ts";

/** The receipts of one item's tasks as one: sums, under the key of the first. */
export function sumReceipts(first: Receipt, ...others: readonly Receipt[]): Receipt {
  return others.reduce(
    (sum, receipt) => ({
      key: sum.key,
      source: sum.source === "call" || receipt.source === "call" ? "call" : "journal",
      attempts: sum.attempts + receipt.attempts,
      usage: addUsage(sum.usage, receipt.usage),
      cost: addCost(sum.cost, receipt.cost),
      modelAnswered: sum.modelAnswered ?? receipt.modelAnswered,
      responseIds: [...sum.responseIds, ...receipt.responseIds],
    }),
    first,
  );
}
