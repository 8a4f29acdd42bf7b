import { UserError } from "../../src/core/errors.ts";

/** What a user would read of the error that an action throws: message and hint. Anything but a UserError goes through. */
export function toldBy(action: () => unknown): string {
  return told(action, (error) => `${error.message} | ${error.hint}`);
}

/** As {@link toldBy}, without the hint. */
export function messageOf(action: () => unknown): string {
  return told(action, (error) => error.message);
}

function told(action: () => unknown, tell: (error: UserError) => string): string {
  try {
    action();
  } catch (error) {
    if (error instanceof UserError) return tell(error);
    throw error;
  }
  return "nothing was thrown";
}
