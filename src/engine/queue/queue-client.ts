import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Clock } from "../../core/clock.ts";
import { lockJobs } from "./job-writes.ts";
import { letter, type QueuedJob, type QueuedRun, queueName } from "./job.ts";
import type { QueueServer, Transaction } from "./queue-server.ts";
import { type QueueTuning, TUNING } from "./tuning.ts";

/** How a job ended, on its way to whoever asked for it. */
export interface Arrival {
  readonly key: string;
  readonly state: "done" | "dead";
  /** What the workers recorded, in order. Written by others: to be parsed. */
  readonly records: readonly unknown[];
  /** Why there is no result. */
  readonly failure: string | null;
  /** False where another run paid for it. */
  readonly isPaidHere: boolean;
}

/** Why nothing more will arrive: all did, the run was withdrawn, or its budget is used up. */
export type ArrivalEnd = "all" | "cancelled" | "budget";

const CHUNK = 500;
const PAGE = 500;

const arrivalRow = z.object({
  key: z.string(),
  state: z.enum(["done", "dead"]),
  records: z.array(z.unknown()).catch([]),
  failure: z.string().nullable(),
  isPaidHere: z.boolean(),
});

const keyRow = z.object({ key: z.string() });

/** What the process that began a run does with the queue. */
export class QueueClient {
  readonly #server: QueueServer;
  readonly #clock: Clock;
  readonly #pollMs: number;
  readonly #retryDelay: number;
  /** Given and not taken yet. */
  readonly #given = new Set<string>();
  #took: string[] = [];

  constructor(server: QueueServer, clock: Clock, { pollMs, retryDelaySeconds }: QueueTuning = TUNING) {
    this.#server = server;
    this.#clock = clock;
    this.#pollMs = pollMs;
    this.#retryDelay = retryDelaySeconds;
  }

