import type { Clock } from "../../src/core/clock.ts";

interface Sleeper {
  readonly wakeAt: number;
  readonly order: number;
  readonly wake: () => void;
}

/**
 * Time that passes only while everybody sleeps: when nothing else is left to do, it jumps to the next waker. Hours of
 * waiting take milliseconds, in the same order as in real time.
 */
export class VirtualClock implements Clock {
  #now: number;
  #order = 0;
  #isTurning = false;
  readonly #sleepers: Sleeper[] = [];
  /** All sleeps asked for, in milliseconds. */
  readonly sleeps: number[] = [];

  constructor(now = 1_000_000) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    this.sleeps.push(milliseconds);
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(new Error("aborted"));
      const sleeper = { wakeAt: this.#now + milliseconds, order: (this.#order += 1), wake: resolve };
      const abort = (): void => {
        const index = this.#sleepers.indexOf(sleeper);
        if (index !== -1) this.#sleepers.splice(index, 1);
        reject(new Error("aborted"));
      };
      signal?.addEventListener("abort", abort, { once: true });
      this.#insert({ ...sleeper, wake: () => (signal?.removeEventListener("abort", abort), resolve()) });
      this.#turn();
    });
  }

  #insert(sleeper: Sleeper): void {
    const index = this.#sleepers.findIndex((other) => other.wakeAt > sleeper.wakeAt);
    this.#sleepers.splice(index === -1 ? this.#sleepers.length : index, 0, sleeper);
  }

  #turn(): void {
    if (this.#isTurning) return;
    this.#isTurning = true;
    setImmediate(() => {
      this.#isTurning = false;
      const next = this.#sleepers.shift();
      if (next === undefined) return;
      this.#now = Math.max(this.#now, next.wakeAt);
      next.wake();
      this.#turn();
    });
  }
}
