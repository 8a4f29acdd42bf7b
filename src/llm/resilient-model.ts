import type { Clock } from "../core/clock.ts";
import type { OnEvent } from "../core/events.ts";
import type { Model, Provider, ProviderRequest } from "../core/model.ts";
import { isDeferred, type Outcome, type OutcomeStatus } from "../core/outcome.ts";
import type { Task } from "../core/task.ts";
import { DirectLane } from "./direct-lane.ts";
import { EndpointHealth } from "./endpoint-health.ts";
import type { Journal } from "./journal.ts";
import type { ResultRecord } from "./journal-records.ts";
import { judgeCompletion } from "./judge-completion.ts";
import type { Lane } from "./lane.ts";
import type { Ledger } from "./ledger.ts";
import type { Limiter } from "./limiter.ts";
import { outcomeOf, receiptOf } from "./receipt.ts";
import { requestNamer } from "./request-key.ts";
import { RunStop, type StopReason } from "./run-stop.ts";
import { type RunContext, TaskRun } from "./task-run.ts";
import { wireSchema } from "./wire-schema.ts";

const MAX_WAIT_MS = 600_000;

export interface ResilientModelOptions {
  readonly provider: Provider;
  readonly limiter: Limiter;
  readonly ledger: Ledger;
  readonly journal: Journal;
  /** Must move on: limits and waits are measured by it. */
  readonly clock: Clock;
  /** From 0 up to but not including 1; spreads retries. */
  readonly random: () => number;
  readonly onEvent?: OnEvent | undefined;
  /** Longest stall by rate limits before the run stops to be taken up later; 10 minutes by default. */
  readonly maxWaitMs?: number | undefined;
  /** What ends the run; one of its own where none is given. */
  readonly stop?: RunStop | undefined;
  /** Another way for requests to travel, made from the direct one. */
  readonly lane?: ((direct: Lane) => Lane) | undefined;
  /** What is known of the endpoint; one of its own where none is given. */
  readonly health?: EndpointHealth | undefined;
  /** Outcomes found in the journal that are to be tried once more. */
  readonly resend?: ReadonlySet<OutcomeStatus> | undefined;
}

export interface ResilientModel extends Model {
  /** Why the run ended before its work did; undefined while it goes on. */
  stopReason(): StopReason | undefined;
}

/**
 * A provider made fit for long runs: what was answered before is not asked again, equal tasks are sent once, faults are
 * retried, limits and budget are kept, and every paid attempt is on disk. One a run.
 */
export function createModel(options: ResilientModelOptions): ResilientModel {
  return new JournaledModel(options);
}

const itself = (direct: Lane): Lane => direct;

class JournaledModel implements ResilientModel {
  readonly #provider: Provider;
  readonly #context: RunContext;
  readonly #resend: ReadonlySet<OutcomeStatus>;
  /** Keys settled by this model: what is to be resent is resent once. */
  readonly #settled = new Set<string>();
  /** A run with a lane of its own goes on in another process; what it resent there was resent. */
  readonly #isTakenUpOften: boolean;
  readonly #underWay = new Map<string, Promise<unknown>>();
  readonly #nameOf = requestNamer();

  constructor(options: ResilientModelOptions) {
    const { provider, onEvent = () => {}, maxWaitMs = MAX_WAIT_MS, resend = new Set(), lane = itself } = options;
    const { limiter, ledger, journal, clock, random, stop = new RunStop() } = options;
    const direct = new DirectLane({ provider, limiter, ledger, stop, clock, maxWaitMs, onEvent });
    const health = options.health ?? new EndpointHealth(provider.endpoint);
    this.#provider = provider;
    this.#context = { lane: lane(direct), limiter, journal, health, stop, clock, random, onEvent, maxWaitMs };
    this.#resend = resend;
    this.#isTakenUpOften = options.lane !== undefined;
  }

  stopReason(): StopReason | undefined {
    return this.#context.stop.reason;
  }

  async run<Output>(task: Task<Output>, signal: AbortSignal): Promise<Outcome<Output>> {
    const request = this.#requestFor(task);
    for (;;) {
      const known = this.#recall(task, request.key);
      if (known !== undefined) return known;
      const twin = this.#underWay.get(request.key);
      if (twin === undefined) return this.#send(task, request, signal);
      // Whatever the twin ended with that is final, is in the journal then.
      await twin;
    }
  }

  async #send<Output>(task: Task<Output>, request: ProviderRequest, signal: AbortSignal): Promise<Outcome<Output>> {
    const sending = new TaskRun(this.#context, task, request, this.#context.stop.signalsFor(signal)).run();
    this.#underWay.set(
      request.key,
      sending.catch(() => {}),
    );
    try {
      const outcome = await sending;
      if (!isDeferred(outcome)) this.#settled.add(request.key);
      return outcome;
    } finally {
      this.#underWay.delete(request.key);
    }
  }

  #requestFor<Output>({ name, schema, sample, ...task }: Task<Output>): ProviderRequest {
    const { name: provider, endpoint, model } = this.#provider;
    const { input, messages, maxOutputTokens, sampling } = task;
    const jsonSchema = wireSchema(schema);
    const key = this.#nameOf({ provider, endpoint, model, messages, jsonSchema, sampling, sample });
    return { key, task: name, input, messages, jsonSchema, maxOutputTokens, sampling };
  }

  /** The outcome in the journal. A text that no longer fits the schema's own checks is as good as not there. */
  #recall<Output>({ schema, maxOutputTokens }: Task<Output>, key: string): Outcome<Output> | undefined {
    const record = this.#context.journal.find(key, maxOutputTokens);
    if (record === undefined) return undefined;
    if (this.#isToBeResent(record)) return undefined;
    const receipt = receiptOf(record);
    if (record.status === "ok") {
      const verdict = judgeCompletion({ ...record, finish: "complete" }, schema, Number.POSITIVE_INFINITY);
      return verdict.kind === "ok" ? outcomeOf(verdict, record.text, receipt) : undefined;
    }
    if (record.status === "invalid") {
      return outcomeOf({ kind: "invalid", issues: record.issues ?? "" }, record.text, receipt);
    }
    return outcomeOf({ kind: record.status }, record.text, receipt);
  }

  #isToBeResent({ key, status }: ResultRecord): boolean {
    if (!this.#resend.has(status) || this.#settled.has(key)) return false;
    return !(this.#isTakenUpOften && this.#context.journal.isOwn(key));
  }
}
