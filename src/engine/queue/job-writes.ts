import { z } from "zod";
import type { Ended } from "./job-end.ts";
import type { Transaction } from "./queue-server.ts";

/** What is there already is not added: the server may have gone away after it had committed and before it had said so. */
function withRecords(known: string, more: string): string {
  return `case when ${known}.records @> ${more}.records::jsonb then ${known}.records
    else ${known}.records || ${more}.records::jsonb end`;
}

const keyRow = z.object({ key: z.string() });

/** Money that lost workers had set aside may have been spent: it counts as spent. */
export async function forget(transaction: Transaction, ids: readonly string[]): Promise<void> {
  await transaction.run(
    `with gone as (delete from answerkey.holds where worker = any($1) returning run, usd),
      sums as (select run, sum(usd) as usd from gone group by run)
     update answerkey.runs set spent_usd = spent_usd + sums.usd from sums where sums.run = runs.id`,
    [ids],
  );
  await transaction.run("delete from answerkey.workers where id = any($1)", [ids]);
}

/**
 * Gives jobs of runs that were withdrawn or stopped to another run that waits for them, the oldest first.
 * @returns the run of each that has one.
 */
export async function handOn(
  transaction: Transaction,
  keys: readonly string[],
): Promise<ReadonlyMap<string, { readonly run: string; readonly begun: number }>> {
  if (keys.length === 0) return new Map();
  const rows = await transaction.query(
    z.object({ key: z.string(), run: z.string(), begun: z.number() }),
    `with heirs as (
       select distinct on (waits.key) waits.key, run.id as run, run.begun
       from answerkey.run_jobs waits join answerkey.runs run on run.id = waits.run
       where waits.key = any($1) and not run.cancelled and run.stopped is null
       order by waits.key, run.created_at, run.id
     )
     update answerkey.jobs job set run = heirs.run from heirs where job.key = heirs.key
     returning job.key, heirs.run, heirs.begun`,
    [keys],
  );
  return new Map(rows.map(({ key, run, begun }) => [key, { run, begun }]));
}

export async function withdraw(transaction: Transaction, keys: readonly string[]): Promise<void> {
  if (keys.length > 0)
    await transaction.run("update answerkey.jobs set state = 'withdrawn' where key = any($1)", [keys]);
}

export async function appendRecords(
  transaction: Transaction,
  saved: readonly (readonly [key: string, records: readonly unknown[]])[],
): Promise<void> {
  const some = saved.filter(([, records]) => records.length > 0);
  if (some.length === 0) return;
  await transaction.run(
    `with given as (select * from unnest($1::text[], $2::text[]) as given (key, records)),
      mine as (select job.key, given.records from answerkey.jobs job join given using (key) order by job.key for update of job)
     update answerkey.jobs job set records = ${withRecords("job", "mine")} from mine where job.key = mine.key`,
    [some.map(([key]) => key), some.map(([, records]) => JSON.stringify(records))],
  );
}

/**
 * Writes down what ended work came to. What is lost to another worker is still paid for: its records are kept, and a result
 * that is the first stands. The text that a job was made from is not kept longer than it is needed.
 */
export async function close(transaction: Transaction, ended: readonly Ended[]): Promise<void> {
  const done = await transaction.query(
    z.object({ key: z.string(), isDone: z.boolean() }),
    `with given as (select * from unnest($1::text[], $2::text[], $3::bool[]) as given (key, records, is_done)),
      mine as (
        select job.key, given.records, given.is_done and job.state <> 'done' as is_done
        from answerkey.jobs job join given using (key) order by job.key for update of job
      )
     update answerkey.jobs job set records = ${withRecords("job", "mine")},
       state = case when is_done then 'done' else state end,
       failure = case when is_done then null else failure end,
       input = case when is_done then null else input end,
       finished_at = case when is_done then clock_timestamp() else finished_at end
     from mine where job.key = mine.key returning job.key, mine.is_done as "isDone"`,
    [
      ended.map(({ held }) => held.key),
      ended.map(({ end }) => JSON.stringify(end.records)),
      ended.map(({ end }) => end.kind === "done"),
    ],
  );
  await markReady(
    transaction,
    done.filter(({ isDone }) => isDone).map(({ key }) => key),
  );
}

/** A statement of its own, after the jobs are locked: a run that asked for one at that moment is seen by it. */
async function markReady(transaction: Transaction, keys: readonly string[]): Promise<void> {
  if (keys.length > 0) await transaction.run("update answerkey.run_jobs set ready = true where key = any($1)", [keys]);
}

/** One more worker was lost with these jobs. @returns how many were, of each since it was sent. */
export async function countLosses(
  transaction: Transaction,
  keys: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await transaction.query(
    z.object({ key: z.string(), losses: z.number() }),
    "update answerkey.jobs set losses = losses + 1 where key = any($1) returning key, losses",
    [keys],
  );
  return new Map(rows.map(({ key, losses }) => [key, losses]));
}

/** Nothing more is tried. */
export async function bury(
  transaction: Transaction,
  dead: readonly { readonly key: string; readonly failure: string }[],
): Promise<void> {
  if (dead.length === 0) return;
  const buried = await transaction.query(
    keyRow,
    `update answerkey.jobs job set state = 'dead', failure = given.failure, finished_at = clock_timestamp()
     from unnest($1::text[], $2::text[]) as given (key, failure)
     where job.key = given.key and job.state in ('waiting', 'withdrawn') returning job.key`,
    [dead.map(({ key }) => key), dead.map(({ failure }) => failure)],
  );
  await markReady(
    transaction,
    buried.map(({ key }) => key),
  );
}

/** In the order of their keys, as everybody locks several. */
export function lockJobs(transaction: Transaction, keys: readonly string[]): Promise<void> {
  return transaction.run("select 1 from answerkey.jobs where key = any($1) order by key for update", [keys]);
}
