import { z } from "zod";
import { deadLetters, letter } from "./job.ts";
import { handOn, lockJobs, withdraw } from "./job-writes.ts";
import type { QueueServer } from "./queue-server.ts";

/** What a run on the queue has come to. */
export interface QueueRunState {
  readonly id: string;
  readonly kind: string;
  readonly model: string;
  readonly endpoint: string;
  readonly state: "open" | "cancelled" | "budget" | "done";
  readonly jobs: number;
  readonly done: number;
  readonly dead: number;
  /** Under way at this moment. */
  readonly held: number;
  readonly workers: number;
  /** Requests that were answered and paid for, and of them those that were asked more than once. */
  readonly calls: number;
  readonly paidTwice: number;
  readonly tokens: number;
  /** What this run paid for; null where nobody knows the price. */
  readonly spentUsd: number | null;
  readonly createdAt: Date;
}

const stateRow = z.object({
  id: z.string(),
  kind: z.string(),
  model: z.string(),
  endpoint: z.string(),
  state: z.enum(["open", "cancelled", "budget", "done"]),
  jobs: z.number(),
  done: z.number(),
  dead: z.number(),
  held: z.number(),
  workers: z.number(),
  calls: z.number(),
  paidTwice: z.number(),
  tokens: z.number(),
  spentUsd: z.number().nullable(),
  createdAt: z.date(),
});

/** A number of a record; 0 where something else stands there. */
function numberAt(path: string): string {
  return `case when jsonb_typeof(record#>'{${path}}') = 'number' then (record#>>'{${path}}')::float8 else 0 end`;
}

// Of the records that are kept with a job only attempts are looked into: their key, verdict, usage and cost.
const STATES = `
with mine as (
  select waits.run, job.run = waits.run as paid, job.key, job.state,
    case when jsonb_typeof(job.records) = 'array' then job.records else '[]' end as records
  from answerkey.run_jobs waits join answerkey.jobs job using (key)
  where $1::text is null or waits.run = $1
), attempts as (
  select mine.run, mine.paid, record->>'key' as request, record->>'verdict' as verdict,
    ${numberAt("usage,inputTokens")} + ${numberAt("usage,outputTokens")} as tokens,
    record#>>'{cost,kind}' as price, ${numberAt("cost,usd")} as usd
  from mine, lateral jsonb_array_elements(mine.records) as record where record->>'type' = 'attempt'
), sums as (
  select run, count(*) filter (where verdict = 'ok')::int as calls,
    (count(*) filter (where verdict = 'ok') - count(distinct request) filter (where verdict = 'ok'))::int as twice,
    sum(tokens) as tokens,
    case when bool_or(price = 'unknown' and paid) then null else coalesce(sum(usd) filter (where paid), 0) end as usd
  from attempts group by run
), counts as (
  select run, count(*)::int as jobs, count(*) filter (where state = 'done')::int as done,
    count(*) filter (where state = 'dead')::int as dead, count(*) filter (where state = 'waiting')::int as waiting
  from mine group by run
)
select run.id, run.kind, coalesce(run.service->>'model', 'unknown') as model,
  coalesce(run.service->>'endpoint', 'unknown') as endpoint,
  case when coalesce(counts.waiting, 0) = 0 and not run.cancelled then 'done' when run.cancelled then 'cancelled'
    when run.stopped is not null then 'budget' else 'open' end as state,
  coalesce(counts.jobs, 0) as jobs, coalesce(counts.done, 0) as done, coalesce(counts.dead, 0) as dead,
  (select count(*)::int from answerkey.held where held.run = run.id) as held,
  (select count(distinct worker)::int from answerkey.held where held.run = run.id) as workers,
  coalesce(sums.calls, 0) as calls, coalesce(sums.twice, 0) as "paidTwice", coalesce(sums.tokens, 0) as tokens,
  case when sums.run is null then 0 else sums.usd end as "spentUsd", run.created_at as "createdAt"
from answerkey.runs run left join counts on counts.run = run.id left join sums on sums.run = run.id
where $1::text is null or run.id = $1 order by run.created_at, run.id`;

/** What stands in the database about runs: for whoever wants to see or change it, from any machine. */
export class QueueRuns {
  readonly #server: QueueServer;

  constructor(server: QueueServer) {
    this.#server = server;
  }

