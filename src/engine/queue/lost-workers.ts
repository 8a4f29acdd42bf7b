import type PgBoss from "pg-boss";
import { z } from "zod";
import { deadLetters } from "./job.ts";
import { bury, countLosses, forget, lockJobs } from "./job-writes.ts";
import type { Transaction } from "./queue-server.ts";
import { sendAgain, standingRow, type StandingJob } from "./send-again.ts";

/** A job over which so many workers were lost may be why: nobody else is risked. */
const MOST_LOSSES = 5;
/** Jobs in one transaction: who wants the same rows waits for these, not for all. */
const SLICE = 500;

const keyRow = z.object({ key: z.string() });

/** Takes some of the jobs of workers that were silent for so long; once all are taken, those workers are forgotten. */
export async function takeFromLost(
  transaction: Transaction,
  boss: PgBoss,
  { lostAfterMs, besides }: { readonly lostAfterMs: number; readonly besides: string },
): Promise<{ readonly taken: number; readonly isAll: boolean }> {
  const lost = await transaction.query(
    z.object({ id: z.string() }),
    `select id from answerkey.workers where beat_at < now() - $1 * interval '1 millisecond' and id <> $2
     for update skip locked`,
    [lostAfterMs, besides],
  );
  if (lost.length === 0) return { taken: 0, isAll: true };
  const ids = lost.map(({ id }) => id);
  const found = await transaction.query(
    keyRow,
    `select key from answerkey.held where worker = any($1) order by key limit ${SLICE}`,
    [ids],
  );
  const keys = found.map(({ key }) => key);
  await lockJobs(transaction, keys);
  // One that is slow and not lost may have ended some of them meanwhile.
  const left = await transaction.query(
    standingRow,
    "delete from answerkey.held where worker = any($1) and key = any($2) returning key, job, queue",
    [ids, keys],
  );
  await passOn(transaction, boss, left);
  const isAll = found.length < SLICE;
  if (isAll) await forget(transaction, ids);
  return { taken: left.length, isAll };
}

/** Another attempt for each, but for those that cost too many workers. */
async function passOn(transaction: Transaction, boss: PgBoss, left: readonly StandingJob[]): Promise<void> {
  const losses = await countLosses(
    transaction,
    left.map(({ key }) => key),
  );
  const isDead = ({ key }: StandingJob): boolean => (losses.get(key) ?? 0) >= MOST_LOSSES;
  const dead = left.filter(isDead);
  const others = left.filter((each) => !isDead(each));
  await sendAgain(transaction, boss, others);
  await sendAgain(transaction, boss, dead, deadLetters);
  const failure = `${MOST_LOSSES} workers were lost over it`;
  await bury(
    transaction,
    dead.map(({ key }) => ({ key, failure })),
  );
}
