import { existsSync } from "node:fs";
import { UserError } from "../../core/errors.ts";
import type { OnEvent } from "../../core/events.ts";
import type { RecordLog } from "../../core/record-log.ts";
import { hasBatches, openBatchFolder } from "../../files/batch-folder.ts";
import { listRuns, type RunFolder } from "../../files/run-folder.ts";
import { BatchBook, type BatchEntry } from "../../llm/batch-book.ts";
import { BatchDesk, type BatchDeskOptions } from "../../llm/batch-desk.ts";
import type { ChosenProvider } from "./choose-provider.ts";
import { batches as batchCount, plural } from "../format.ts";
import type { ModelOptions } from "./model-options.ts";
import type { Project } from "../open-project.ts";
import { priceOfRun } from "./price-of-run.ts";

/** The batches of a run while it is open. */
export interface BatchRun {
  readonly desk: BatchDesk;
  /** What its items are made from, as it was when they were first asked for. */
  readonly items: RecordLog;
  close(): void;
}

type Shared = Pick<BatchDeskOptions, "journal" | "ledger" | "stop" | "clock" | "random" | "onEvent">;

/**
 * Opens the lane of batches where the run is to use it, or has used it: what is in flight is taken in, whatever lane the rest
 * goes by. Undefined for a run that has nothing to do with batches.
 * @throws UserError where the provider takes no batches, or those in flight cannot be reached with this key.
 */
export async function openBatchRun(
  project: Project,
  folder: RunFolder,
  chosen: ChosenProvider,
  options: ModelOptions,
  shared: Shared,
): Promise<BatchRun | undefined> {
  if (!usesBatches(options) && !hasBatches(folder)) return undefined;
  const { endpoint } = batchesOf(chosen);
  const files = openBatchFolder(folder);
  const price = await priceOfRun(chosen, options, "batch");
  const desk = new BatchDesk({
    ...shared,
    endpoint,
    files,
    price,
    clock: project.clock,
    maxWaitMs: options.maxWait * 1000,
    waits: options.wait,
    finishes: !usesBatches(options),
    givesUpLost: options.resubmitLost,
    limits: options.batchTokens === undefined ? {} : { inputTokens: options.batchTokens },
  });
  return { desk, items: files.items, close: () => files.close() };
}

/** Whether requests that are still to be sent go by batch. */
export function usesBatches({ tier, finish }: Pick<ModelOptions, "tier" | "finish">): boolean {
  return tier === "batch" && finish === undefined;
}

/** @throws UserError where the provider takes none. */
export function batchesOf({ batches, provider }: ChosenProvider): {
  readonly endpoint: NonNullable<ChosenProvider["batches"]>;
} {
  if (batches !== undefined) return { endpoint: batches };
  throw new UserError(`${provider.name} takes no batches`, {
    hint: "--tier batch needs an endpoint with files and batches, as OpenAI's has",
  });
}

/** Says each step of a batch in a line of its own. */
export function tellBatches(onEvent: OnEvent, tell: (line: string) => void): OnEvent {
  return (event) => {
    onEvent(event);
    if (event.type === "replies-unclaimed") tell(unclaimed(event.replies));
    if (event.type === "batch-odd") {
      tell(
        `${event.batch}: its status is "${event.status}", which is none that is known; it is waited for, resume --finish sync asks for its end`,
      );
    }
    if (event.type === "batch-submitted") tell(`${event.batch}: submitted, ${event.requests} requests`);
    if (event.type === "batch-ended") tell(`${event.batch}: ${event.ending}, ${countsInWords(event.counts)}`);
  };
}

function unclaimed(replies: number): string {
  const what = replies === 1 ? "1 reply answers" : `${replies} replies answer`;
  return `${what} what is not asked any more, because it was changed or answered meanwhile: kept, and counted in the cost`;
}

const COUNT_WORDS = {
  answered: "answered",
  failed: "failed",
  missing: "without a reply",
  unknown: "that nobody asked",
  duplicate: "answered twice",
  unreadable: "unreadable",
} as const;

