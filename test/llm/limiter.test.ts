import { expect, test } from "vitest";
import type { Reply } from "../../src/core/model.ts";
import { countStatuses, modelRig, questions } from "../support/model-rig.ts";
import { completion, failure, GOOD, scriptedProvider } from "../support/scripted-provider.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

/** A server's continuously refilled bucket of ten seconds' worth, with OpenAI's headers. */
class ServerBucket {
  readonly #perMinute: number;
  readonly #clock: VirtualClock;
  #level: number;
  #at: number;
  refused = 0;

  constructor(perMinute: number, clock: VirtualClock) {
    this.#perMinute = perMinute;
    this.#clock = clock;
    this.#level = perMinute / 6;
    this.#at = clock.now();
  }

  admit(amount: number, good: Reply, headers: "requests" | "tokens" | "none"): Reply {
    const now = this.#clock.now();
    this.#level = Math.min(this.#perMinute / 6, this.#level + ((now - this.#at) * this.#perMinute) / 60_000);
    this.#at = now;
    const isAdmitted = this.#level >= amount;
    if (isAdmitted) this.#level -= amount;
    else this.refused += 1;
    const limit = { limit: this.#perMinute, remaining: Math.floor(this.#level) };
    const limits = headers === "none" ? undefined : { [headers]: limit };
    if (isAdmitted) return good.kind === "completion" ? { ...good, limits } : good;
    const refusal = failure("rate-limit", { status: 429 });
    return refusal.kind === "failure" ? { ...refusal, limits } : refusal;
  }
}

test("600 requests a minute known from headers: nothing fails, nothing is refused, no time is lost", async () => {
  const clock = new VirtualClock();
  const bucket = new ServerBucket(600, clock);
  const provider = scriptedProvider(clock, () => bucket.admit(1, GOOD, "requests"));
  const { runAll } = modelRig({ provider, clock, ceiling: 50 });
  const startedAt = clock.now();
  const outcomes = await runAll(questions(400));
  expect(countStatuses(outcomes)).toEqual({ ok: 400 });
  expect({ sent: provider.sent.length, refused: bucket.refused }).toEqual({ sent: 400, refused: 0 });
  expect(clock.now() - startedAt).toBeLessThan(30_000 * 1.15);
});

test("600,000 tokens a minute known from headers: nothing fails, few are refused, little time is lost", async () => {
  const clock = new VirtualClock();
  const bucket = new ServerBucket(600_000, clock);
  const usage = {
    inputTokens: 1_450,
    outputTokens: 50,
    cachedInputTokens: 0,
    cacheWriteTokens: 0,
    reasoningTokens: 0,
  };
  const good = completion('{"answer":"yes"}', { usage });
  const provider = scriptedProvider(clock, () => bucket.admit(1_500, good, "tokens"));
  const { runAll } = modelRig({ provider, clock, ceiling: 50 });
  const startedAt = clock.now();
  const outcomes = await runAll(questions(400));
  expect(countStatuses(outcomes)).toEqual({ ok: 400 });
  expect(bucket.refused).toBeLessThanOrEqual(20);
  expect(clock.now() - startedAt).toBeLessThan(50_000 * 1.25);
});

test("without any header 3,000 requests finish", async () => {
  const clock = new VirtualClock();
  const provider = scriptedProvider(clock, () => GOOD);
  const { runAll, slots } = modelRig({ provider, clock, ceiling: 50 });
  const startedAt = clock.now();
  expect(countStatuses(await runAll(questions(3_000)))).toEqual({ ok: 3_000 });
  expect(slots()).toBe(50);
  expect(clock.now() - startedAt).toBeLessThan(6_000 * 1.25);
});

test("a limit without header and hint: each refused request waits a second or more, none fails", async () => {
  const clock = new VirtualClock();
  const bucket = new ServerBucket(600, clock);
  const provider = scriptedProvider(clock, () => bucket.admit(1, GOOD, "none"));
  const { runAll } = modelRig({ provider, clock, ceiling: 50 });
  expect(countStatuses(await runAll(questions(400)))).toEqual({ ok: 400 });
  expect(bucket.refused).toBeGreaterThan(0);
  const lastAt = new Map<string, number>();
  for (const { request, at, attempt } of provider.sent) {
    if (attempt > 1) expect(at - (lastAt.get(request.key) ?? at)).toBeGreaterThanOrEqual(1_000);
    lastAt.set(request.key, at);
  }
});

test("a hint of 90 s holds all requests for 90 s", async () => {
  const clock = new VirtualClock();
  const provider = scriptedProvider(clock, (_sent, count) =>
    count === 1 ? failure("rate-limit", { status: 429, retryAfterMs: 90_000 }) : GOOD,
  );
  const { runAll, events } = modelRig({ provider, clock });
  const startedAt = clock.now();
  expect(countStatuses(await runAll(questions(100)))).toEqual({ ok: 100 });
  const times = provider.sent.map(({ at }) => at - startedAt);
  expect(times.filter((time) => time > 100 && time < 90_100)).toEqual([]);
  expect(times.filter((time) => time <= 100).length).toBeLessThanOrEqual(8);
  expect(events.filter(({ type }) => type === "wait-started")).toEqual([
    { type: "wait-started", milliseconds: 90_000, reason: "rate-limit" },
  ]);
});

test("a lone short hint holds up the request that got it and no other", async () => {
  const clock = new VirtualClock();
  const provider = scriptedProvider(clock, (_sent, count) =>
    count === 50 ? failure("rate-limit", { status: 429, retryAfterMs: 3_000 }) : GOOD,
  );
  const { runAll } = modelRig({ provider, clock });
  const startedAt = clock.now();
  expect(countStatuses(await runAll(questions(200)))).toEqual({ ok: 200 });
  const times = provider.sent.map(({ at }) => at - startedAt);
  expect(times.filter((time) => time > 2_500).length).toBe(1);
});

test("requests sent before go ahead of those never sent", async () => {
  const clock = new VirtualClock();
  const provider = scriptedProvider(clock, ({ attempt }, count) =>
    attempt === 1 && count <= 8 ? failure("retry", { status: 500 }) : GOOD,
  );
  const { runAll } = modelRig({ provider, clock, ceiling: 2 });
  await runAll(questions(400), 100);
  const waits = provider.sent.flatMap(({ request, at, attempt }) => {
    const first = provider.sent.find((other) => other.request.key === request.key);
    return attempt === 2 && first !== undefined ? [at - first.at] : [];
  });
  // Latency, 1 to 4 s of waiting, and at most the round under way; 400 questions on 2 slots take 20 s.
  expect(Math.max(...waits)).toBeLessThan(4_400);
});

test("a stall longer than allowed ends the run, to be taken up again", async () => {
  const clock = new VirtualClock();
  const provider = scriptedProvider(clock, () => failure("rate-limit", { status: 429, retryAfterMs: 3_600_000 }));
  const { runAll, model } = modelRig({ provider, clock });
  const startedAt = clock.now();
  expect(countStatuses(await runAll(questions(100)))).toEqual({ cancelled: 100 });
  expect(model.stopReason()).toEqual({ kind: "rate-limit", waitMs: 3_600_000 });
  expect(clock.now() - startedAt).toBeLessThan(1_000);
});
