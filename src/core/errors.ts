/** Process exit codes; `cli/exit-code.ts` is the only place that chooses one. */
export const EXIT = { done: 0, open: 1, couldNotRun: 2, resumable: 75, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * Something the user can put right. Printed as message and hint, without a stack.
 * Neither text may hold an answer, a prompt or a key.
 */
export class UserError extends Error {
  readonly hint: string | undefined;
  readonly exitCode: ExitCode;

  constructor(message: string, options: { hint?: string; exitCode?: ExitCode; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = "UserError";
    this.hint = options.hint;
    this.exitCode = options.exitCode ?? EXIT.couldNotRun;
  }
}
