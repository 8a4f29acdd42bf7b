import { expect, test } from "vitest";
import type { Usage } from "../../src/core/usage.ts";
import { createLedger } from "../../src/llm/ledger.ts";
import { MemoryRecordLog } from "../support/memory-record-log.ts";
import { countStatuses, modelRig, PRICE, questions, seeded } from "../support/model-rig.ts";
import { completion, scriptedProvider } from "../support/scripted-provider.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

const HUNDREDFOLD = { ...PRICE, usd: (usage: Usage) => PRICE.usd(usage) * 50 };

test("100 runs with random costs never spend more than the budget, and are finished with a higher one", async () => {
  for (let seed = 0; seed < 100; seed += 1) {
    const random = seeded(seed);
    const clock = new VirtualClock();
    const log = new MemoryRecordLog();
    // Up to 0.05 dollars a request: 100 tokens of output at most.
    const priced = () => {
      const usage = { inputTokens: 10, cachedInputTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 };
      return completion('{"answer":"yes"}', { usage: { ...usage, outputTokens: Math.floor(random() * 100) } });
    };
    const first = scriptedProvider(clock, priced);
    const tight = modelRig({ provider: first, clock, log, price: HUNDREDFOLD, budgetUsd: 1, seed });
    const counts = countStatuses(await tight.runAll(questions(100)));
    const spent = tight.spent();
    expect(spent).toMatchObject({ kind: "known" });
    expect(Object(spent).usd).toBeLessThanOrEqual(1);
    expect(Object(spent).usd).toBeGreaterThan(0.9);
    expect(tight.model.stopReason()).toEqual({ kind: "budget" });
    expect((counts["ok"] ?? 0) + (counts["stopped_budget"] ?? 0)).toBe(100);

    const second = scriptedProvider(clock, priced);
    const wide = modelRig({ provider: second, clock, log, price: HUNDREDFOLD, budgetUsd: 100, seed });
    expect(countStatuses(await wide.runAll(questions(100)))).toEqual({ ok: 100 });
    expect(first.sent.length + second.sent.length).toBe(100);
  }
});

test("a request waits while others under way may still leave it room", async () => {
  const ledger = createLedger({ price: PRICE, budgetUsd: 0.001 });
  const first = await ledger.reserve(0, 60);
  const second = ledger.reserve(0, 60);
  first?.settle({ inputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 10, reasoningTokens: 0 });
  const usage = { inputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 60, reasoningTokens: 0 };
  expect([ledger.spent(), (await second)?.settle(usage)]).toEqual([
    { kind: "known", usd: 0.0001 },
    { kind: "known", usd: 0.0006 },
  ]);
  expect(ledger.spent()).toEqual({ kind: "known", usd: 0.0007 });
});

test("a budget is refused where nobody knows the price or what was spent", () => {
  expect(() => createLedger({ price: undefined, budgetUsd: 1 })).toThrow(
    "a budget cannot be kept: the price of this model is unknown",
  );
  expect(() => createLedger({ price: PRICE, budgetUsd: 1, spent: { kind: "unknown" } })).toThrow(
    "a budget cannot be kept: this run has spent an unknown amount already",
  );
});

test("a model without a price costs an unknown amount, not nothing", async () => {
  const clock = new VirtualClock();
  const ledger = createLedger({ price: undefined });
  const reservation = await ledger.reserve(1, 1);
  const usage = { inputTokens: 1, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 1, reasoningTokens: 0 };
  expect(reservation?.settle(usage)).toEqual({ kind: "unknown" });
  expect(ledger.spent()).toEqual({ kind: "unknown" });
  expect(clock.sleeps).toEqual([]);
});
