import type { Clock } from "../../core/clock.ts";
import type { OnEvent } from "../../core/events.ts";
import type { Model, Provider } from "../../core/model.ts";
import type { Outcome, OutcomeStatus } from "../../core/outcome.ts";
import type { HeldJob, JobEnd } from "../../engine/queue/job-end.ts";
import { EndpointHealth } from "../../llm/endpoint-health.ts";
import { openJournal } from "../../llm/journal.ts";
import type { Ledger } from "../../llm/ledger.ts";
import type { Limiter } from "../../llm/limiter.ts";
import { MemoryLog } from "../../llm/memory-log.ts";
import { createModel } from "../../llm/resilient-model.ts";
import { RunStop, type StopReason } from "../../llm/run-stop.ts";

export interface JobSessionOptions {
  readonly provider: Provider;
  readonly limiter: Limiter;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly random: () => number;
  readonly maxWaitMs: number;
  readonly onEvent: OnEvent;
  /** Keeps records of a job that is under way. */
  readonly save: (key: string, records: readonly unknown[]) => Promise<void>;
}

/** The pipeline of one item: the same function that a run in one process works with. What it returns stays with the worker. */
export type Pipeline = (model: Model, signal: AbortSignal) => Promise<unknown>;

/** A worker's work for one run, until something stops it that is not the fault of a job. */
export class JobSession {
  readonly #options: JobSessionOptions;
  readonly #stop = new RunStop();
  readonly #health: EndpointHealth;

  constructor(options: JobSessionOptions) {
    this.#options = options;
    this.#health = new EndpointHealth(options.provider.endpoint);
  }

  get stopReason(): StopReason | undefined {
    return this.#stop.reason;
  }

  /**
   * Works on one job. A reply is kept in the database before the next request of the same job is sent, so that whoever
   * works on the job after a crash finds it.
   */
  async work(
    { key, records }: Pick<HeldJob, "key" | "records">,
    pipeline: Pipeline,
    signal: AbortSignal,
  ): Promise<JobEnd> {
    const { save, ...shared } = this.#options;
    const log = new MemoryLog(records);
    const journal = openJournal({ current: log, clock: shared.clock });
    const known = createModel({ ...shared, journal, stop: this.#stop, health: this.#health });
    const item = key.slice(0, 16);
    let status: OutcomeStatus = "ok";
    let called = false;
    let failed: string | undefined;
    let isCancelled = false;
    const model: Model = {
      run: async (task, aborted) => {
        await save(key, log.fresh());
        const outcome = await known.run({ ...task, item }, aborted);
        if (outcome.status !== "ok") ({ status } = outcome);
        called ||= outcome.receipt.source === "call";
        failed ??= faultOf(outcome);
        isCancelled ||= outcome.status === "cancelled" || outcome.status === "stopped_budget";
        return outcome;
      },
    };
    shared.onEvent({ type: "item-started", id: item });
    await pipeline(model, signal);
    shared.onEvent({ type: "item-finished", id: item, status, called });
    journal.close();
    const fresh = log.fresh();
    if (isCancelled || this.#stop.reason?.kind === "failure") return { kind: "returned", records: fresh };
    return failed === undefined
      ? { kind: "done", records: fresh }
      : { kind: "failed", records: fresh, failure: failed };
  }
}

/** What another attempt, later or elsewhere, may well bring. */
function faultOf(outcome: Outcome<unknown>): string | undefined {
  if (outcome.status !== "api_error") return undefined;
  const { scope, message } = outcome.failure;
  return scope === "retry" || scope === "rate-limit" ? message : undefined;
}
