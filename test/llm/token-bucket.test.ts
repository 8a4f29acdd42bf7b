import * as fc from "fast-check";
import { expect, test } from "vitest";
import { TokenBucket } from "../../src/llm/token-bucket.ts";

test("without a limit nothing waits", () => {
  const bucket = new TokenBucket(undefined, 0);
  bucket.take(1e9, 0);
  expect(bucket.waitMs(1e9, 0)).toBe(0);
});

test("a given limit lets a tenth of it go at once and the rest at its pace", () => {
  const bucket = new TokenBucket(600, 0);
  bucket.take(60, 0);
  expect([bucket.waitMs(1, 0), bucket.waitMs(1, 60), bucket.waitMs(1, 100)]).toEqual([100, 40, 0]);
});

test("in any minute no more than the limit and one burst is let through", () => {
  const gaps = fc.array(fc.record({ gap: fc.nat(3_000), amount: fc.integer({ min: 1, max: 30 }) }), { maxLength: 200 });
  fc.assert(
    fc.property(gaps, (steps) => {
      const bucket = new TokenBucket(300, 0);
      let now = 0;
      const taken: { readonly at: number; readonly amount: number }[] = [];
      for (const { gap, amount } of steps) {
        now += gap;
        now += bucket.waitMs(amount, now);
        bucket.take(amount, now);
        taken.push({ at: now, amount });
      }
      for (const { at } of taken) {
        const within = taken.filter((one) => one.at >= at && one.at < at + 60_000);
        expect(within.reduce((sum, one) => sum + one.amount, 0)).toBeLessThanOrEqual(300 + 30 + 1);
      }
    }),
  );
});

const START = { at: 0, taken: 0 };

test("headers set level and pace; what was sent since the counted request is subtracted", () => {
  const bucket = new TokenBucket(undefined, 0);
  const mark = bucket.take(1, 0);
  bucket.take(2, 0);
  bucket.sync({ limit: 600, remaining: 2, resetMs: 59_800 }, mark, 0);
  expect(bucket.waitMs(1, 0)).toBe(100);
});

test("a newer reply may raise the level, an overtaken one may not", () => {
  const bucket = new TokenBucket(undefined, 0);
  const older = bucket.take(1, 0);
  const newer = bucket.take(1, 0);
  bucket.sync({ limit: 600, remaining: 0 }, newer, 0);
  bucket.sync({ limit: 600, remaining: 500 }, older, 0);
  expect(bucket.waitMs(1, 0)).toBe(100);
  bucket.sync({ limit: 600, remaining: 500 }, newer, 0);
  expect(bucket.waitMs(1, 0)).toBe(0);
});

test("headers never widen a given limit", () => {
  const bucket = new TokenBucket(600, 0);
  const mark = bucket.take(60, 0);
  bucket.sync({ limit: 60_000, remaining: 59_000 }, mark, 0);
  expect(bucket.waitMs(1, 0)).toBe(100);
});

test("a limit that is meant for a day is not taken for a minute's", () => {
  const bucket = new TokenBucket(undefined, 0);
  bucket.sync({ limit: 14_400, remaining: 0, resetMs: 86_400_000 }, START, 0);
  expect(bucket.waitMs(1, 0)).toBe(6_000);
});

test("what was reserved and not used comes back; more than a full bucket is never asked for", () => {
  const bucket = new TokenBucket(600, 0);
  bucket.take(60, 0);
  bucket.settle(60, 20);
  expect(bucket.waitMs(40, 0)).toBe(0);
  expect(bucket.waitMs(1_000_000, 0)).toBe(2_000);
});
