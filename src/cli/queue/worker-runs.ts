import { z } from "zod";
import type { Clock } from "../../core/clock.ts";
import { UserError } from "../../core/errors.ts";
import type { Provider } from "../../core/model.ts";
import { limitName, type Service } from "../../engine/queue/job.ts";
import type { QueueServer } from "../../engine/queue/queue-server.ts";
import { RunBudget } from "../../engine/queue/run-budget.ts";
import { SharedLimit } from "../../engine/queue/shared-limit.ts";
import type { HeldJob, JobEnd } from "../../engine/queue/job-end.ts";
import type { RunToServe, WorkerSeat } from "../../engine/queue/worker-seat.ts";
import { OFFLINE_ANSWERS } from "../../fill/offline-answers.ts";
import { toAll, type Observer } from "../../observe/observer.ts";
import { ToldTotals } from "../../observe/told-totals.ts";
import { OFFLINE_GRADES } from "../../grade/offline/offline-grades.ts";
import { createLedger, type Ledger } from "../../llm/ledger.ts";
import { createLimiter, type Limiter } from "../../llm/limiter.ts";
import { offlineProvider } from "../../llm/offline.ts";
import { OPENAI_BASE_URL, openAiProvider } from "../../llm/openai.ts";
import { findPrice, NO_CHARGE, priceOverrides, type Price } from "../../llm/prices.ts";
import type { StopReason } from "../../llm/run-stop.ts";
import { SharedLimiter } from "../../llm/shared-limiter.ts";
import { draftJob } from "../fill/draft-job.ts";
import { gradeJob } from "../grade/grade-job.ts";
import type { JobContext, JobDefinition } from "./job-definition.ts";
import { JobSession } from "./job-session.ts";
import { QueueLedger } from "./queue-ledger.ts";

/** How the requests of a run are to be sent, beside what is asked. Where they go is not among it. */
const asking = z.object({
  tier: z.enum(["sync", "flex"]),
  timeoutMs: z.number().positive(),
  maxWaitMs: z.number().positive(),
  prices: priceOverrides.optional(),
});

/** What one worker has of its own. */
export interface WorkerAccess {
  readonly apiKey: string | undefined;
  /** Undefined where neither key nor endpoint is given: then it only does work that asks nobody. */
  readonly baseUrl: string | undefined;
  readonly hasEndpoint: boolean;
  /** The only model that it pays for; any where undefined. */
  readonly model: string | undefined;
  readonly version: string;
  readonly concurrency: number;
}

interface Parts {
  readonly server: QueueServer;
  readonly seat: WorkerSeat;
  readonly clock: Clock;
  readonly access: WorkerAccess;
  /** Opens what hears of the work on one run. */
  readonly observe: () => Promise<Observer>;
  /** Told when the worker can do nothing more. */
  readonly onBroken: (failure: StopReason & { readonly kind: "failure" }) => void;
}

interface OpenRun {
  readonly work: (input: unknown, context: JobContext) => Promise<unknown>;
  readonly provider: Provider;
  session: JobSession;
  readonly close: () => Promise<void>;
  readonly renew: () => JobSession;
}

/** While an endpoint is down or wants rest, its jobs are held and not tried. */
const REST_MS = 30_000;

type Work = OpenRun["work"];

/** The kinds of jobs that a worker knows, each by its one definition. */
const OPENERS: Readonly<Record<string, (settings: unknown) => Work>> = {
  [draftJob.kind]: opener(draftJob),
  [gradeJob.kind]: opener(gradeJob),
};

function opener<Settings, Input, Result>(job: JobDefinition<Settings, Input, Result>): (settings: unknown) => Work {
  return (settings) => {
    const work = job.open(job.settings.parse(settings));
    return (input, context) => work(job.input.parse(input), context);
  };
}

/** The runs that a worker works for, each with its prompts compiled and its endpoint at hand. */
export class WorkerRuns {
  readonly #parts: Parts;
  readonly #open = new Map<string, Promise<OpenRun>>();
  readonly #limiters = new Map<string, Limiter>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** An endpoint is only ever compared with this worker's own: no database says where its key is sent. */
  serves = (service: Service, kind: string): boolean => {
    const { access } = this.#parts;
    if (service.version !== access.version || !Object.hasOwn(OPENERS, kind)) return false;
    if (service.provider === "offline") return true;
    const isAllowed = access.model === undefined || access.model === service.model;
    if (service.provider !== "openai" || !access.hasEndpoint || !isAllowed) return false;
    return this.#openAi(service.model).endpoint === service.endpoint;
  };

