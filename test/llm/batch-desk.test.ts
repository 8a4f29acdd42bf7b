import { describe, expect, test } from "vitest";
import { BatchHost, resultLine, undoneLine, type HostedBatch } from "../support/batch-host.ts";
import { batchRig, type Session } from "../support/batch-rig.ts";
import { MemoryRecordLog } from "../support/memory-record-log.ts";
import { countStatuses, questions, seeded } from "../support/model-rig.ts";
import { errorReply, reply, type Behaviour, type Seen } from "../support/model-server.ts";

const good = ({ user }: Seen): Behaviour => reply(JSON.stringify({ answer: `to ${user}` }));
/** What {@link good} uses, at the price of the batch lane: (100 + 10 x 20) / 2 millionths. */
const LINE_USD = 0.000_15;

function shuffled<Value>(values: readonly Value[], seed: number): Value[] {
  const random = seeded(seed);
  return values
    .map((value) => ({ value, at: random() }))
    .toSorted((left, right) => left.at - right.at)
    .map(({ value }) => value);
}

function statuses({ outcomes }: Session): Record<string, number> {
  return countStatuses([...outcomes.values()]);
}

function repeated(names: readonly string[]): readonly string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}

/** Puts one reply under the name of another. */
function renamed(line: string | undefined, name: string): string {
  return (line ?? "").replace(/"custom_id":"[^"]*"/, `"custom_id":"${name}"`);
}

const unevenly = (seen: Seen): Behaviour => {
  if (seen.user === "What is 0?") return reply("{}", { usage: { input: 100, output: 5 } });
  if (seen.user === "What is 1?" && seen.body["max_output_tokens"] === 100) return reply('{"an', { finish: "length" });
  if (seen.user === "What is 2?") return reply(null, { refusal: "no" });
  return good(seen);
};

const failingFirst = (seen: Seen): Behaviour => (seen.user === "What is 0?" ? errorReply(500) : good(seen));

const withoutFormat = (seen: Seen): Behaviour =>
  Object.hasOwn(seen.body, "text") ? errorReply(400, { param: "text.format", code: null }) : good(seen);

const badly = (batch: HostedBatch, { output }: { readonly output: readonly string[] }) => {
  const round = Number(batch.id.replace("batch_", ""));
  const mixed = shuffled(output, round);
  if (round === 1) {
    const half = mixed.slice(0, 500);
    const expired = batch.lines.slice(0).filter(({ custom_id: id }) => !half.some((line) => line.includes(id)));
    return {
      status: "expired",
      output: half,
      error: expired.map(({ custom_id: id }) => undoneLine(id, "batch_expired")),
    };
  }
  if (round === 2) {
    const [first = ""] = mixed;
    return { output: [...mixed.slice(0, 300), first, "not JSON", renamed(first, "somebody-else"), first] };
  }
  if (round === 3) return { status: "cancelled", error: mixed.slice(0, 100) };
  return { output: mixed };
};

const expiring = (_batch: HostedBatch, { output }: { readonly output: readonly string[] }) => ({
  status: "expired",
  output: output.slice(0, 600),
});

const queueFull = () => ({ status: "failed", errors: [{ code: "token_limit_exceeded" }] });

const badLine = () => ({ status: "failed", errors: [{ code: "invalid_json_line", line: 2 }] });

const broke = (): Behaviour => errorReply(429, { code: "insufficient_quota" });

