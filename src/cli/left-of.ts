/** What a limit leaves to a run that was taken up: what it did before counts. */
export function leftOf(limit: number | undefined, done: number): number | undefined {
  return limit === undefined ? undefined : Math.max(0, limit - done);
}