  /** Once no job is under way. */
  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.#open.values());
    for (const each of opened) if (each.status === "fulfilled") await each.value.close();
  }

  async work(held: HeldJob, run: RunToServe, signal: AbortSignal): Promise<JobEnd> {
    const opened = await this.#opened(run);
    await this.#rest(opened, signal);
    const { name: provider, model: asked } = opened.provider;
    const of = { id: run.id, provider, model: asked };
    const { session } = opened;
    const end = await session.work(
      held,
      (model, aborted) => opened.work(held.input, { model, signal: aborted, run: of }),
      signal,
    );
    if (session.stopReason?.kind === "failure") this.#parts.onBroken(session.stopReason);
    return end;
  }

  async #rest(opened: OpenRun, signal: AbortSignal): Promise<void> {
    const reason = opened.session.stopReason?.kind;
    if (reason === undefined) return;
    if (reason !== "budget") await this.#parts.clock.sleep(REST_MS, signal).catch(() => {});
    if (opened.session.stopReason !== undefined) opened.session = opened.renew();
  }

  #opened(run: RunToServe): Promise<OpenRun> {
    const name = `${run.id} ${run.begun}`;
    const known = this.#open.get(name) ?? this.#openRun(run);
    this.#open.set(name, known);
    return known;
  }

  async #openRun(run: RunToServe): Promise<OpenRun> {
    const { clock, seat, observe } = this.#parts;
    const how = asking.parse(run.asking);
    const open = OPENERS[run.kind];
    if (open === undefined) throw new UserError(`jobs of kind ${run.kind} are not known to this release`);
    const provider = this.#provider(run.service, how);
    const price = await priceOf(provider, how);
    const observer = await observe();
    const totals = new ToldTotals();
    const onEvent = toAll([totals.onEvent, observer.onEvent]);
    const { name, endpoint, model } = provider;
    const served = { run: run.id, command: run.kind, provider: name, endpoint, model };
    onEvent({ type: "run-started", ...served, isTakenUp: false });
    const close = async (): Promise<void> => {
      onEvent(totals.ended);
      await observer.close();
    };
    const renew = (): JobSession =>
      new JobSession({
        provider,
        limiter: this.#limiter(run.service),
        ledger: this.#ledger(run, price),
        clock,
        random: Math.random,
        maxWaitMs: how.maxWaitMs,
        onEvent,
        save: (key, records) => seat.save(key, records),
      });
    return { work: open(run.settings), provider, session: renew(), renew, close };
  }

  #provider({ provider, model }: Service, { tier, timeoutMs }: z.infer<typeof asking>): Provider {
    if (provider === "offline") return offlineProvider({ ...OFFLINE_ANSWERS, ...OFFLINE_GRADES });
    return this.#openAi(model, { tier, timeoutMs });
  }

  #openAi(model: string, more: { readonly tier?: "sync" | "flex"; readonly timeoutMs?: number } = {}): Provider {
    const { apiKey, baseUrl } = this.#parts.access;
    return openAiProvider({ model, apiKey, baseUrl: baseUrl ?? OPENAI_BASE_URL, ...more });
  }

  #limiter(service: Service): Limiter {
    const { server, clock, access } = this.#parts;
    const name = limitName(service);
    const own = createLimiter({ ceiling: access.concurrency, clock, random: Math.random });
    const made = this.#limiters.get(name) ?? new SharedLimiter({ own, shared: new SharedLimit(server, name), clock });
    this.#limiters.set(name, made);
    return made;
  }

  #ledger(run: RunToServe, price: Price | undefined): Ledger {
    const { server, seat, clock } = this.#parts;
    if (!run.hasBudget || price === undefined) return createLedger({ price });
    return new QueueLedger(new RunBudget(server, run.id, seat.id), price, clock);
  }
}

function priceOf(
  { name, model, endpoint }: Provider,
  { tier, prices }: z.infer<typeof asking>,
): Promise<Price | undefined> {
  if (name === "offline") return Promise.resolve(NO_CHARGE);
  return findPrice({ model, endpoint, tier, overrides: prices });
}