describe("a run by batch", () => {
  test("ends while the batch is in flight, and finds its replies when it is taken up", async () => {
    const { session, host, server } = await batchRig({ behave: good });
    const first = await session(questions(5));
    expect({ stop: first.stop, outcomes: first.outcomes.size }).toEqual({
      stop: { kind: "batch", batches: 1, requests: 5 },
      outcomes: 0,
    });
    const second = await session(questions(5));
    expect(second.stop).toBeUndefined();
    expect(
      [...second.outcomes].map(([question, outcome]) => [question, outcome.status === "ok" && outcome.value]),
    ).toEqual(questions(5).map((question) => [question, { answer: `to ${question}` }]));
    expect(second.totals).toEqual({ attempts: 5, cost: { kind: "known", usd: expect.closeTo(5 * LINE_USD, 12) } });
    expect(second.spentUsd).toBeCloseTo(5 * LINE_USD, 12);
    expect(host.batches).toHaveLength(1);
    expect(server.requests).toEqual([]);
    const third = await session(questions(5));
    expect({ stop: third.stop, ...statuses(third), calls: host.batches.length }).toEqual({
      stop: undefined,
      ok: 5,
      calls: 1,
    });
  });

  test("asks in the words of the direct lane, so that work moves between lanes for nothing", async () => {
    const { session, host, server } = await batchRig({ behave: good });
    await session(questions(3), { waits: true });
    const direct = await session(questions(4), { byBatch: false });
    expect(statuses(direct)).toEqual({ ok: 4 });
    expect(server.requests.map(({ user }) => user)).toEqual(["What is 3?"]);
    const { input, text, max_output_tokens: limit } = server.requests[0]?.body ?? {};
    const line = host.batches[0]?.lines[0]?.body;
    expect({ ...line, input: [] }).toEqual({ ...server.requests[0]?.body, input: [] });
    expect({ text, limit, isAsked: Array.isArray(input) }).toEqual({ text: line?.["text"], limit: 100, isAsked: true });
    const batch = await session(questions(5));
    expect({ stop: batch.stop, ...statuses(batch) }).toEqual({
      stop: { kind: "batch", batches: 1, requests: 1 },
      ok: 4,
    });
  });

  test("misfits and cut replies go with the next wave, told their faults or given more room, and are booked once", async () => {
    const { session, host, log } = await batchRig({ behave: unevenly });
    const runs: Session[] = [];
    for (let run = 0; run < 3; run += 1) runs.push(await session(questions(4)));
    expect(host.batches.map(({ lines }) => lines.length)).toEqual([4, 2]);
    const last = runs.at(-1);
    const ends = [...(last?.outcomes ?? [])].map(
      ([question, { status, receipt }]) => `${question} ${status} ${receipt.attempts}`,
    );
    expect(ends.toSorted()).toEqual(["What is 0? ok 2", "What is 1? ok 2", "What is 2? refused 1", "What is 3? ok 1"]);
    const again = host.batches[1]?.lines.map(({ body }) => ({
      limit: body["max_output_tokens"],
      turns: body.input?.length,
    }));
    expect(again?.toSorted((left, right) => Number(left.limit) - Number(right.limit))).toEqual([
      { limit: 100, turns: 3 },
      { limit: 200, turns: 1 },
    ]);
    expect(log.lines.filter((line) => line.includes('"type":"attempt"'))).toHaveLength(6);
    expect(repeated(host.asked)).toEqual([]);
  });

  test("a request that fails in every batch is given up after four tries, the others are not held up", async () => {
    const { session, host } = await batchRig({ behave: failingFirst });
    const end = await session(questions(2), { waits: true });
    expect(statuses(end)).toEqual({ ok: 1, api_error: 1 });
    expect(host.batches.map(({ lines }) => lines.length)).toEqual([2, 1, 1, 1]);
  });

  test("learns from a line that names a parameter, and asks without it", async () => {
    const { session, host } = await batchRig({ behave: withoutFormat });
    expect(statuses(await session(questions(3), { waits: true }))).toEqual({ ok: 3 });
    const formats = host.batches.map(({ lines }) => lines[0]?.body["text"]);
    expect(formats).toEqual([
      { format: expect.objectContaining({ type: "json_schema" }) },
      { format: { type: "json_object" } },
      undefined,
    ]);
  });
});

