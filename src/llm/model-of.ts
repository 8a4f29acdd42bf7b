import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "../core/clock.ts";
import type { Provider } from "../core/model.ts";
import { openJournal } from "./journal.ts";
import { createLedger } from "./ledger.ts";
import { createLimiter } from "./limiter.ts";
import { MemoryLog } from "./memory-log.ts";
import { findPrice, NO_CHARGE, type Price } from "./prices.ts";
import { createModel, type ResilientModel } from "./resilient-model.ts";

export interface ModelOfOptions {
  /** Most requests under way at once; 8 by default. */
  readonly concurrency?: number | undefined;
  readonly requestsPerMinute?: number | undefined;
  readonly tokensPerMinute?: number | undefined;
  /** US dollars that are never passed; no limit by default. */
  readonly budgetUsd?: number | undefined;
}

const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => wait(milliseconds, undefined, signal === undefined ? {} : { signal }),
};

/**
 * A provider as the model that `fillBank` and `gradeSubmissions` ask: replies are held to their schema, faults are retried,
 * rate limits and the budget are kept, equal requests are sent once. Nothing is written to the disk; the command line is for
 * runs that must outlive their process.
 *
 * @throws UserError where a budget is given and the model's price is not known.
 */
export async function modelOf(provider: Provider, options: ModelOfOptions = {}): Promise<ResilientModel> {
  const shared = { clock: SYSTEM_CLOCK, random: Math.random };
  const { concurrency = 8, requestsPerMinute, tokensPerMinute, budgetUsd } = options;
  return createModel({
    ...shared,
    provider,
    limiter: createLimiter({ ...shared, ceiling: concurrency, requestsPerMinute, tokensPerMinute }),
    ledger: createLedger({ price: await priceOf(provider), budgetUsd }),
    journal: openJournal({ current: new MemoryLog([]), clock: SYSTEM_CLOCK }),
  });
}

async function priceOf({ name, model, endpoint }: Provider): Promise<Price | undefined> {
  return name === "offline" ? NO_CHARGE : findPrice({ model, endpoint, tier: "sync" });
}
