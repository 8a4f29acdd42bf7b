import { z } from "zod";
import { UserError } from "../../core/errors.ts";
import type { Environment } from "../environment.ts";

/** Where the items of a run are worked on. No database stands in a configuration: a cloned folder must not name one. */
export const queueOptions = z.object({
  engine: z.enum(["local", "queue"]).default("local"),
  database: z.string().min(1).optional(),
});

/** @throws UserError where none is named. */
export function databaseOf(options: { readonly database?: string | undefined }, environment: Environment): string {
  const database = options.database ?? environment.database;
  if (database !== undefined) return database;
  throw new UserError("no database is named", {
    hint: "set ANSWERKEY_DATABASE_URL, or give --database postgres://user@host:5432/name",
  });
}
