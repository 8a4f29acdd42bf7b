import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "../core/clock.ts";

/** The real clock; with a fixed time (SOURCE_DATE_EPOCH) every timestamp is that time, while waiting stays real. */
export function systemClock(fixedTime: number | undefined): Clock {
  return {
    now: () => fixedTime ?? Date.now(),
    sleep: async (milliseconds, signal) => {
      await wait(milliseconds, undefined, signal === undefined ? {} : { signal });
    },
  };
}
