import type PgBoss from "pg-boss";
import { z } from "zod";
import { groupBy } from "../../core/group-by.ts";
import { letter } from "./job.ts";
import type { Transaction } from "./queue-server.ts";

export const standingRow = z.object({ key: z.string(), job: z.string(), queue: z.string() });

/** A job that stands under somebody's name. */
export type StandingJob = z.infer<typeof standingRow>;

/**
 * Puts jobs that were taken back into their queues, or into those that `queueFor` names. To the queue each is another job, so
 * it keeps all its attempts.
 */
export async function sendAgain(
  transaction: Transaction,
  boss: PgBoss,
  held: readonly StandingJob[],
  queueFor = (queue: string): string => queue,
): Promise<void> {
  if (held.length === 0) return;
  for (const [queue, group] of groupBy(held, (each) => each.queue)) {
    await transaction.complete(
      queue,
      group.map(({ job }) => job),
    );
  }
  await boss.insert(
    held.map(({ queue, key }) => ({ ...letter(queueFor(queue), key), priority: 1 })),
    { db: transaction.db },
  );
}
