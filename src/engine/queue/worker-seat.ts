import { z } from "zod";
import { groupBy } from "../../core/group-by.ts";
import { GroupWriter } from "./group-writer.ts";
import type { Service } from "./job.ts";
import type { Ended, HeldJob, JobEnd } from "./job-end.ts";
import { appendRecords, bury, close, forget, handOn, withdraw } from "./job-writes.ts";
import { takeFromLost } from "./lost-workers.ts";
import type { QueueServer, Transaction } from "./queue-server.ts";
import { sendAgain, standingRow, type StandingJob } from "./send-again.ts";

export interface RunToServe {
  readonly id: string;
  readonly kind: string;
  readonly queue: string;
  readonly service: Service;
  readonly settings: unknown;
  readonly asking: unknown;
  readonly hasBudget: boolean;
  /** How often it was begun or taken up: each time it may have another budget, and other ways to ask. */
  readonly begun: number;
}

const serviceRow = z.object({ provider: z.string(), endpoint: z.string(), model: z.string(), version: z.string() });
const runRow = z.object({
  id: z.string(),
  kind: z.string(),
  queue: z.string(),
  service: serviceRow,
  settings: z.unknown(),
  asking: z.unknown(),
  hasBudget: z.boolean(),
  begun: z.number(),
});
const keyRow = z.object({ key: z.string() });
const jobRow = z.object({
  key: z.string(),
  run: z.string(),
  begun: z.number(),
  input: z.unknown(),
  records: z.array(z.unknown()).catch([]),
  isOpen: z.boolean(),
  isWithdrawn: z.boolean(),
});
/** A letter that cannot be read is for no job, and is put away. */
const jobData = z.object({ key: z.string() }).catch({ key: "" });

/** What one worker does with the queue. Each step is one transaction, so that a killed worker leaves none half done. */
export class WorkerSeat {
  readonly #server: QueueServer;
  readonly #id: string;
  readonly #name: string;
  readonly #ends: GroupWriter<Ended>;
  /** The queue's names of the jobs that this worker knows it holds. */
  readonly #holding = new Set<string>();
  /** Those that stand under its name and that it did not know of when it last looked. */
  #strays: ReadonlySet<string> = new Set();
  readonly #records: GroupWriter<{ readonly key: string; readonly records: readonly unknown[] }>;

  /** @param id distinct among all workers that ever were. @param name for people. */
  constructor(server: QueueServer, id: string, name: string) {
    this.#server = server;
    this.#id = id;
    this.#name = name;
    this.#ends = new GroupWriter((ended) => this.#finish(ended));
    this.#records = new GroupWriter((saved) => this.#append(saved));
  }

  get id(): string {
    return this.#id;
  }

  /** Says that this worker lives. @returns runs on whose jobs it works and that were withdrawn. */
  async beat(queues: readonly string[]): Promise<ReadonlySet<string>> {
    await this.#server.run(
      `insert into answerkey.workers (id, name, queues) values ($1, $2, $3)
       on conflict (id) do update set beat_at = now(), queues = excluded.queues`,
      [this.#id, this.#name, queues],
    );
    const rows = await this.#server.query(
      z.object({ id: z.string() }),
      `select id from answerkey.runs where cancelled and id in (select run from answerkey.held where worker = $1)`,
      [this.#id],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Runs that may have work. One that cannot be read, as a later release or a stranger may have written it, is left alone. */
  async runs(): Promise<readonly RunToServe[]> {
    const rows = await this.#server.query(
      z.unknown(),
      `select id, kind, queue, service, settings, asking, begun, budget_usd is not null as "hasBudget" from answerkey.runs
       where exists (select 1 from answerkey.jobs where jobs.run = runs.id and state = 'waiting')`,
    );
    return rows.flatMap((row) => {
      const parsed = runRow.safeParse(row);
      return parsed.success ? [parsed.data] : [];
    });
  }

  /** Takes up to so many jobs. Those that were done or withdrawn meanwhile are put away. */
  async take(queue: string, most: number): Promise<readonly HeldJob[]> {
    const taken = await this.#server.transaction((transaction) => this.#take(transaction, queue, most));
    for (const { job } of taken) this.#holding.add(job);
    return taken;
  }

  async #take(transaction: Transaction, queue: string, most: number): Promise<readonly HeldJob[]> {
    const { boss } = this.#server;
    const { db } = transaction;
    const fetched = await boss.fetch<unknown>(queue, { batchSize: most, includeMetadata: true, db });
    if (fetched.length === 0) return [];
    const sent = new Map(fetched.map((each) => [jobData.parse(each.data).key, each]));
    const rows = await transaction.query(
      jobRow,
      `select job.key, job.run, run.begun, job.input, job.records, job.state = 'waiting' as "isOpen",
         run.cancelled or run.stopped is not null as "isWithdrawn"
       from answerkey.jobs job join answerkey.runs run on run.id = job.run
       where job.key = any($1) order by job.key for update of job`,
      [[...sent.keys()]],
    );
    const open = rows.filter(({ isOpen }) => isOpen);
    const orphans = open.filter(({ isWithdrawn }) => isWithdrawn).map(({ key }) => key);
    const heirs = await handOn(transaction, orphans);
    const kept = open.flatMap(({ key, input, records, isWithdrawn, ...own }): readonly HeldJob[] => {
      const job = sent.get(key);
      const of = isWithdrawn ? heirs.get(key) : own;
      if (job === undefined || of === undefined) return [];
      sent.delete(key);
      const { run, begun } = of;
      return [{ key, job: job.id, queue, run, begun, input, records, isLast: job.retryCount >= job.retryLimit }];
    });
    await withdraw(
      transaction,
      orphans.filter((key) => !heirs.has(key)),
    );
    const over = [...sent.values()].map(({ id }) => id);
    await transaction.complete(queue, over);
    await transaction.run(
      `insert into answerkey.held (key, job, queue, worker, run)
         select key, job, $3, $4, run from unnest($1::text[], $2::uuid[], $5::text[]) as taken (key, job, run)
       on conflict (key) do update set
         job = excluded.job, queue = excluded.queue, worker = excluded.worker, run = excluded.run`,
      [kept.map(({ key }) => key), kept.map(({ job }) => job), queue, this.#id, kept.map(({ run }) => run)],
    );
    return kept;
  }

  /** Keeps what a job has come to so far, so that whoever works on it next need not pay for it again. */
  save(key: string, records: readonly unknown[]): Promise<void> {
    return records.length === 0 ? Promise.resolve() : this.#records.add({ key, records });
  }

  async #append(saved: readonly { readonly key: string; readonly records: readonly unknown[] }[]): Promise<void> {
    const byKey = new Map<string, unknown[]>();
    for (const { key, records } of saved) byKey.set(key, [...(byKey.get(key) ?? []), ...records]);
    await this.#server.transaction((transaction) => appendRecords(transaction, [...byKey]));
  }

