import type { StopReason } from "../../llm/run-stop.ts";
import { countInFlight, flightInWords, type BatchSummary } from "./batch-run.ts";
import type { ChosenProvider } from "./choose-provider.ts";
import type { FailedItem, WrittenProposal } from "../fill/draft-run.ts";
import { batches, duration, plural } from "../format.ts";

const LISTED = 10;

/** What ended a run. */
export interface EndedBy {
  readonly stop: StopReason | undefined;
  readonly interrupted: boolean;
}

/** Who is asked, where, and why that one. */
export function providerLine({ provider, because }: ChosenProvider): string {
  const where = provider.endpoint === provider.name ? "" : ` at ${provider.endpoint}`;
  const model = provider.model === provider.name ? "" : `, model ${provider.model}`;
  return `provider: ${provider.name}${model}${where} (${because})`;
}

/** Proposals with a flag, to be looked at first. */
export function doubtLines(proposals: readonly WrittenProposal[]): readonly string[] {
  const flagged = proposals.filter(isFlagged);
  if (flagged.length === 0) return [];
  const lines = flagged.slice(0, LISTED).map(({ id, flags }) => `  ${id}  ${flags.join(", ")}`);
  const more = flagged.length > LISTED ? [`  … and ${flagged.length - LISTED} more: answerkey review list`] : [];
  return [`${flagged.length} doubtful, to look at first:`, ...lines, ...more];
}

/** What brought no proposal, by reason; what a stopped run left is counted apart. */
export function failureLines(failed: readonly FailedItem[]): readonly string[] {
  const groups = new Map<string, FailedItem[]>();
  const unfinished = failed.filter(isUnfinished);
  const ended = failed.filter((item) => !isUnfinished(item));
  for (const item of ended) {
    const key = `${item.status}: ${item.reason}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [item]);
    else known.push(item);
  }
  const rest =
    unfinished.length === 0 ? [] : [`${plural(unfinished.length, "question")} left for when the run is taken up`];
  const lines = [...groups].flatMap(([key, items]) => {
    const shown = items.slice(0, 3).map(({ id, path, line }) => `  ${path}:${line}  ${id}`);
    const more = items.length > 3 ? [`  … and ${items.length - 3} more`] : [];
    return [`${items.length} ended as ${key}`, ...shown, ...more];
  });
  return [...lines, ...rest];
}

function isUnfinished({ status }: FailedItem): boolean {
  return status === "cancelled" || status === "stopped_budget";
}

/**
 * Why a run stopped before its end; nothing where it did not.
 * @param summaries the run's batches, some of which the endpoint may be at work on.
 */
export function stopLines({ stop, interrupted }: EndedBy, summaries: readonly BatchSummary[] = []): readonly string[] {
  if (interrupted) return [interruptedLine(countInFlight(summaries))];
  switch (stop?.kind) {
    case undefined:
      return [];
    case "budget":
      return ["stopped: the next request could pass the budget"];
    case "withdrawn":
      return ["stopped: the run was taken back with answerkey runs cancel"];
    case "batch":
      return [flightInWords(summaries)];
    case "rate-limit":
      return [`stopped: the rate limit asks to wait ${duration(stop.waitMs)}`];
    case "failure":
    case "outage":
      return [`stopped: ${stop.failure.message}`];
    default:
      return stop satisfies never;
  }
}

function interruptedLine(inFlight: number): string {
  const flying = inFlight === 0 ? "" : `, ${batches(inFlight)} in flight ${inFlight === 1 ? "goes" : "go"} on`;
  return `stopped by you; what was paid for is kept${flying}`;
}

/** What stopped a run, for its summary. */
export function stoppedBy({ stop, interrupted }: EndedBy): "interrupted" | StopReason["kind"] | null {
  return interrupted ? "interrupted" : (stop?.kind ?? null);
}

export function isFlagged({ flags }: WrittenProposal): boolean {
  return flags.length > 0;
}

export function countBy<Name extends string>(names: readonly Name[]): Partial<Record<Name, number>> {
  const counts: Partial<Record<Name, number>> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
