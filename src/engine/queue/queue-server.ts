import type { Pool, PoolClient } from "pg";
import type PgBoss from "pg-boss";
import { z } from "zod";
import type { Clock } from "../../core/clock.ts";
import { UserError } from "../../core/errors.ts";
import { sha256Hex } from "../../core/hash.ts";
import { deadLetters } from "./job.ts";
import { databaseName, isPassing, loadPostgres, poolConfig } from "./postgres.ts";
import { fetchIndex, TABLES, TABLES_VERSION } from "./tables.ts";

export interface QueueServerOptions {
  /** Connection string of PostgreSQL. */
  readonly database: string;
  readonly clock: Clock;
  /** Ends waiting for a server that is away. */
  readonly signal?: AbortSignal | undefined;
  /** Told once each time that the server is gone or back. */
  readonly onAway?: ((isAway: boolean) => void) | undefined;
}

/** One statement after another on the same connection. */
export interface Transaction {
  query<Row>(row: z.ZodType<Row>, sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  run(sql: string, values?: readonly unknown[]): Promise<void>;
  /** What pg-boss takes to send and fetch within this transaction. */
  readonly db: PgBoss.Db;
  /** Tells pg-boss that jobs are done. */
  complete(queue: string, jobs: readonly string[]): Promise<void>;
  /** Tells pg-boss that jobs failed: it sends them again, or puts them with the dead letters. */
  fail(queue: string, jobs: readonly string[]): Promise<void>;
}

/** A schema of its own: another tool may keep another pg-boss in the same database. */
const BOSS_SCHEMA = "answerkey_boss";
/** Attempts at a job after the first; then it is a dead letter. */
const RETRIES = 2;
const RETRY_MS = { first: 100, most: 1_000 } as const;

/**
 * The PostgreSQL that holds queue, results and limits. Whatever is asked of it waits while the server is away and is then
 * asked again, as a whole: every statement here is right when it runs twice.
 */
export class QueueServer {
  readonly boss: PgBoss;
  readonly #pool: Pool;
  readonly #options: QueueServerOptions;
  #isAway = false;

  private constructor(pool: Pool, boss: PgBoss, options: QueueServerOptions) {
    this.#pool = pool;
    this.boss = boss;
    this.#options = options;
  }

  /**
   * Connects, and makes the tables that are not there yet.
   * @throws UserError where the server cannot be reached or does not let us.
   */
  static async open(options: QueueServerOptions): Promise<QueueServer> {
    const { Pool, PgBoss } = await loadPostgres();
    const pool = new Pool(poolConfig(options.database));
    // A connection that breaks while nobody uses it is no news: the next statement finds out. To one that is in use, and between
    // two statements, the pool does not listen itself, and an error that nobody hears would end the process.
    pool.on("error", () => {});
    pool.on("connect", (client) => client.on("error", () => {}));
    const db: PgBoss.Db = { executeSql: (text, values) => pool.query(text, values) };
    const boss = new PgBoss({ db, schema: BOSS_SCHEMA, schedule: false, maintenanceIntervalSeconds: 60 });
    boss.on("error", () => {});
    try {
      await makeTables(pool, boss);
    } catch (error) {
      await pool.end();
      throw unreachable(options.database, error);
    }
    return new QueueServer(pool, boss, options);
  }

  /** Makes a queue and the one for its dead letters, where they are not there yet. */
  async makeQueue(name: string, retryDelay: number): Promise<void> {
    if ((await this.#untilBack(() => this.boss.getQueue(name))) !== null) return;
    const dead = deadLetters(name);
    const retry = { retryLimit: RETRIES, retryDelay, retryBackoff: retryDelay > 0 };
    // Silent workers are found by their beat, and calls take as long as they take: this limit is for what nobody foresaw.
    const keep = { expireInHours: 23, retentionDays: 60, deadLetter: dead };
    await this.#untilBack(() => this.boss.createQueue(dead, { name: dead, retentionDays: 60 }));
    await this.#untilBack(() => this.boss.createQueue(name, { name, ...retry, ...keep }));
  }

  /** The answer of one statement. */
  query<Row>(row: z.ZodType<Row>, sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    return this.#untilBack(async () => z.array(row).parse((await this.#pool.query(sql, [...values])).rows));
  }

  /** One statement whose answer does not matter. */
  async run(sql: string, values: readonly unknown[] = []): Promise<void> {
    await this.#untilBack(() => this.#pool.query(sql, [...values]));
  }

  /** All of it or nothing. */
  transaction<Result>(use: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return this.#untilBack(() => this.#once(use));
  }

  async close(): Promise<void> {
    await this.boss.stop({ graceful: false, close: false, wait: true });
    await this.#pool.end();
  }

  async #once<Result>(use: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect();
    let fault: unknown;
    const broke = (error: Error): void => {
      fault = error;
    };
    client.on("error", broke);
    try {
      await client.query("begin");
      const result = await use(transactionOn(client, this.boss));
      await client.query("commit");
      return result;
    } catch (error) {
      fault = error;
      // Whatever broke it was told above; the connection is thrown away.
      throw error;
    } finally {
      client.off("error", broke);
      client.release(fault !== undefined);
    }
  }

  async #untilBack<Result>(ask: () => Promise<Result>): Promise<Result> {
    const { clock, signal } = this.#options;
    for (let wait: number = RETRY_MS.first; ; wait = Math.min(RETRY_MS.most, wait * 2)) {
      try {
        const result = await ask();
        this.#tell(false);
        return result;
      } catch (error) {
        if (!isPassing(error) || signal?.aborted === true) throw error;
        this.#tell(true);
      }
      await clock.sleep(wait, signal);
    }
  }