describe("1,000 requests of which every batch brings something wrong", () => {
  const ITEMS = questions(1_000);

  test("shuffled, half expired, missing, unknown, twice, unreadable, renamed, empty file ids: one outcome each", async () => {
    const { session, host } = await batchRig({ behave: good, end: badly });
    const ended = await session(ITEMS, { waits: true });
    expect(statuses(ended)).toEqual({ ok: 1_000 });
    expect(host.batches.map(({ lines }) => lines.length)).toEqual([1_000, 500, 200, 100]);
    expect(ended.batches.map(({ ending, counts }) => ({ ending, ...counts }))).toEqual([
      { ending: "expired", answered: 500, failed: 500, missing: 0, unknown: 0, duplicate: 0, unreadable: 0 },
      { ending: "completed", answered: 300, failed: 0, missing: 200, unknown: 1, duplicate: 2, unreadable: 1 },
      { ending: "cancelled", answered: 100, failed: 0, missing: 100, unknown: 0, duplicate: 0, unreadable: 0 },
      { ending: "completed", answered: 100, failed: 0, missing: 0, unknown: 0, duplicate: 0, unreadable: 0 },
    ]);
    expect(
      [...ended.outcomes].every(
        ([question, outcome]) => outcome.status === "ok" && outcome.value.answer === `to ${question}`,
      ),
    ).toBe(true);
    expect(ended.spentUsd).toBeCloseTo(1_000 * LINE_USD, 9);
    const again = await session(ITEMS);
    expect({ ...statuses(again), batches: host.batches.length, ...again.totals }).toMatchObject({
      ok: 1_000,
      batches: 4,
      attempts: 1_800,
    });
  });

  test("the rest of an expired batch goes at once where the user will not wait for another", async () => {
    const { session, host, server } = await batchRig({ behave: good, end: expiring });
    const few = ITEMS.slice(0, 50);
    await session(few);
    const ended = await session(few, { finishes: true });
    expect(statuses(ended)).toEqual({ ok: 50 });
    expect(host.batches).toHaveLength(1);
    // The batch was still in flight: it was cancelled, and brought nothing.
    expect(server.requests).toHaveLength(50);
    expect(host.calls.filter((call) => call.endsWith("/cancel"))).toHaveLength(1);
  });

  test("what came before the user stops waiting is not sent again", async () => {
    const rig = await batchRig({ behave: good, end: (batch, { output }) => endHalf(batch, output), looks: 0 });
    const endHalf = (_batch: HostedBatch, output: readonly string[]) => {
      rig.host.options = { behave: good, looks: 99 };
      return { status: "expired", output: output.slice(0, 6) };
    };
    const waiting = await rig.session(questions(10));
    expect({ ...statuses(waiting), kind: waiting.stop?.kind }).toEqual({ ok: 6, kind: "batch" });
    const ended = await rig.session(questions(10), { finishes: true });
    expect(statuses(ended)).toEqual({ ok: 10 });
    expect(rig.server.requests).toHaveLength(4);
    expect(ended.spentUsd).toBeCloseTo(6 * LINE_USD + 4 * 2 * LINE_USD, 12);
  });
});

test("replies to what is not asked any more are told before other requests are paid for", async () => {
  const { session } = await batchRig({ behave: good });
  await session(["before the change", "the same"]);
  const changed = await session(["after the change", "the same"], { waits: true });
  expect(changed.events.filter(({ type }) => type === "replies-unclaimed")).toEqual([
    { type: "replies-unclaimed", replies: 1 },
  ]);
  expect(statuses(changed)).toEqual({ ok: 2 });
});

test("a batch that nobody asks for any more is taken in all the same, and counted in the cost", async () => {
  const { session } = await batchRig({ behave: good, looks: 3 });
  await session(questions(3));
  const waiting = await session([]);
  expect(waiting.stop).toEqual({ kind: "batch", batches: 1, requests: 3 });
  const end = await session([], { waits: true });
  expect(end.events.filter(({ type }) => type === "replies-unclaimed")).toEqual([
    { type: "replies-unclaimed", replies: 3 },
  ]);
  expect(end.totals).toEqual({ attempts: 3, cost: { kind: "known", usd: expect.closeTo(3 * LINE_USD, 12) } });
  // Asked for again after all, they are neither paid for nor counted once more.
  const after = await session(questions(3));
  expect({ ...statuses(after), ...after.totals }).toEqual({ ok: 3, ...end.totals });
});

