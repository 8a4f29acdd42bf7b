import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { QueueRun } from "../../src/cli/queue/queue-run.ts";
import { JobSession } from "../../src/cli/queue/job-session.ts";
import { runItems, type Worked } from "../../src/cli/run/run-items.ts";
import type { Clock } from "../../src/core/clock.ts";
import type { RunEvent } from "../../src/core/events.ts";
import type { Model, Provider, Reply } from "../../src/core/model.ts";
import { isDeferred, type Outcome } from "../../src/core/outcome.ts";
import type { RecordLog } from "../../src/core/record-log.ts";
import type { QueuedRun } from "../../src/engine/queue/job.ts";
import { QueueClient } from "../../src/engine/queue/queue-client.ts";
import { QueueRuns } from "../../src/engine/queue/queue-runs.ts";
import { QueueServer } from "../../src/engine/queue/queue-server.ts";
import { runWorker } from "../../src/engine/queue/worker.ts";
import { type RunToServe, WorkerSeat } from "../../src/engine/queue/worker-seat.ts";
import { ELSEWHERE } from "../../src/llm/arrival.ts";
import { openJournal } from "../../src/llm/journal.ts";
import { createLedger } from "../../src/llm/ledger.ts";
import { createLimiter } from "../../src/llm/limiter.ts";
import { createModel } from "../../src/llm/resilient-model.ts";
import { RunStop, type StopReason } from "../../src/llm/run-stop.ts";
import { answerTask, type Answer, PRICE } from "../support/model-rig.ts";
import { MemoryRecordLog } from "../support/memory-record-log.ts";
import { completion } from "../support/scripted-provider.ts";

/** Real time for queues and databases, fifty times as fast for what waits for endpoints. */
export const REAL: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    await wait(milliseconds, undefined, signal === undefined ? {} : { signal });
  },
};
const FAST: Clock = {
  now: () => Date.now() * 50,
  sleep: (milliseconds, signal) => REAL.sleep(milliseconds / 50, signal),
};

export const QUICK = { beatMs: 50, lostAfterMs: 600, pollMs: 15, retryDelaySeconds: 0 };

/** The one pipeline of the contract, for both engines: a question, and one more that builds on its answer where it says so. */
export async function pipeline(question: string, model: Model, signal: AbortSignal): Promise<Outcome<Answer>> {
  const first = await model.run(answerTask(question), signal);
  if (first.status !== "ok" || !question.startsWith("Twice")) return first;
  return model.run(answerTask(`${question} ${first.value.answer}`, { isFollowUp: true }), signal);
}

/** The world outside: what was asked of the endpoint, by whoever. */
export class World {
  readonly asked: string[] = [];
  underWay = 0;
  mostUnderWay = 0;
  aborted = 0;
  answer: (question: string, time: number) => Reply | Promise<Reply> = (question) => yes(question);
  latencyMs = 2;
  readonly #times = new Map<string, number>();
  /** Worlds of different names know nothing of each other, also in one database. */
  readonly name: string;

  constructor(name = "test") {
    this.name = name;
  }

  times(question: string): number {
    return this.#times.get(question) ?? 0;
  }

  readonly provider: Provider = {
    name: "scripted",
    endpoint: "https://scripted.test/v1",
    model: "test-model",
    send: async ({ messages }, signal) => {
      const question = messages[0]?.content ?? "";
      this.asked.push(question);
      this.#times.set(question, this.times(question) + 1);
      this.underWay += 1;
      this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
      try {
        await REAL.sleep(this.latencyMs, signal);
        return await this.answer(question, this.times(question));
      } catch {
        this.aborted += 1;
        return { kind: "aborted" };
      } finally {
        this.underWay -= 1;
      }
    },
  };
}

export function yes(question: string): Reply {
  return completion(JSON.stringify({ answer: `yes, ${question}` }));
}

export interface RunOptions {
  readonly questions: readonly string[];
  readonly log?: RecordLog | undefined;
  readonly id?: string | undefined;
  readonly concurrency?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly budgetUsd?: number | undefined;
  /** Has the result of a question written down; what it throws ends the run. */
  readonly keep?: ((question: string, outcome: Outcome<Answer>) => void | Promise<void>) | undefined;
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
}

/** What one process came to see of a run. */
export interface Ran {
  readonly ends: readonly {
    readonly question: string;
    readonly status: Outcome<Answer>["status"];
    readonly answer: string;
  }[];
  readonly stop: StopReason | undefined;
  readonly requests: number;
  readonly usd: number;
}

/** An engine as the contract sees it. */
export interface EngineUnderTest {
  readonly run: (options: RunOptions) => Promise<Ran>;
  readonly close: () => Promise<void>;
}

interface Parts {
  readonly model: ReturnType<typeof createModel>;
  readonly queue?: QueueRun | undefined;
}

type Shared = Pick<
  Parameters<typeof createModel>[0],
  "journal" | "stop" | "ledger" | "onEvent" | "clock" | "random"
> & {
  readonly stop: RunStop;
};

