import { existsSync } from "node:fs";
import { z } from "zod";
import { UserError } from "../../core/errors.ts";
import type { QueueRunState } from "../../engine/queue/queue-runs.ts";
import { openRecordLog } from "../../files/record-log.ts";
import { readSummary, type RunFolder } from "../../files/run-folder.ts";
import { openJournal } from "../../llm/journal.ts";
import { amount, count, plural, table } from "../format.ts";
import { readRunRequest, type RunRequest } from "./run-request.ts";

/** One run, wherever its items are worked on. */
export interface RunRow {
  readonly id: string;
  readonly engine: "local" | "queue";
  readonly command: string;
  readonly state: string;
  readonly items: number;
  readonly done: number;
  readonly failed: number;
  /** Begun and not ended, for when the run is taken up. */
  readonly left: number;
  readonly requests: number;
  readonly tokens: number;
  /** Null where nobody knows the price. */
  readonly cost_usd: number | null;
}

const endedSummary = z.object({ stopped: z.string().nullable(), provider: z.string().optional() });

/** What a run of this project has come to, from its journal; nothing where it has none. */
export function localRow(run: RunFolder): readonly RunRow[] {
  if (!existsSync(run.journal)) return [];
  const journal = openJournal({
    current: openRecordLog(run.journal, { onDamaged: () => {} }),
    clock: { now: () => 0, sleep: () => Promise.resolve() },
  });
  const outcomes = [...journal.items().values()];
  const { attempts, usage, cost } = journal.totals();
  journal.close();
  const summary = endedSummary.safeParse(readSummary(run));
  const done = outcomes.filter((status) => status === "ok").length;
  const left = outcomes.filter((status) => status === "cancelled" || status === "stopped_budget").length;
  return [
    {
      id: run.id,
      engine: "local",
      command: commandOf(run),
      state: summary.success ? (summary.data.stopped ?? "done") : "interrupted",
      items: outcomes.length,
      done,
      failed: outcomes.length - done - left,
      left,
      requests: providerOf(run, summary.data) === "offline" ? 0 : attempts,
      tokens: usage.inputTokens + usage.outputTokens,
      cost_usd: cost.kind === "known" ? cost.usd : null,
    },
  ];
}

/** What answers on this machine is asked, but no request leaves for it. */
function providerOf(run: RunFolder, summary: z.infer<typeof endedSummary> | undefined): string {
  if (summary?.provider !== undefined) return summary.provider;
  return requestOf(run)?.options.provider ?? "unknown";
}

function commandOf(run: RunFolder): string {
  return requestOf(run)?.command ?? "unknown";
}

function requestOf(run: RunFolder): RunRequest | undefined {
  try {
    return readRunRequest(run);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

export function queueRow({ id, kind, state, jobs, done, dead, calls, tokens, spentUsd }: QueueRunState): RunRow {
  return {
    id,
    engine: "queue",
    command: kind,
    state,
    items: jobs,
    done,
    failed: dead,
    left: jobs - done - dead,
    requests: calls,
    tokens,
    cost_usd: spentUsd,
  };
}

/** What only a run on a queue has. */
export function queueDetails({
  held,
  workers,
  paidTwice,
  endpoint,
  model,
}: QueueRunState): Readonly<Record<string, unknown>> {
  return { under_way: held, workers, paid_twice: paidTwice, endpoint, model };
}

export function rowLines(rows: readonly RunRow[]): readonly string[] {
  return table(HEADER, rows.map(cells));
}

const HEADER = ["run", "engine", "command", "state", "items", "done", "failed", "left", "requests", "tokens", "cost"];

function cells(row: RunRow): readonly string[] {
  return [
    row.id,
    row.engine,
    row.command,
    row.state,
    String(row.items),
    String(row.done),
    String(row.failed),
    String(row.left),
    String(row.requests),
    count(row.tokens),
    costOf(row),
  ];
}

function costOf({ cost_usd: usd }: Pick<RunRow, "cost_usd">): string {
  return amount(usd === null ? { kind: "unknown" } : { kind: "known", usd });
}

export function localLines(row: RunRow): readonly string[] {
  return [
    `${row.id}: ${row.command}, ${row.state}`,
    `  ${row.done}/${row.items} done, ${row.failed} failed${row.left > 0 ? `, ${row.left} left for: answerkey resume ${row.id}` : ""}`,
    `  ${plural(row.requests, "request")}, ${count(row.tokens)} tokens, ${costOf(row)}`,
  ];
}

export function queueLines(state: QueueRunState): readonly string[] {
  const row = queueRow(state);
  const { held, workers, dead, done, jobs, calls, paidTwice, tokens } = state;
  return [
    `${state.id}: ${state.kind}, ${state.state}, ${state.model} at ${state.endpoint}`,
    `  ${done}/${jobs} done, ${held} under way on ${plural(workers, "worker")}, ${jobs - done - dead - held} waiting, ${plural(dead, "dead letter")}`,
    `  ${plural(calls, "request")} paid for, ${paidTwice} of them twice, ${count(tokens)} tokens, ${costOf(row)}`,
    ...(dead > 0 ? [`  answerkey runs redrive ${state.id} sends the dead letters once more`] : []),
  ];
}
