import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { openDecisionLog } from "../../files/decision-log.ts";
import { listGradeSets } from "../../files/grade-set.ts";
import { inspectLock } from "../../files/lock.ts";
import { openProposalStore } from "../../files/proposal-store.ts";
import { openRecordLog } from "../../files/record-log.ts";
import { listRuns, type RunFolder } from "../../files/run-folder.ts";
import type { ChainCheck } from "../../files/chained-log.ts";
import { fail, ok, warn, type Check } from "./doctor-check.ts";
import { plural } from "../format.ts";
import { openGradeLog } from "../grade/grade-store.ts";
import type { Project } from "../open-project.ts";
import { isFinished } from "../run/unfinished-runs.ts";

/** Locks of commands that are at work, and of those that died. */
export function checkLocks({ workspace: { locks } }: Project): readonly Check[] {
  if (!existsSync(locks)) return [];
  const names = readdirSync(locks).filter((name) => name.endsWith(".lock"));
  return names.flatMap((name) => {
    const state = inspectLock(join(locks, name));
    if (state.status === "free") return [];
    const { pid, host, acquired_at: since } = state.by;
    if (state.status === "left over") {
      return [ok("locks", `${name} was left by process ${pid}, which is gone; the next command takes it over`)];
    }
    return [
      warn(
        "locks",
        `${name} is held by process ${pid} on ${host} since ${since}`,
        `wait for it to end; if it is gone, remove outputs/locks/${name}`,
      ),
    ];
  });
}

/** Journals of runs: damaged lines, and what was stopped and can go on. */
export function checkRuns({ workspace }: Project): readonly Check[] {
  const runs = listRuns(workspace).filter(({ journal }) => existsSync(journal));
  if (runs.length === 0) return [];
  const damaged = runs.flatMap(damagedLines);
  const last = runs.at(-1);
  const isOpen = last !== undefined && !isFinished(last);
  return [
    ok("runs", `${plural(runs.length, "journal")} can be read`),
    ...(isOpen ? [warn("runs", `${last.id} was stopped before its end`, "answerkey resume goes on with it")] : []),
    ...damaged.map((place) =>
      warn(
        "runs",
        `${place} is damaged; its reply would be asked for again`,
        "restore the file from a copy if you have one",
      ),
    ),
  ];
}

function damagedLines({ id, journal }: RunFolder): readonly string[] {
  const lines: number[] = [];
  const log = openRecordLog(journal, { onDamaged: ({ line }) => void lines.push(line) });
  try {
    log.scan(() => {});
  } finally {
    log.close();
  }
  return lines.map((line) => `outputs/runs/${id}/journal.jsonl:${line}`);
}

export function checkProposals({ workspace }: Project): readonly Check[] {
  const { proposals, unreadable } = openProposalStore(workspace).list();
  if (proposals.length + unreadable.length === 0) return [];
  return [
    ok("proposals", `${plural(proposals.length, "proposal")} can be read`),
    ...unreadable.map(({ path, line, reason }) =>
      warn(
        "proposals",
        `${path}:${line}: not a proposal: ${reason}`,
        "mend the file, or remove it to have it drafted again",
      ),
    ),
  ];
}

/** The logs of decisions and of grades: each line still follows from the one before. */
export function checkLogs(project: Project): readonly Check[] {
  const { workspace, clock } = project;
  const decisions = existsSync(workspace.decisions)
    ? [checked("outputs/decisions.jsonl", "decision", openDecisionLog(workspace, clock).verifyChain())]
    : [];
  const grades = listGradeSets(workspace)
    .filter(({ records }) => existsSync(records))
    .map((set) =>
      checked(`outputs/grades/${set.name}/records.jsonl`, "grade record", openGradeLog(project, set).verifyChain()),
    );
  return [...decisions, ...grades];
}

function checked(path: string, noun: string, chain: ChainCheck): Check {
  if (chain.status === "whole") return ok("logs", `${path}: ${plural(chain.entries, noun)}, chain whole`);
  return fail("logs", `${path}:${chain.line}: tampered with or damaged: ${chain.reason}`, "restore it from a copy");
}
