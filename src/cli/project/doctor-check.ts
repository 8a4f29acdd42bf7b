import { UserError } from "../../core/errors.ts";

/** One thing that was looked at. */
export interface Check {
  readonly name: string;
  readonly status: "ok" | "warn" | "fail";
  readonly says: string;
  /** What to do about it. */
  readonly next?: string | undefined;
}

export function ok(name: string, says: string, next?: string): Check {
  return { name, status: "ok", says, next };
}

export function warn(name: string, says: string, next: string): Check {
  return { name, status: "warn", says, next };
}

export function fail(name: string, says: string, next: string): Check {
  return { name, status: "fail", says, next };
}

/** What a look comes to; where it is refused, that is what it comes to. Bugs go through. */
export async function looked(
  name: string,
  look: () => readonly Check[] | Promise<readonly Check[]>,
): Promise<readonly Check[]> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [fail(name, error.message, error.hint ?? "put that right and run answerkey doctor again")];
  }
}
