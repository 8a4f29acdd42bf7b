import { join } from "node:path";
import type { Clock } from "../core/clock.ts";
import { openChainedLog, type ChainedLog } from "./chained-log.ts";
import { decision, type Decision } from "./decision.ts";
import type { Workspace } from "./workspace.ts";

/** Who decided what on which proposal and when. */
export type DecisionLog = ChainedLog<Decision>;

export function openDecisionLog(workspace: Workspace, clock: Clock): DecisionLog {
  return openChainedLog({
    path: workspace.decisions,
    lockPath: join(workspace.locks, "decisions.lock"),
    schema: decision,
    noun: "decision",
    clock,
  });
}
