import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { canonicalJson } from "../../core/canonical-json.ts";
import { UserError } from "../../core/errors.ts";
import { inspectLock } from "../../files/lock.ts";
import { openRecordLog } from "../../files/record-log.ts";
import { listRuns, readSummary, type RunFolder } from "../../files/run-folder.ts";
import { journalRecord } from "../../llm/journal-records.ts";
import type { Project } from "../open-project.ts";
import { readRunRequest } from "./run-request.ts";

/** A run that was stopped or killed before its end, and whose plan no later run took over. */
export interface UnfinishedRun {
  readonly run: string;
  readonly command: string;
  /** Of grades; null for other commands. */
  readonly set: string | null;
  /** What stopped it; "interrupted" where it could not say. */
  readonly stopped: string;
  readonly ended: number;
  readonly planned: number;
  /** What goes on with it. */
  readonly resume: string;
}

const endedByItself = z.object({ stopped: z.null() });
const endedSummary = z.object({ stopped: z.string() });

/** A run that was stopped, or killed before it could sum up, is not. */
export function isFinished(folder: RunFolder): boolean {
  return endedByItself.safeParse(readSummary(folder)).success;
}

/** Oldest first. None while a run is at work, for it may be any of them. */
export function unfinishedRuns(project: Project): readonly UnfinishedRun[] {
  if (isAtWork(project)) return [];
  const runs = listRuns(project.workspace).filter(({ journal }) => existsSync(journal));
  // A plan that was begun anew is the later run's.
  const last = new Map(runs.flatMap((run) => planOf(run).map((plan) => [plan.name, { ...plan, run }] as const)));
  return [...last.values()].filter(({ run }) => !isFinished(run)).map(unfinished);
}

function isAtWork({ workspace }: Project): boolean {
  return inspectLock(join(workspace.locks, "run.lock")).status === "held";
}

interface Plan {
  /** The same for runs that do the same. */
  readonly name: string;
  readonly command: string;
  readonly set: string | null;
}

/** None for a run that nobody can take up, since it does not say what it was asked. */
function planOf(run: RunFolder): readonly Plan[] {
  try {
    const { command, operands, options } = readRunRequest(run);
    const set = "set" in options && options.set !== undefined ? options.set : null;
    return [{ name: canonicalJson([command, operands, set]), command, set }];
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

function unfinished({ run, command, set }: Plan & { readonly run: RunFolder }): UnfinishedRun {
  const summary = endedSummary.safeParse(readSummary(run));
  const stopped = summary.data?.stopped ?? "interrupted";
  const more = stopped === "budget" ? " --budget <more>" : "";
  return { run: run.id, command, set, stopped, ...progressOf(run), resume: `answerkey resume ${run.id}${more}` };
}

/** "run 2026-…: grade of exam was interrupted after 12 of 40; answerkey resume 2026-… goes on with it" */
export function unfinishedInWords({ run, command, set, stopped, ended, planned, resume }: UnfinishedRun): string {
  const what = set === null ? command : `${command} of ${set}`;
  const how = stopped === "interrupted" ? "interrupted" : `stopped (${stopped})`;
  return `run ${run}: ${what} was ${how} after ${ended} of ${planned}; ${resume} goes on with it`;
}

const LEFT: ReadonlySet<string> = new Set(["cancelled", "stopped_budget"]);

function progressOf({ journal }: RunFolder): Pick<UnfinishedRun, "ended" | "planned"> {
  const items = new Map<string, string>();
  let planned = 0;
  const log = openRecordLog(journal, { onDamaged: () => {} });
  log.scan((raw) => {
    const { data } = journalRecord.safeParse(raw);
    if (data?.type === "plan") planned = Math.max(planned, data.items);
    if (data?.type === "item") items.set(data.id, data.status);
  });
  log.close();
  return { ended: [...items.values()].filter((status) => !LEFT.has(status)).length, planned };
}