/** One process of a run, on either engine: everything but who sends the requests is the same code. */
async function runOn(options: RunOptions, parts: (shared: Shared) => Promise<Parts>): Promise<Ran> {
  const { questions, log = new MemoryRecordLog(), concurrency = 4, keep = () => {}, onEvent = () => {} } = options;
  const { signal = new AbortController().signal, budgetUsd } = options;
  const journal = openJournal({ current: log, clock: REAL });
  const stop = new RunStop();
  const ledger = createLedger({ price: PRICE, budgetUsd, spent: journal.totals().cost });
  const { model, queue } = await parts({ journal, stop, ledger, onEvent, clock: FAST, random: Math.random });
  const ends: Ran["ends"][number][] = [];
  const work = async (question: string, aborted: AbortSignal, own: Model): Promise<Worked> => {
    onEvent({ type: "item-started", id: question });
    const outcome = await pipeline(question, own, aborted);
    if (isDeferred(outcome)) {
      onEvent({ type: "item-deferred", id: question });
      return "deferred";
    }
    await keep(question, outcome);
    ends.push({ question, status: outcome.status, answer: outcome.status === "ok" ? outcome.value.answer : "" });
    onEvent({ type: "item-finished", id: question, status: outcome.status, called: outcome.receipt.source === "call" });
    return "ended";
  };
  try {
    const run = { model, queue, batches: undefined };
    await runItems(run, { items: questions, idOf, inputOf: (question) => ({ question }), work, concurrency, signal });
  } finally {
    journal.close();
  }
  const { attempts, cost } = journal.totals();
  return { ends, stop: model.stopReason(), requests: attempts, usd: cost.kind === "known" ? cost.usd : Number.NaN };
}

function idOf(question: string): string {
  return question;
}

export function localEngine(world: World): EngineUnderTest {
  return {
    run: (options) =>
      runOn(options, async (shared) => {
        const limiter = createLimiter({
          ceiling: options.concurrency ?? 4,
          start: 4,
          clock: FAST,
          random: Math.random,
        });
        return { model: createModel({ ...shared, provider: world.provider, limiter, maxWaitMs: 3_600_000 }) };
      }),
    close: () => Promise.resolve(),
  };
}

/** A worker in this process that counts as one of its own: with its own connections, limits and memory. */
export class TestWorker {
  readonly #stopping = new AbortController();
  readonly #aborting = new AbortController();
  readonly ended: Promise<void>;
  readonly ends: string[] = [];

  constructor(database: string, worldOf: (name: string) => World, id: string, concurrency: number) {
    this.ended = this.#run(database, worldOf, id, concurrency);
    this.ended.catch(() => {});
  }

  async #run(database: string, worldOf: (name: string) => World, id: string, concurrency: number): Promise<void> {
    const server = await QueueServer.open({ database, clock: REAL });
    const seat = new WorkerSeat(server, id, id);
    const sessions = new Map<string, JobSession>();
    const sessionOf = ({ id: run, settings }: RunToServe): JobSession => {
      const known = sessions.get(run);
      if (known !== undefined && known.stopReason === undefined) return known;
      const made = new JobSession({
        provider: worldOf(textOf(settings, "world")).provider,
        limiter: createLimiter({ ceiling: concurrency, start: concurrency, clock: FAST, random: Math.random }),
        ledger: createLedger({ price: PRICE }),
        clock: FAST,
        random: Math.random,
        maxWaitMs: 3_600_000,
        onEvent: () => {},
        save: (key, records) => seat.save(key, records),
      });
      sessions.set(run, made);
      return made;
    };
    try {
      await runWorker({
        seat,
        clock: REAL,
        serves: ({ endpoint }) => endpoint === "https://scripted.test/v1",
        work: (held, run, signal) =>
          sessionOf(run).work(
            held,
            (model, aborted) => pipeline(textOf(held.input, "question"), model, aborted),
            signal,
          ),
        concurrency,
        signal: this.#stopping.signal,
        abort: this.#aborting.signal,
        tuning: QUICK,
        onEnd: (end) => void this.ends.push(end),
      });
    } finally {
      await server.close();
    }
  }

  /** Finishes what is under way. */
  stop(): Promise<void> {
    this.#stopping.abort();
    return this.ended;
  }

  /** Gives back what is under way. */
  abort(): Promise<void> {
    this.#aborting.abort();
    return this.stop();
  }
}

const texts = z.record(z.string(), z.string());

function textOf(data: unknown, name: string): string {
  return texts.parse(data)[name] ?? "";
}

export function queuedRun(id: string, { provider, name: world }: World, budgetUsd?: number): QueuedRun {
  const { name, endpoint, model } = provider;
  const service = { provider: name, endpoint, model, version: "1" };
  return { id: `${world} ${id}`, kind: "contract", service, settings: { world }, budgetUsd };
}

/** Two workers on one database, for as many runs of as many worlds as there are. */
export class QueueRig {
  readonly #database: string;
  readonly #worlds = new Map<string, World>();
  readonly #server: QueueServer;
  readonly #workers: readonly TestWorker[];

  private constructor(database: string, server: QueueServer) {
    this.#database = database;
    this.#server = server;
    const worldOf = (name: string): World => this.#worlds.get(name) ?? new World(name);
    this.#workers = [1, 2].map((number) => new TestWorker(this.#database, worldOf, `worker ${number}`, 2));
  }

  static async open(database: string): Promise<QueueRig> {
    return new QueueRig(database, await QueueServer.open({ database, clock: REAL }));
  }

  engine(world: World): EngineUnderTest {
    const server = this.#server;
    const ids = new Set<string>();
    this.#worlds.set(world.name, world);
    return {
      run: (options) =>
        runOn(options, async (shared) => {
          const client = new QueueClient(server, REAL, QUICK);
          const run = queuedRun(options.id ?? "run", world, options.budgetUsd);
          ids.add(run.id);
          await client.begin(run);
          const { journal, stop, onEvent = () => {} } = shared;
          const limiter = createLimiter({ ceiling: 1, clock: FAST, random: Math.random });
          const model = createModel({ ...shared, provider: world.provider, limiter, lane: () => ELSEWHERE });
          return { model, queue: new QueueRun({ client, run, journal, stop, onEvent }) };
        }),
      close: async () => {
        for (const id of ids) await new QueueRuns(server).cancel(id);
      },
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.stop()));
    await this.#server.close();
  }
}
