import { UserError } from "../core/errors.ts";
import type { OutcomeStatus } from "../core/outcome.ts";
import { openRecordLog } from "../files/record-log.ts";
import { listRuns, type RunFolder } from "../files/run-folder.ts";
import type { Workspace } from "../files/workspace.ts";
import { itemRecord, planRecord } from "../llm/journal-records.ts";

/** Journals of all runs but one, oldest first: what was paid for there need not be paid for again. */
export function earlierJournals(workspace: Workspace, besides: string): readonly string[] {
  return listRuns(workspace).flatMap((run) => (run.id === besides ? [] : [run.journal]));
}

/** How each question ended when it was last tried; read only where `--retry` asks for it. */
export function lastOutcomes(
  workspace: Workspace,
  options: { readonly retry?: readonly OutcomeStatus[] | undefined },
): ReadonlyMap<string, OutcomeStatus> {
  const outcomes = new Map<string, OutcomeStatus>();
  if (options.retry === undefined) return outcomes;
  for (const run of listRuns(workspace)) {
    const log = openRecordLog(run.journal);
    log.scan((raw) => {
      const record = itemRecord.safeParse(raw);
      if (record.success) outcomes.set(record.data.id, record.data.status);
    });
    log.close();
  }
  return outcomes;
}

/** @throws UserError for a run that is not there. */
export function journalPathOf(workspace: Workspace, id: string): string {
  const runs = listRuns(workspace);
  const found = runs.find((run) => run.id === id);
  if (found !== undefined) return found.journal;
  throw new UserError(`there is no run ${id}`, {
    hint:
      runs.length === 0
        ? "outputs/runs/ is empty"
        : `runs here: ${runs
            .map((run) => run.id)
            .slice(-5)
            .join(", ")}`,
  });
}

/** The endpoint that a run asked, as its journal says; undefined where it asked none yet. */
export function endpointAsked(run: RunFolder): string | undefined {
  let endpoint: string | undefined;
  const log = openRecordLog(run.journal);
  log.scan((raw) => {
    const record = planRecord.safeParse(raw);
    if (record.success) endpoint = record.data.endpoint;
  });
  log.close();
  return endpoint;
}
