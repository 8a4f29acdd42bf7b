import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";

const TIMES = 4;
/** Between the 4 of work in proportion to its size and the 16 of work with its square. */
const MOST = 9;
const MOST_ROUNDS = 12;
/** What takes less than this on the larger size cannot be told from noise, and is no square of anything large. */
const NOISE_MS = 4;
const ENOUGH_MS = 40;
const MOST_TURNS = 1_000;

/**
 * Whether work grows with its size and not with the square of it: the ratio of its time on four times the size, each the best
 * of several rounds in turn, so that a busy machine only makes more rounds.
 *
 * @param prepare makes the work of a size; only the work is timed.
 * @returns "linear", or the ratio for whoever reads the failure.
 */
export function growthOf(prepare: (size: number) => () => unknown, size: number): string {
  const works = [prepare(size), prepare(size * TIMES)];
  const best = [Infinity, Infinity];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    for (const [at, work] of works.entries()) best[at] = Math.min(best[at] ?? Infinity, timeOf(work));
    const [small = 0, large = 0] = best;
    if (large < NOISE_MS || (round > 0 && large / small < MOST)) return "linear";
  }
  const [small = 0, large = 0] = best;
  return `${(large / small).toFixed(1)} times as long on ${TIMES} times the size`;
}

/** Of one turn, taken over so many that the steps in which a system counts a thread's time, some milliseconds, do not tell. */
function timeOf(work: () => unknown): number {
  const started = now();
  for (let turns = 1; ; turns += 1) {
    work();
    const spent = now() - started;
    if (spent >= ENOUGH_MS || turns === MOST_TURNS) return spent / turns;
  }
}

/** Milliseconds that this thread has had of a processor, whatever else runs (proc(5), schedstat); else those of the clock. */
function now(): number {
  try {
    return Number(readFileSync("/proc/thread-self/schedstat", "utf8").split(" ")[0]) / 1_000_000;
  } catch {
    return performance.now();
  }
}