  /** Ends work on a job. The result and the queue's word that it is done are one. */
  async end(held: HeldJob, end: JobEnd): Promise<void> {
    await this.#ends.add({ held, end });
    this.#holding.delete(held.job);
  }

  #finish(ended: readonly Ended[]): Promise<void> {
    const sorted = ended.toSorted((left, right) => (left.held.key < right.held.key ? -1 : 1));
    return this.#server.transaction(async (transaction) => {
      const keys = sorted.map(({ held }) => held.key);
      await close(transaction, sorted);
      const mine = await transaction.query(
        keyRow,
        `delete from answerkey.held where worker = $1 and (key, job) in (select * from unnest($2::text[], $3::uuid[]))
         returning key`,
        [this.#id, keys, sorted.map(({ held }) => held.job)],
      );
      const own = new Set(mine.map(({ key }) => key));
      const still = sorted.filter(({ held }) => own.has(held.key));
      for (const [queue, group] of groupBy(still, ({ held }) => held.queue)) {
        await this.#tellQueue(transaction, queue, group);
      }
    });
  }

  async #tellQueue(transaction: Transaction, queue: string, ended: readonly Ended[]): Promise<void> {
    const ofKind = (kind: JobEnd["kind"]): readonly HeldJob[] =>
      ended.filter(({ end }) => end.kind === kind).map(({ held }) => held);
    await transaction.complete(queue, ofKind("done").map(nameOf));
    await transaction.fail(queue, ofKind("failed").map(nameOf));
    await bury(
      transaction,
      ended.flatMap(({ held, end }) =>
        end.kind === "failed" && held.isLast ? [{ key: held.key, failure: end.failure }] : [],
      ),
    );
    await sendAgain(transaction, this.#server.boss, ofKind("returned"));
  }

  /**
   * Gives back what stands under this worker's name and what it does not know of, now and when this was last asked: the server
   * went away after it had committed and before it had said so.
   */
  giveStraysBack(): Promise<void> {
    return this.#server.transaction(async (transaction) => {
      const unknown = (await heldBy(transaction, this.#id)).filter(({ job }) => !this.#holding.has(job));
      const lost = unknown.filter(({ job }) => this.#strays.has(job));
      this.#strays = new Set(unknown.map(({ job }) => job));
      await this.#letGo(transaction, lost);
    });
  }

  /** Takes jobs from workers that were silent for so long. @returns how many jobs go to others now. */
  async reap(lostAfterMs: number): Promise<number> {
    const { boss } = this.#server;
    for (let taken = 0; ;) {
      const some = await this.#server.transaction((transaction) =>
        takeFromLost(transaction, boss, { lostAfterMs, besides: this.#id }),
      );
      taken += some.taken;
      if (some.isAll) return taken;
    }
  }

  /** The worker is no more. What it still holds goes to others. */
  leave(): Promise<void> {
    return this.#server.transaction(async (transaction) => {
      await this.#letGo(transaction, await heldBy(transaction, this.#id));
      await forget(transaction, [this.#id]);
    });
  }

  async #letGo(transaction: Transaction, held: readonly StandingJob[]): Promise<void> {
    if (held.length === 0) return;
    const jobs = held.map(({ job }) => job);
    await transaction.run("delete from answerkey.held where job = any($1::uuid[])", [jobs]);
    await sendAgain(transaction, this.#server.boss, held);
  }
}

function nameOf({ job }: HeldJob): string {
  return job;
}

function heldBy(transaction: Transaction, worker: string): Promise<readonly StandingJob[]> {
  return transaction.query(standingRow, "select key, job, queue from answerkey.held where worker = $1", [worker]);
}
