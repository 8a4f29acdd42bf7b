import type { Clock } from "../core/clock.ts";

const LONGEST_SLEEP_MS = 86_400_000;

/**
 * Waits until something has not been used for `idleMs`, or the signal says to stop. An open page that nobody uses does
 * not count as use.
 */
export async function untilIdle(
  watched: { readonly lastUsedAt: number },
  idleMs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<"idle" | "stopped"> {
  while (!signal.aborted) {
    const left = watched.lastUsedAt + idleMs - clock.now();
    if (left <= 0) return "idle";
    await clock.sleep(Math.min(left, LONGEST_SLEEP_MS), signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
  return "stopped";
}