  #tell(isAway: boolean): void {
    if (isAway === this.#isAway) return;
    this.#isAway = isAway;
    this.#options.onAway?.(isAway);
  }
}

const TABLES_STATE = `tables ${TABLES_VERSION} ${sha256Hex(TABLES).slice(0, 12)}`;

/** One process makes them at a time: neither pg-boss nor PostgreSQL is ready for two. */
async function makeTables(pool: Pool, boss: PgBoss): Promise<void> {
  const client = await pool.connect();
  try {
    const version = await client.query("select current_setting('server_version_num')::int as number");
    refuseOld(z.array(z.object({ number: z.number() })).parse(version.rows)[0]?.number ?? 0);
    const made = "select obj_description(to_regnamespace('answerkey'), 'pg_namespace') as state";
    const states = z.array(z.object({ state: z.string().nullable() })).parse((await client.query(made)).rows);
    const state = states[0]?.state ?? "";
    refuseLater(state);
    if (state === TABLES_STATE) return void (await boss.start());
    await client.query("select pg_advisory_lock(hashtext('answerkey tables'))");
    await client.query(TABLES);
    await boss.start();
    await client.query(fetchIndex(BOSS_SCHEMA));
    await client.query(`comment on schema answerkey is '${TABLES_STATE}'`);
  } finally {
    // Thrown away, and with it the lock where something went wrong.
    client.release(true);
  }
}

function transactionOn(client: PoolClient, boss: PgBoss): Transaction {
  const db: PgBoss.Db = { executeSql: (text, values) => client.query(text, values) };
  const tell = async (verdict: "complete" | "fail", queue: string, jobs: readonly string[]): Promise<void> => {
    // Its types know no fourth argument for several jobs, yet it looks for the connection there alone: given as the third, it
    // uses one of its own, and what it writes there stands even where this transaction does not.
    if (jobs.length > 0) await Reflect.apply(boss[verdict], boss, [queue, jobs, {}, { db }]);
  };
  return {
    query: async (row, sql, values = []) => z.array(row).parse((await client.query(sql, [...values])).rows),
    run: async (sql, values = []) => {
      await client.query(sql, [...values]);
    },
    db,
    complete: (queue, jobs) => tell("complete", queue, jobs),
    fail: (queue, jobs) => tell("fail", queue, jobs),
  };
}

const OLDEST = 13;

function refuseOld(number: number): void {
  const major = Math.floor(number / 10_000);
  if (major < OLDEST) throw new UserError(`PostgreSQL ${major} is too old for the queue; it needs ${OLDEST} or newer`);
}

/** Two releases must not undo each other's tables, and what a later one wrote may mean something else. */
function refuseLater(state: string): void {
  const version = Number(/^tables (\d+) /.exec(state)?.[1] ?? 0);
  if (version <= TABLES_VERSION) return;
  throw new UserError("the queue was made by a later release of answerkey", {
    hint: "all machines of a queue need the same release; update this one, or name another database",
  });
}

/** In words without the connection string, which may hold a password. */
function unreachable(database: string, error: unknown): Error {
  if (error instanceof UserError) return error;
  const code = codeOf(error);
  const why = WHY.get(code) ?? code;
  return new UserError(`cannot use the queue at ${databaseName(database)}: ${why}`, {
    hint: "check the connection string and that PostgreSQL runs there: answerkey doctor",
    cause: error,
  });
}

/** A host may have several addresses: then each has its fault, and the first says enough. */
function codeOf(error: unknown): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error && "code" in first ? String(first.code) : "no answer";
}

/** By error codes of Node and of PostgreSQL. */
const WHY: ReadonlyMap<string, string> = new Map([
  ["ECONNREFUSED", "nothing listens there (ECONNREFUSED)"],
  ["ENOTFOUND", "there is no such host (ENOTFOUND)"],
  ["EAI_AGAIN", "the name of the host cannot be looked up now (EAI_AGAIN)"],
  ["ETIMEDOUT", "it does not answer (ETIMEDOUT)"],
  ["28P01", "the password is not accepted (28P01)"],
  ["28000", "the user is not let in (28000)"],
  ["3D000", "there is no such database (3D000)"],
  ["42501", "the user may not make tables there (42501)"],
  ["53300", "it has no connection left (53300)"],
  ["57P03", "it is starting up (57P03)"],
]);

/** What `doctor` says of a queue. */
export interface QueueServerCheck {
  readonly name: string;
  readonly version: string;
  readonly workers: number;
  readonly waiting: number;
}

/**
 * Connects and looks; makes the tables that are not there yet.
 * @throws UserError that names what is wrong, without the connection string.
 */
export async function checkQueueServer(database: string, clock: Clock): Promise<QueueServerCheck> {
  const server = await QueueServer.open({ database, clock });
  try {
    const [found] = await server.query(
      z.object({ version: z.string(), workers: z.number(), waiting: z.number() }),
      `select current_setting('server_version') as version,
        (select count(*)::int from answerkey.workers where beat_at > now() - interval '15 seconds') as workers,
        (select count(*)::int from answerkey.jobs where state = 'waiting') as waiting`,
    );
    return { name: databaseName(database), version: "", workers: 0, waiting: 0, ...found };
  } finally {
    await server.close();
  }
}
