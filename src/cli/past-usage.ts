import type { Workspace } from "../files/workspace.ts";
import { journalRecord } from "../llm/journal-records.ts";
import { earlierLogs } from "./run-journals.ts";

/** What a drafted question has used on average, all its calls together. */
export interface PastUsage {
  readonly input: number;
  readonly output: number;
  readonly requests: number;
}

/** From the journals of all runs that asked this model; undefined where there are none. */
export function pastUsage(workspace: Workspace, model: string): PastUsage | undefined {
  const sums = { input: 0, output: 0, requests: 0, items: 0 };
  for (const log of earlierLogs(workspace, "")) {
    let isSameModel = false;
    log.scan((raw) => {
      const { success, data } = journalRecord.safeParse(raw);
      if (!success) return;
      if (data.type === "plan") isSameModel = data.model === model;
      if (!isSameModel) return;
      // A question's drafts begin with exactly one first attempt of the task `draft`.
      if (data.type === "attempt" && data.task === "draft" && data.number === 1) sums.items += 1;
      if (data.type !== "attempt" || data.verdict === "failure") return;
      sums.requests += 1;
      sums.input += data.usage.inputTokens;
      sums.output += data.usage.outputTokens;
    });
  }
  const { items, ...totals } = sums;
  if (items === 0) return undefined;
  return { input: totals.input / items, output: totals.output / items, requests: totals.requests / items };
}
