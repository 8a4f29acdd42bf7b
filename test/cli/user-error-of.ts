import { UserError } from "../../src/core/errors.ts";

/** What a user would read of the error that `work` throws; any other error passes on. */
export function userErrorOf(work: () => unknown): Pick<UserError, "message" | "hint" | "exitCode"> {
  try {
    work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { message, hint, exitCode } = error;
    return { message, hint, exitCode };
  }
  throw new Error("nothing was thrown");
}