  list(): Promise<readonly QueueRunState[]> {
    return this.#server.query(stateRow, STATES, [null]);
  }

  async state(id: string): Promise<QueueRunState | undefined> {
    const [found] = await this.#server.query(stateRow, STATES, [id]);
    return found;
  }

  /** How many jobs of a run, done or not, whoever began it has not taken in. */
  async untaken(id: string): Promise<number> {
    const [row] = await this.#server.query(
      z.object({ untaken: z.number() }),
      "select count(*)::int as untaken from answerkey.run_jobs where run = $1 and not taken",
      [id],
    );
    return row?.untaken ?? 0;
  }

  /** Takes back what is not begun, and has the workers drop what is. What another run waits for goes on for that one. */
  cancel(id: string): Promise<void> {
    return this.#server.run("update answerkey.runs set cancelled = true where id = $1", [id]);
  }

  /**
   * Takes a run out of the database, with the questions, answers and replies of all its jobs that no other run has. What
   * waits goes on for another run that asked for it.
   * @returns how many jobs are gone.
   */
  forget(id: string): Promise<number> {
    return this.#server.transaction(async (transaction) => {
      const rows = await transaction.query(letterData, "delete from answerkey.run_jobs where run = $1 returning key", [
        id,
      ]);
      const keys = rows.map(({ key }) => key);
      await lockJobs(transaction, keys);
      const gone = await transaction.query(
        letterData,
        `delete from answerkey.jobs job where key = any($1)
           and not exists (select 1 from answerkey.run_jobs mine where mine.key = job.key) returning key`,
        [keys],
      );
      const own = await transaction.query(
        letterData,
        "select key from answerkey.jobs where run = $1 and state = 'waiting'",
        [id],
      );
      const orphans = own.map(({ key }) => key);
      const heirs = await handOn(transaction, orphans);
      await withdraw(
        transaction,
        orphans.filter((key) => !heirs.has(key)),
      );
      await transaction.run("delete from answerkey.holds where run = $1", [id]);
      await transaction.run("delete from answerkey.runs where id = $1", [id]);
      return gone.length;
    });
  }

  /** Sends dead letters of a run once more, with all their attempts. @returns how many. */
  async redrive(id: string): Promise<number> {
    const sent = await this.#server.transaction(async (transaction) => {
      const dead = await transaction.query(
        letterData,
        `select key from answerkey.jobs where state = 'dead' and key in (select key from answerkey.run_jobs where run = $1)`,
        [id],
      );
      await lockJobs(
        transaction,
        dead.map(({ key }) => key),
      );
      const rows = await transaction.query(
        z.object({ key: z.string(), queue: z.string() }),
        `update answerkey.jobs set state = 'waiting', failure = null, finished_at = null, losses = 0
         where state = 'dead' and key in (select key from answerkey.run_jobs where run = $1) returning key, queue`,
        [id],
      );
      const keys = rows.map(({ key }) => key);
      await transaction.run("update answerkey.run_jobs set ready = false, taken = false where key = any($1)", [keys]);
      const jobs = rows.map(({ key, queue }) => letter(queue, key));
      if (jobs.length > 0) await this.#server.boss.insert(jobs, { db: transaction.db });
      return rows;
    });
    const queues = new Set(sent.map(({ queue }) => queue));
    for (const each of queues) await this.#clear(deadLetters(each));
    return sent.length;
  }

  /** Takes letters that are no longer dead out of the dead letter queue. */
  async #clear(queue: string): Promise<void> {
    const { boss } = this.#server;
    const size = await boss.getQueueSize(queue);
    await this.#server.transaction(async (transaction) => {
      const { db } = transaction;
      const letters = await boss.fetch<unknown>(queue, { batchSize: Math.max(1, size), db });
      if (letters.length === 0) return;
      const keys = new Map(letters.map(({ id, data }) => [letterData.parse(data).key, id]));
      const dead = await transaction.query(
        letterData,
        "select key from answerkey.jobs where state = 'dead' and key = any($1)",
        [[...keys.keys()]],
      );
      await transaction.complete(queue, [...keys.values()]);
      if (dead.length > 0) {
        await boss.insert(
          dead.map(({ key }) => letter(queue, key)),
          { db },
        );
      }
    });
  }
}

const letterData = z.object({ key: z.string() });
