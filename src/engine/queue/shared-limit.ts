import { z } from "zod";
import type { QueueServer } from "./queue-server.ts";

/** What all workers of one model together may send. Absent: no limit of that kind. */
export interface SharedRates {
  readonly requestsPerSecond?: number | undefined;
  /** Most requests that may go at once after a pause. */
  readonly requestsAtOnce?: number | undefined;
  readonly tokensPerSecond?: number | undefined;
  readonly tokensAtOnce?: number | undefined;
}

/**
 * One row that all workers take from, by the clock of the database. Tokens are taken as estimated and put right by `settle`;
 * a request that is larger than what is left goes, and those after it wait the longer.
 */
export class SharedLimit {
  readonly #server: QueueServer;
  readonly #name: string;

  constructor(server: QueueServer, name: string) {
    this.#server = server;
    this.#name = name;
  }

  /** Sets the rates, for all workers, from now on. */
  set({ requestsPerSecond, requestsAtOnce = 1, tokensPerSecond, tokensAtOnce = 1 }: SharedRates): Promise<void> {
    return this.#server.run(
      `insert into answerkey.limits (name, requests_per_second, requests_at_once, tokens_per_second, tokens_at_once)
         values ($1, $2, $3, $4, $5)
       on conflict (name) do update set requests_per_second = excluded.requests_per_second,
         requests_at_once = excluded.requests_at_once, tokens_per_second = excluded.tokens_per_second,
         tokens_at_once = excluded.tokens_at_once`,
      [this.#name, requestsPerSecond ?? null, requestsAtOnce, tokensPerSecond ?? null, tokensAtOnce],
    );
  }

  /** @returns 0 where one request was taken, else the milliseconds after which to ask again. */
  async take(tokens: number): Promise<number> {
    const [row] = await this.#server.query(z.object({ wait: z.number() }), "select answerkey.take($1, $2) as wait", [
      this.#name,
      tokens,
    ]);
    return Math.ceil((row?.wait ?? 0) * 1_000);
  }

  /** Puts right what a request was expected to take. */
  settle(difference: number): Promise<void> {
    return this.#server.run(
      `update answerkey.limits set tokens_due = tokens_due + coalesce($2::double precision / tokens_per_second, 0)
       where name = $1`,
      [this.#name, difference],
    );
  }

  /** The endpoint turned a request away: nobody sends for so long. */
  close(milliseconds: number): Promise<void> {
    return this.#server.run(
      `insert into answerkey.limits as known (name, seen_at, closed_until)
         select $1, clock, clock + $2::double precision / 1000 from extract(epoch from clock_timestamp()) as clock
       on conflict (name) do update set seen_at = greatest(known.seen_at, excluded.seen_at),
         closed_until = greatest(known.closed_until, excluded.closed_until)`,
      [this.#name, milliseconds],
    );
  }
}
