import { z } from "zod";
import type { RunEvent } from "../../src/core/events.ts";
import type { Provider } from "../../src/core/model.ts";
import type { Outcome } from "../../src/core/outcome.ts";
import type { RecordLog } from "../../src/core/record-log.ts";
import type { Task } from "../../src/core/task.ts";
import { runLocal } from "../../src/engine/local.ts";
import { openJournal } from "../../src/llm/journal.ts";
import { createLedger } from "../../src/llm/ledger.ts";
import { createLimiter } from "../../src/llm/limiter.ts";
import type { Price } from "../../src/llm/prices.ts";
import { createModel, type ResilientModel, type ResilientModelOptions } from "../../src/llm/resilient-model.ts";
import { MemoryRecordLog } from "./memory-record-log.ts";
import { VirtualClock } from "./virtual-clock.ts";

export const answerSchema = z.object({ answer: z.string().min(1) });
export type Answer = z.infer<typeof answerSchema>;

export function answerTask(question: string, changes: Partial<Task<Answer>> = {}): Task<Answer> {
  return {
    name: "draft",
    input: { question },
    messages: [{ role: "user", content: question }],
    schema: answerSchema,
    maxOutputTokens: 100,
    sampling: {},
    sample: 0,
    ...changes,
  };
}

/** One dollar for a million tokens of input, ten for output. */
export const PRICE: Price = {
  usd: ({ inputTokens, outputTokens }) => (inputTokens + 10 * outputTokens) / 1_000_000,
  source: "test",
  date: undefined,
};

/** A generator of numbers from 0 up to 1 that is the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface RigOptions extends Pick<ResilientModelOptions, "maxWaitMs" | "resend"> {
  readonly provider: Provider;
  readonly ceiling?: number | undefined;
  readonly clock?: VirtualClock | undefined;
  readonly log?: RecordLog | undefined;
  readonly earlier?: readonly RecordLog[] | undefined;
  readonly price?: Price | undefined;
  readonly budgetUsd?: number | undefined;
  readonly seed?: number | undefined;
}

export interface Rig {
  readonly model: ResilientModel;
  readonly clock: VirtualClock;
  readonly log: RecordLog;
  readonly events: readonly RunEvent[];
  readonly slots: () => number;
  readonly spent: () => unknown;
  readonly totals: () => unknown;
  /** Runs one task a question and gives the outcomes in the order of the questions. */
  readonly runAll: (questions: readonly string[], inFlight?: number) => Promise<readonly Outcome<Answer>[]>;
}

/** A model wired as a run wires it, with time, chance and disk replaced. */
export function modelRig(options: RigOptions): Rig {
  const { provider, ceiling = 50, clock = new VirtualClock(), log = new MemoryRecordLog(), price = PRICE } = options;
  const random = seeded(options.seed ?? 1);
  const events: RunEvent[] = [];
  const onEvent = (event: RunEvent): void => void events.push(event);
  const journal = openJournal({ current: log, earlier: options.earlier, clock });
  const limiter = createLimiter({ ceiling, clock, random, onEvent });
  const ledger = createLedger({ price, budgetUsd: options.budgetUsd, spent: journal.totals().cost });
  const { maxWaitMs, resend } = options;
  const model = createModel({ provider, limiter, ledger, journal, clock, random, onEvent, maxWaitMs, resend });
  const { signal } = new AbortController();
  return {
    model,
    clock,
    log,
    events,
    slots: () => limiter.slots,
    spent: () => ledger.spent(),
    totals: () => journal.totals(),
    runAll: async (asked, inFlight = ceiling * 2) => {
      const outcomes: Outcome<Answer>[] = [];
      const run = (index: number): Promise<Outcome<Answer>> => model.run(answerTask(asked[index] ?? ""), signal);
      for await (const end of runLocal({ items: asked.keys(), run, inFlight, signal })) {
        if (end.kind === "threw") throw end.error;
        outcomes[end.item] = end.result;
      }
      return outcomes;
    },
  };
}

export function countStatuses(outcomes: readonly Outcome<unknown>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of outcomes) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

export function questions(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `What is ${index}?`);
}
