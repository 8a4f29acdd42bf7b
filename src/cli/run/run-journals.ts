import { existsSync } from "node:fs";
import { UserError } from "../../core/errors.ts";
import type { OutcomeStatus } from "../../core/outcome.ts";
import type { RecordLog } from "../../core/record-log.ts";
import { openRecordLog, type DamagedLine } from "../../files/record-log.ts";
import { listRuns, type RunFolder } from "../../files/run-folder.ts";
import type { Workspace } from "../../files/workspace.ts";
import { itemRecord, planRecord } from "../../llm/journal-records.ts";
import { didYouMean } from "../nearest-names.ts";

/**
 * Journals of all runs but one, oldest first: what was paid for there need not be paid for again. They are only read,
 * and each is open only while it is, because there may be more of them than a process may have open. A damaged line is
 * told and passed over.
 */
export function earlierLogs(
  workspace: Workspace,
  besides: string,
  onDamaged: (damaged: DamagedLine) => void = () => {},
): readonly RecordLog[] {
  return listRuns(workspace)
    .filter((run) => run.id !== besides && existsSync(run.journal))
    .map((run) => readOnlyLog(run.journal, onDamaged));
}

function readOnlyLog(path: string, onDamaged: (damaged: DamagedLine) => void): RecordLog {
  const opened = <Result>(use: (log: RecordLog) => Result): Result => {
    const log = openRecordLog(path, { onDamaged });
    try {
      return use(log);
    } finally {
      log.close();
    }
  };
  return {
    append: () => {
      throw new Error("the log of an earlier run is not written");
    },
    sync: () => {},
    read: (place) => opened((log) => log.read(place)),
    scan: (visit) => opened((log) => log.scan(visit)),
    close: () => {},
  };
}

/** How each question ended when it was last tried; read only where `--retry` asks for it. */
export function lastOutcomes(
  workspace: Workspace,
  options: { readonly retry?: readonly OutcomeStatus[] | undefined },
): ReadonlyMap<string, OutcomeStatus> {
  const outcomes = new Map<string, OutcomeStatus>();
  if (options.retry === undefined) return outcomes;
  for (const log of earlierLogs(workspace, "")) {
    log.scan((raw) => {
      const record = itemRecord.safeParse(raw);
      if (record.success) outcomes.set(record.data.id, record.data.status);
    });
  }
  return outcomes;
}

/** @throws UserError for a run that is not there. */
export function journalPathOf(workspace: Workspace, id: string): string {
  const runs = listRuns(workspace);
  const found = runs.find((run) => run.id === id);
  if (found !== undefined) return found.journal;
  const ids = runs.map((run) => run.id);
  throw new UserError(`there is no run ${id}`, {
    hint: runs.length === 0 ? "outputs/runs/ is empty" : didYouMean(id, ids, `runs here: ${ids.slice(-5).join(", ")}`),
  });
}

/** The endpoint that a run asked, as its journal says; undefined where it asked none yet. */
export function endpointAsked(run: RunFolder): string | undefined {
  let endpoint: string | undefined;
  const log = readOnlyLog(run.journal, () => {});
  log.scan((raw) => {
    const record = planRecord.safeParse(raw);
    if (record.success) endpoint = record.data.endpoint;
  });
  return endpoint;
}