describe("files and limits", () => {
  test("a wave is cut by requests, and by what may wait at the endpoint at once", async () => {
    const { session, host } = await batchRig({ behave: good });
    expect(statuses(await session(questions(25), { waits: true, limits: { requests: 10 } }))).toEqual({ ok: 25 });
    expect(host.batches.map(({ lines }) => lines.length)).toEqual([10, 10, 5]);
    const small = await batchRig({ behave: good });
    const first = await small.session(questions(25), { limits: { inputTokens: 600 } });
    expect({ submitted: small.host.batches.length, kind: first.stop?.kind }).toEqual({ submitted: 1, kind: "batch" });
    expect(statuses(await small.session(questions(25), { waits: true, limits: { inputTokens: 600 } }))).toEqual({
      ok: 25,
    });
    expect(repeated(small.host.asked)).toEqual([]);
  });

  test("no file is larger than allowed", async () => {
    const { session, host } = await batchRig({ behave: good });
    await session(questions(50), { waits: true, limits: { bytes: 8_000 } });
    const sizes = [...host.files]
      .filter(([, text]) => text.includes('"method":"POST"'))
      .map(([, text]) => Buffer.byteLength(text));
    expect(sizes.length).toBeGreaterThan(2);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(8_000);
  });

  test("a batch turned away for want of room goes again when another has ended", async () => {
    let isTurnedAway = false;
    const end = ({ id }: HostedBatch, whole: { readonly output: readonly string[] }) => {
      if (id !== "batch_2" || isTurnedAway) return whole;
      isTurnedAway = true;
      return { status: "failed", errors: [{ code: "token_limit_exceeded" }] };
    };
    const { session } = await batchRig({ behave: good, end, looks: 2 });
    const ended = await session(questions(20), { waits: true, limits: { requests: 10 } });
    expect(statuses(ended)).toEqual({ ok: 20 });
  });

  test("one that is too large alone stops the run and says what to give", async () => {
    const { session, host } = await batchRig({ behave: good, end: queueFull, looks: 0 });
    const { stop } = await session(questions(3), { waits: true });
    expect(stop).toMatchObject({
      kind: "failure",
      failure: {
        message:
          "the endpoint refused batch_1 as a whole (token_limit_exceeded); give --batch-tokens less than the endpoint lets wait at once",
      },
    });
    host.options = { behave: good };
    expect(statuses(await session(questions(3), { waits: true }))).toEqual({ ok: 3 });
  });

  test("a file the endpoint refuses stops the run, names the line, and is collected anew", async () => {
    const { session, host } = await batchRig({ behave: good, end: badLine, looks: 0 });
    const refused = await session(questions(3), { waits: true });
    expect(refused.stop).toMatchObject({
      kind: "failure",
      failure: { message: "the endpoint refused batch_1 as a whole (line 2: invalid_json_line)" },
    });
    host.options = { behave: good };
    expect(statuses(await session(questions(3), { waits: true }))).toEqual({ ok: 3 });
    expect(host.batches).toHaveLength(2);
  });

  test("no money: the run stops with the cause, and goes on where it was when there is some", async () => {
    const { session, host } = await batchRig({ behave: broke, looks: 0 });
    const stopped = await session(questions(3), { waits: true });
    expect(stopped.stop).toMatchObject({ kind: "failure", failure: { code: "insufficient_quota" } });
    host.options = { behave: good };
    expect(statuses(await session(questions(3), { waits: true }))).toEqual({ ok: 3 });
  });
});

describe("batches that cannot be found", () => {
  test("another key: told before anything is sent; given up only when asked to", async () => {
    const { session, host } = await batchRig({ behave: good });
    await session(questions(2));
    await expect(session(questions(2), { apiKey: "other" })).rejects.toThrow(
      "this run waits for batches that were submitted with another key",
    );
    expect(host.batches).toHaveLength(1);
    expect(statuses(await session(questions(2), { apiKey: "other", givesUpLost: true, waits: true }))).toEqual({
      ok: 2,
    });
    expect(host.batches).toHaveLength(2);
  });

  test("gone from the endpoint: the same", async () => {
    const { session, host } = await batchRig({ behave: good });
    await session(questions(2));
    host.batches.length = 0;
    await expect(session(questions(2))).rejects.toThrow("the endpoint knows no batch_1, which this run waits for");
    expect(statuses(await session(questions(2), { givesUpLost: true, waits: true }))).toEqual({ ok: 2 });
  });
});