  /**
   * Makes the run known, or takes it up again. A run that was withdrawn or stopped goes on.
   * @param spentUsd what it has spent already.
   */
  async begin({ id, kind, service, settings, asking = {}, budgetUsd }: QueuedRun, spentUsd = 0): Promise<void> {
    const queue = queueName(service);
    await this.#server.makeQueue(queue, this.#retryDelay);
    await this.#server.run(
      `insert into answerkey.runs as known (id, kind, queue, service, settings, budget_usd, spent_usd, asking)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (id) do update set budget_usd = excluded.budget_usd, settings = excluded.settings, cancelled = false,
         asking = excluded.asking, begun = known.begun + 1,
         stopped = null, spent_usd = greatest(known.spent_usd, excluded.spent_usd)`,
      [
        id,
        kind,
        queue,
        JSON.stringify(service),
        JSON.stringify(settings),
        budgetUsd ?? null,
        spentUsd,
        JSON.stringify(asking),
      ],
    );
  }

  /** How many workers are alive at this moment. */
  async workers(): Promise<number> {
    const [row] = await this.#server.query(
      z.object({ workers: z.number() }),
      "select count(*)::int as workers from answerkey.workers where beat_at > now() - interval '15 seconds'",
    );
    return row?.workers ?? 0;
  }

  /** Sends what is not done and not on its way yet. @returns how many jobs were put into the queue. */
  async submit(run: Pick<QueuedRun, "id" | "service">, jobs: Iterable<QueuedJob>): Promise<number> {
    let sent = 0;
    for (const chunk of chunks(jobs)) {
      sent += await this.#server.transaction((transaction) => this.#submit(transaction, run, chunk));
    }
    return sent;
  }

  async #submit(
    transaction: Transaction,
    { id, service }: Pick<QueuedRun, "id" | "service">,
    jobs: readonly QueuedJob[],
  ): Promise<number> {
    const queue = queueName(service);
    // In the order of keys, as everybody locks them.
    const sorted = jobs.toSorted((left, right) => (left.key < right.key ? -1 : 1));
    const keys = sorted.map(({ key }) => key);
    const inputs = sorted.map(({ input }) => JSON.stringify(input));
    const made = await transaction.query(
      keyRow,
      `insert into answerkey.jobs (key, run, queue, input)
         select key, $3, $4, input::jsonb from unnest($1::text[], $2::text[]) as given (key, input)
       on conflict (key) do nothing returning key`,
      [keys, inputs, id, queue],
    );
    // A job that ends or is withdrawn at this moment waits for this, and finds the rows below.
    await lockJobs(transaction, keys);
    const renewed = await transaction.query(
      keyRow,
      `update answerkey.jobs job set state = 'waiting', losses = 0, run = $3, queue = $4, input = given.input::jsonb
       from unnest($1::text[], $2::text[]) as given (key, input)
       where job.key = given.key and job.state = 'withdrawn' returning job.key`,
      [keys, inputs, id, queue],
    );
    await transaction.run(
      `insert into answerkey.run_jobs as mine (run, key, ready)
         select $1, key, state in ('done', 'dead') from answerkey.jobs where key = any($2)
       on conflict (run, key) do update set ready = excluded.ready, taken = false`,
      [id, keys],
    );
    const isFresh = new Set([...made, ...renewed].map(({ key }) => key));
    const fresh = jobs
      .filter(({ key }) => isFresh.has(key))
      .map(({ key }, place) => ({ ...letter(queue, key), id: placed(place) }));
    if (fresh.length > 0) await this.#server.boss.insert(fresh, { db: transaction.db });
    return fresh.length;
  }

  /**
   * Gives every job of the run as it ends, whichever worker did it, until none is left. What was given counts as taken once
   * `took` was called for it; until then a later process is given it again.
   */
  async *arrivals(run: string, signal: AbortSignal): AsyncGenerator<Arrival, ArrivalEnd | undefined, undefined> {
    this.#given.clear();
    while (!signal.aborted) {
      await this.#settle(run);
      const page = await this.#page(run);
      for (const { key } of page) this.#given.add(key);
      yield* page;
      if (page.length > 0) continue;
      const end = await this.#end(run);
      if (end !== undefined) return end;
      await this.#clock.sleep(this.#pollMs, signal).catch(() => {});
    }
    return undefined;
  }

  /** What came of a job is safe here. */
  took(key: string): void {
    this.#took.push(key);
  }

  /** Writes down what was taken. */
  async #settle(run: string): Promise<void> {
    const keys = this.#took.splice(0);
    if (keys.length === 0) return;
    await this.#server.run("update answerkey.run_jobs set taken = true where run = $1 and key = any($2)", [run, keys]);
    for (const key of keys) this.#given.delete(key);
  }

  /** The last of what was taken. */
  async close(run: string): Promise<void> {
    await this.#settle(run);
  }

  #page(run: string): Promise<readonly Arrival[]> {
    return this.#server.query(
      arrivalRow,
      `select job.key, job.state, job.records, job.failure, job.run = $1 as "isPaidHere"
       from answerkey.run_jobs mine join answerkey.jobs job using (key)
       where mine.run = $1 and mine.ready and not mine.taken and not (mine.key = any($2))
       limit ${PAGE}`,
      [run, [...this.#given]],
    );
  }

  async #end(run: string): Promise<ArrivalEnd | undefined> {
    const [state] = await this.#server.query(
      z.object({ left: z.number(), ready: z.number(), held: z.number(), cancelled: z.boolean(), stopped: z.boolean() }),
      `select cancelled, stopped is not null as stopped, mine.*,
        (select count(*)::int from answerkey.held where run = $1) as held
       from answerkey.runs, lateral (
         select count(*)::int as left, count(*) filter (where ready)::int as ready
         from answerkey.run_jobs where run = $1 and not taken and not (key = any($2))
       ) as mine
       where id = $1`,
      [run, [...this.#given]],
    );
    if (state === undefined) return "cancelled";
    if (state.left === 0) return "all";
    if (state.ready > 0 || state.held > 0) return undefined;
    if (state.cancelled) return "cancelled";
    return state.stopped ? "budget" : undefined;
  }
}

/** pg-boss orders what it was given at once by id: so the id begins with the place. */
function placed(place: number): string {
  const hex = place.toString(16).padStart(8, "0") + randomBytes(12).toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function* chunks(jobs: Iterable<QueuedJob>): Generator<readonly QueuedJob[]> {
  let chunk: QueuedJob[] = [];
  const seen = new Set<string>();
  for (const job of jobs) {
    if (seen.has(job.key)) continue;
    seen.add(job.key);
    chunk.push(job);
    if (chunk.length === CHUNK) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}