function countsInWords(counts: Readonly<Partial<Record<keyof typeof COUNT_WORDS, number>>>): string {
  const named = Object.entries(COUNT_WORDS).flatMap(([name, words]) => {
    const count = Object.entries(counts).find(([each]) => each === name)?.[1] ?? 0;
    return count > 0 || name === "answered" ? [`${count} ${words}`] : [];
  });
  return named.join(", ");
}

/** What a summary says of a run's batches. */
export interface BatchSummary {
  readonly id: string | null;
  /** ISO 8601. */
  readonly submitted_at: string | null;
  readonly wave: number;
  readonly requests: number;
  readonly status: string;
  readonly answered: number;
  readonly failed: number;
  readonly missing: number;
}

export function batchSummaries(run: BatchRun | undefined): readonly BatchSummary[] {
  return summariesOf(run?.desk.entries ?? []);
}

function summariesOf(entries: readonly BatchEntry[]): readonly BatchSummary[] {
  return entries.map(({ id, createdAt, wave, requests, stage, ending, counts }) => ({
    id: id ?? null,
    submitted_at: createdAt === undefined ? null : new Date(createdAt).toISOString(),
    wave,
    requests,
    status: ending ?? (stage === "created" ? IN_FLIGHT : NOT_SUBMITTED),
    answered: counts?.answered ?? 0,
    failed: counts?.failed ?? 0,
    missing: counts?.missing ?? 0,
  }));
}

/** A run with batches to take in. */
export interface WaitingRun {
  readonly run: string;
  readonly batches: readonly BatchSummary[];
}

/** Runs with batches in flight: what they ask for is on its way, and asking again would pay for it twice. */
export function waitingRuns(project: Project): readonly WaitingRun[] {
  return listRuns(project.workspace).flatMap((run) => {
    const open = openBatches(project, run);
    return open.length === 0 ? [] : [{ run: run.id, batches: summariesOf(open) }];
  });
}

/** True for a run that has batches to take in, even where nobody asks for their replies any more: they are paid for. */
export function waitsForBatches(project: Project, run: RunFolder | undefined): boolean {
  return run !== undefined && openBatches(project, run).length > 0;
}

/** Every batch of a run, in order; none where it never sent one. */
export function batchesOfRun(project: Project, run: RunFolder): readonly BatchSummary[] {
  return summariesOf(readBook(project, run)?.entries ?? []);
}

/** One batch in words. */
export function batchInWords({ id, status, requests, answered, failed, missing }: BatchSummary): string {
  const counts =
    status === IN_FLIGHT || status === NOT_SUBMITTED ? "" : `, ${countsInWords({ answered, failed, missing })}`;
  return `${id ?? "batch"}: ${status}, ${plural(requests, "request")}${counts}`;
}

function openBatches(project: Project, run: RunFolder): readonly BatchEntry[] {
  return readBook(project, run)?.open ?? [];
}

function readBook({ clock }: Project, run: RunFolder): BatchBook | undefined {
  if (!existsSync(run.journal) || !hasBatches(run)) return undefined;
  const folder = openBatchFolder(run);
  const book = new BatchBook(folder.states, clock);
  folder.close();
  return book;
}

export function countInFlight(summaries: readonly BatchSummary[]): number {
  return summaries.filter(({ status }) => status === IN_FLIGHT).length;
}

/** What batches in flight hold, and by when they are back: all endpoints known promise a day. */
export function flightInWords(summaries: readonly BatchSummary[]): string {
  const flying = summaries.filter(({ status }) => status === IN_FLIGHT || status === NOT_SUBMITTED);
  const requests = plural(
    flying.reduce((sum, each) => sum + each.requests, 0),
    "request",
  );
  const times = flying.flatMap(({ submitted_at: at }) => (at === null ? [] : [Date.parse(at)]));
  const words = `${batchCount(flying.length)} in flight with ${requests}`;
  if (times.length === 0) return words;
  const latest = new Date(Math.max(...times) + DAY_MS).toISOString().slice(0, 16).replace("T", " ");
  return `${words}; often back within hours, by ${latest} UTC at the latest`;
}

const IN_FLIGHT = "in flight";
const NOT_SUBMITTED = "not submitted";
const DAY_MS = 24 * 60 * 60 * 1000;
