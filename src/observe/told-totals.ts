import type { RunEnded, RunEvent } from "../core/events.ts";
import { addCost, addUsage, FREE, NO_USAGE } from "../core/usage.ts";

/** The end of work whose sums nobody else keeps: those of the attempts that were told. */
export class ToldTotals {
  #ended: RunEnded = { type: "run-ended", requests: 0, usage: NO_USAGE, cost: FREE };

  get ended(): RunEnded {
    return this.#ended;
  }

  readonly onEvent = (event: RunEvent): void => {
    if (event.type !== "attempt-finished") return;
    const { requests, usage, cost } = this.#ended;
    this.#ended = {
      type: "run-ended",
      requests: requests + 1,
      usage: addUsage(usage, event.usage),
      cost: addCost(cost, event.cost),
    };
  };
}
