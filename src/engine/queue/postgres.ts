import type { Pool, PoolConfig } from "pg";
import type PgBoss from "pg-boss";
import { UserError } from "../../core/errors.ts";

/** The two packages that the queue stands on. They are not installed with the tool: most never need them. */
export interface Postgres {
  readonly Pool: new (config: PoolConfig) => Pool;
  readonly PgBoss: typeof PgBoss;
}

/** @throws UserError where they are not installed. */
export async function loadPostgres(): Promise<Postgres> {
  try {
    const [{ default: pg }, { default: boss }] = await Promise.all([import("pg"), import("pg-boss")]);
    return { Pool: pg.Pool, PgBoss: boss };
  } catch (error) {
    throw new UserError("the queue engine needs the packages pg and pg-boss", {
      hint: "install them beside answerkey: npm install pg@8 pg-boss@10",
      cause: error,
    });
  }
}

const CONNECTIONS = 6;
const CONNECT_WITHIN_MS = 10_000;

/** @throws UserError for what is no connection string of PostgreSQL. */
export function poolConfig(database: string): PoolConfig {
  if (!/^postgres(?:ql)?:\/\//.test(database)) {
    throw new UserError("the database is named by a connection string", {
      hint: "as in: postgres://user@host:5432/name",
    });
  }
  if (placeOf(database) === undefined) {
    throw new UserError("the connection string of the database cannot be read", {
      hint: "in its user, password and name @ / ? # and % are written as %40 %2F %3F %23 and %25",
    });
  }
  return {
    connectionString: database,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    application_name: "answerkey",
    keepAlive: true,
  };
}

/** Host, port and name of a database, and neither user nor password. */
export function databaseName(database: string): string {
  return placeOf(database) ?? "the database";
}

/** Undefined too where an @ is left behind the host: then a password with / ? or # in it was taken apart, half of it a host. */
function placeOf(database: string): string | undefined {
  if (!URL.canParse(database)) return undefined;
  const { hostname, port, pathname, search, hash } = new URL(database);
  if ([pathname, search, hash].some((part) => part.includes("@"))) return undefined;
  return `${hostname}${port === "" ? "" : `:${port}`}${pathname}`;
}

/** Faults of a connection, or of a moment; the same again is right then. From PostgreSQL's list of error codes and Node's. */
const PASSING =
  /^(?:08...|57P0[123]|40001|40P01|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)$/;
const PASSING_WORDS =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection/;

/** True for a fault that goes by: the server is away or restarts, or two transactions crossed each other. */
export function isPassing(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isPassing);
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return PASSING.test(code) || PASSING_WORDS.test(error.message);
}
