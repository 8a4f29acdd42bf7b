import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "../core/clock.ts";

export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    sleep: async (milliseconds, signal) => {
      await wait(milliseconds, undefined, signal === undefined ? {} : { signal });
    },
  };
}

/** The time to write down. Fixed from outside it makes what a run writes the same to the byte, while waits stay real. */
export function timestamp(fixedTime: number | undefined): () => number {
  return fixedTime === undefined ? () => Date.now() : () => fixedTime;
}