describe("budget", () => {
  test("never passed whatever replies cost, a wave at a time, and the rest waits for more money", async () => {
    for (const seed of [1, 2, 3]) {
      const random = seeded(seed);
      const behave = (seen: Seen): Behaviour =>
        reply(JSON.stringify({ answer: seen.user }), { usage: { input: 40, output: 1 + Math.floor(random() * 100) } });
      const { session, host } = await batchRig({ behave });
      const budgetUsd = 0.01;
      const ended = await session(questions(60), { waits: true, budgetUsd });
      expect(ended.stop).toEqual({ kind: "budget" });
      expect(ended.spentUsd).toBeLessThanOrEqual(budgetUsd);
      expect(ended.spentUsd).toBeGreaterThan(budgetUsd / 2);
      const rest = await session(questions(60), { waits: true, budgetUsd: 1 });
      expect(statuses(rest)).toEqual({ ok: 60 });
      expect(repeated(host.asked)).toEqual([]);
    }
  });

  test("money of a batch in flight stays set aside when the run is taken up", async () => {
    const { session, host } = await batchRig({ behave: good, looks: 5 });
    await session(questions(10), { budgetUsd: 0.01 });
    const asked = host.asked.length;
    const more = await session(questions(100), { budgetUsd: 0.01 });
    expect({ kind: more.stop?.kind, asked: host.asked.length }).toEqual({ kind: "batch", asked });
  });
});

describe("broken off", () => {
  const MOMENTS = ["before-upload", "after-upload", "before-create", "after-create"] as const;

  test.each(MOMENTS)("the connection, once, at %s: one batch, no request asked twice", async (moment) => {
    let isBroken = false;
    const at = (here: string): "skip" | undefined => {
      if (here !== moment || isBroken) return undefined;
      isBroken = true;
      return "skip";
    };
    const { session, host } = await batchRig({ behave: good, at });
    expect(statuses(await session(questions(6), { waits: true }))).toEqual({ ok: 6 });
    expect({ isBroken, batches: host.batches.length, repeated: repeated(host.asked) }).toEqual({
      isBroken: true,
      batches: 1,
      repeated: [],
    });
  });

  test.each(MOMENTS)("the connection for good at %s: the run stops, and goes on with one batch", async (moment) => {
    const { session, host } = await batchRig({ behave: good, at: (here) => (here === moment ? "skip" : undefined) });
    const { stop } = await session(questions(6));
    // A batch that was made is found at the next try, although its making was never confirmed.
    expect(stop?.kind).toBe(moment === "after-create" ? "batch" : "outage");
    host.options = { behave: good };
    expect(statuses(await session(questions(6), { waits: true }))).toEqual({ ok: 6 });
    expect({ batches: host.batches.length, repeated: repeated(host.asked) }).toEqual({ batches: 1, repeated: [] });
  });

  test("between the replies and the journal: nothing is asked or booked twice", async () => {
    const { session, host, log } = await batchRig({ behave: good });
    await session(questions(6));
    const before = new MemoryRecordLog();
    for (const line of log.lines) before.append(JSON.parse(line));
    await session(questions(6), { log: before });
    // As if the journal had been lost after the replies were read, but for two attempts without their results.
    const torn = new MemoryRecordLog();
    const attempts = before.lines.filter((line) => line.includes('"type":"attempt"')).slice(0, 2);
    for (const line of [...log.lines, ...attempts]) torn.append(JSON.parse(line));
    const ended = await session(questions(6), { log: torn });
    expect(statuses(ended)).toEqual({ ok: 6 });
    expect({ attempts: ended.totals.attempts, batches: host.batches.length }).toEqual({ attempts: 6, batches: 1 });
    expect(ended.spentUsd).toBeCloseTo(6 * LINE_USD, 12);
  });
});

test("the host of these tests answers each name as it was asked", () => {
  expect(JSON.parse(resultLine("a-1", { status: 200, body: {} }))).toMatchObject({
    custom_id: "a-1",
    response: { status_code: 200 },
  });
  expect(new BatchHost({ behave: good }).asked).toEqual([]);
});
