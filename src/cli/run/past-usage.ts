import type { Workspace } from "../../files/workspace.ts";
import { journalRecord } from "../../llm/journal-records.ts";
import type { RecordLog } from "../../core/record-log.ts";
import { earlierLogs } from "./run-journals.ts";

/** What an item has used on average, all its calls together. */
export interface PastUsage {
  readonly input: number;
  readonly output: number;
  readonly requests: number;
}

interface Sums {
  readonly items: number;
  readonly input: number;
  readonly output: number;
  readonly requests: number;
}

/**
 * From the journals of all runs that asked this model for such items; undefined where there are none. `task` is the one
 * that each item begins with.
 */
export function pastUsage(workspace: Workspace, task: string, model: string): PastUsage | undefined {
  const runs = earlierLogs(workspace, "").map((log) => sumsOf(log, task, model));
  const sums = runs.filter(({ items }) => items > 0).reduce(added, NOTHING);
  const { items } = sums;
  if (items === 0) return undefined;
  return { input: sums.input / items, output: sums.output / items, requests: sums.requests / items };
}

const NOTHING: Sums = { items: 0, input: 0, output: 0, requests: 0 };

function added(left: Sums, right: Sums): Sums {
  return {
    items: left.items + right.items,
    input: left.input + right.input,
    output: left.output + right.output,
    requests: left.requests + right.requests,
  };
}

function sumsOf(log: RecordLog, task: string, model: string): Sums {
  let sums = NOTHING;
  let isSameModel = false;
  log.scan((raw) => {
    const { success, data } = journalRecord.safeParse(raw);
    if (!success) return;
    if (data.type === "plan") isSameModel = data.model === model;
    if (!isSameModel || data.type !== "attempt") return;
    const items = data.task === task && data.number === 1 ? 1 : 0;
    const { inputTokens: input, outputTokens: output } = data.usage;
    const isPaid = data.verdict !== "failure";
    sums = added(sums, { items, ...(isPaid ? { input, output, requests: 1 } : { input: 0, output: 0, requests: 0 }) });
  });
  return sums;
}
