import { describe, expect, test } from "vitest";
import type { Answered, HostedBatch, Sent } from "../support/batch-host.ts";
import { batchRig, type Session } from "../support/batch-rig.ts";
import { countStatuses, questions } from "../support/model-rig.ts";
import { errorReply, reply, type Behaviour, type Seen } from "../support/model-server.ts";

const good = ({ user }: Seen): Behaviour => reply(JSON.stringify({ answer: `to ${user}` }));
const bad = (): Behaviour => errorReply(500);

type Whole = { readonly output: readonly string[] };

function statuses({ outcomes }: Session): Record<string, number> {
  return countStatuses([...outcomes.values()]);
}

function waves(batches: readonly HostedBatch[]): readonly number[] {
  return batches.map(({ lines }) => lines.length);
}

const isContent = (call: string): boolean => call.endsWith("/content");
const isState = (call: string): boolean => call.startsWith("GET /batches/");
const isCreation = (call: string): boolean => call === "POST /batches";
const gone: Sent = { status: 404, json: { error: { message: "no such file" } } };

/** Another answer to the first so many calls of a kind. */
function first(count: number, isKind: (call: string) => boolean, answer: (honest: () => Answered) => Answered) {
  let met = 0;
  return (call: string, honest: () => Answered): Answered => {
    if (!isKind(call)) return honest();
    met += 1;
    return met <= count ? answer(honest) : honest();
  };
}

/** The JSON of an answer with something changed. */
function changed(honest: () => Answered, changes: object): Answered {
  const answered = honest();
  return answered !== undefined && "json" in answered ? { json: { ...answered.json, ...changes } } : answered;
}

function textOf(honest: () => Answered): string {
  const answered = honest();
  return answered !== undefined && "text" in answered ? answered.text : "";
}

function stateIs(status: string): (honest: () => Answered) => Answered {
  return (honest) => changed(honest, { status });
}

const unnamed = (honest: () => Answered): Answered => changed(honest, { output_file_id: "" });

const FOREVER = Number.POSITIVE_INFINITY;

const cut = (honest: () => Answered): Sent => ({ text: textOf(honest), isCut: true });
const half = (honest: () => Answered): Sent => {
  const text = textOf(honest);
  return { text: text.slice(0, Math.floor(text.length * 0.45)) };
};

describe("files of results", () => {
  test("broken off on the way: read again, and nothing is asked twice", async () => {
    const { session, host } = await batchRig({ behave: good, answer: first(2, isContent, cut) });
    expect(statuses(await session(questions(8), { waits: true }))).toEqual({ ok: 8 });
    expect(waves(host.batches)).toEqual([8]);
  });

  test("shorter than the endpoint says it is: read again before anything is asked again", async () => {
    const { session, host } = await batchRig({ behave: good, answer: first(2, isContent, half) });
    expect(statuses(await session(questions(8), { waits: true }))).toEqual({ ok: 8 });
    expect(waves(host.batches)).toEqual([8]);
  });

  test("short for good: what it holds is kept, the rest is asked again", async () => {
    const isFirst = (call: string): boolean => isContent(call) && host.batches.length === 1;
    const { session, host } = await batchRig({ behave: good, answer: first(FOREVER, (call) => isFirst(call), half) });
    const end = await session(questions(8), { waits: true });
    expect(statuses(end)).toEqual({ ok: 8 });
    expect(waves(host.batches)).toEqual([8, 5]);
    expect(end.batches[0]?.counts).toMatchObject({ answered: 3, missing: 5, unreadable: 1 });
  });

  test("gone: told, and asked again only when asked to", async () => {
    const isFirst = (call: string): boolean => isContent(call) && host.batches.length === 1;
    const { session, host } = await batchRig({
      behave: good,
      looks: 0,
      answer: first(
        FOREVER,
        (call) => isFirst(call),
        () => gone,
      ),
    });
    await expect(session(questions(3))).rejects.toThrow("the endpoint does not keep the replies of batch_1 any more");
    await expect(session(questions(3))).rejects.toThrow("the endpoint does not keep the replies of batch_1 any more");
    expect(waves(host.batches)).toEqual([3]);
    expect(statuses(await session(questions(3), { waits: true, givesUpLost: true }))).toEqual({ ok: 3 });
    expect(waves(host.batches)).toEqual([3, 3]);
  });

  test("not there yet, or not named yet: waited for", async () => {
    const late = await batchRig({ behave: good, answer: first(2, isContent, () => gone) });
    expect(statuses(await late.session(questions(3), { waits: true }))).toEqual({ ok: 3 });
    const nameless = await batchRig({ behave: good, looks: 0, answer: first(2, isState, unnamed) });
    expect(statuses(await nameless.session(questions(3), { waits: true }))).toEqual({ ok: 3 });
    expect([waves(late.host.batches), waves(nameless.host.batches)]).toEqual([[3], [3]]);
  });

  test("never named: completed, and yet nothing came; four waves at most", async () => {
    const { session, host } = await batchRig({ behave: good, end: () => ({}), looks: 0 });
    expect(statuses(await session(questions(3), { waits: true }))).toEqual({ api_error: 3 });
    expect(waves(host.batches)).toEqual([3, 3, 3, 3]);
  });

  test("only one of errors: every item has its outcome", async () => {
    const { session, host } = await batchRig({ behave: bad });
    const end = await session(questions(3), { waits: true });
    expect(statuses(end)).toEqual({ api_error: 3 });
    expect(end.batches.map(({ counts }) => counts?.failed)).toEqual([3, 3, 3, 3]);
    expect(host.batches.every(({ output, error }) => output === undefined && error !== undefined)).toBe(true);
  });

  test("a line longer than any honest one is passed over", async () => {
    const huge = `{"custom_id":"x","pad":"${"a".repeat(40_000_000)}"}`;
    const end = (_batch: HostedBatch, { output }: Whole): Whole => ({
      output: [...output.slice(0, 2), huge, ...output.slice(2)],
    });
    const { session, host } = await batchRig({ behave: good, end });
    const ended = await session(questions(4), { waits: true });
    expect(statuses(ended)).toEqual({ ok: 4 });
    expect(ended.batches.map(({ counts }) => counts)).toMatchObject([{ answered: 4, unreadable: 1 }]);
    expect(waves(host.batches)).toEqual([4]);
  });
});

describe("usage", () => {
  const usages: readonly (readonly [string, unknown])[] = [
    ["absent", undefined],
    ["negative", { input_tokens: -5, output_tokens: 3 }],
    ["in words", { input_tokens: "many", output_tokens: "few" }],
    ["a list", []],
    ["of another API", { prompt_tokens: 3, completion_tokens: 4 }],
  ];

  test.each(usages)("%s: the reply is kept, and its cost estimated", async (_name, usage) => {
    const end = (_batch: HostedBatch, { output }: Whole): Whole => ({
      output: output.map((line) => {
        const parsed = JSON.parse(line);
        parsed.response.body.usage = usage;
        return JSON.stringify(parsed);
      }),
    });
    const { session, host } = await batchRig({ behave: good, end });
    const ended = await session(questions(3), { waits: true });
    expect(statuses(ended)).toEqual({ ok: 3 });
    expect(waves(host.batches)).toEqual([3]);
    expect(ended.spentUsd).toBeGreaterThan(0);
    expect(ended.spentUsd).toBeLessThan(0.002);
  });
});

describe("states", () => {
  test("one that nobody knows: waited for, and told once", async () => {
    const { session, host } = await batchRig({
      behave: good,
      looks: 5,
      answer: first(4, isState, stateIs("pau\u001Bsed")),
    });
    const ended = await session(questions(3), { waits: true });
    expect(statuses(ended)).toEqual({ ok: 3 });
    expect(ended.events.filter(({ type }) => type === "batch-odd")).toEqual([
      { type: "batch-odd", batch: "batch_1", status: "unreadable" },
    ]);
    expect(waves(host.batches)).toEqual([3]);
  });

  test("one that nobody knows, with every reply there: read", async () => {
    const { session, host } = await batchRig({ behave: good, answer: first(FOREVER, isState, stateIs("succeeded")) });
    const ended = await session(questions(3), { waits: true });
    expect(statuses(ended)).toEqual({ ok: 3 });
    expect(ended.batches.map(({ ending }) => ending)).toEqual(["succeeded"]);
    expect(waves(host.batches)).toEqual([3]);
  });

  test("one that never ends although it was asked to: the run goes on later", async () => {
    const { session } = await batchRig({ behave: good, looks: 99, answer: first(FOREVER, isState, stateIs("paused")) });
    await session(questions(3));
    expect((await session(questions(3), { finishes: true })).stop).toMatchObject({ kind: "batch", batches: 1 });
  });
});

describe("submission", () => {
  const refused: Sent = { status: 400, json: { error: { code: null, param: "input_file_id", message: "no file" } } };

  test("a file that the endpoint does not see yet: tried again, one batch", async () => {
    for (const answer of [refused, gone]) {
      const { session, host } = await batchRig({ behave: good, answer: first(2, isCreation, () => answer) });
      expect(statuses(await session(questions(3), { waits: true }))).toEqual({ ok: 3 });
      expect(waves(host.batches)).toEqual([3]);
    }
  });

  test("a file that is gone when the run is taken up: uploaded again, one batch", async () => {
    const { session, host } = await batchRig({
      behave: good,
      at: (at) => (at === "before-create" ? "skip" : undefined),
    });
    expect((await session(questions(3))).stop?.kind).toBe("outage");
    host.files.clear();
    host.options = { behave: good };
    expect(statuses(await session(questions(3), { waits: true }))).toEqual({ ok: 3 });
    expect(waves(host.batches)).toEqual([3]);
    expect(host.calls.filter((call) => call === "POST /files")).toHaveLength(2);
  });

  test("with a clock that was set forward or back by days, and others at work: one batch", async () => {
    for (const days of [-40, -3, 3, 40]) {
      const { session, host } = await batchRig({
        behave: good,
        at: (moment) => (moment === "after-create" ? "skip" : undefined),
        answer: (call, honest) => (call === "GET /batches" ? undefined : honest()),
      });
      const broken = await session(questions(3), { now: Date.now() + days * 86_400_000 });
      expect(broken.stop?.kind).toBe("outage");
      for (const id of ["other_1", "other_2", "other_3"]) host.batches.push({ ...foreign(host.batches[0]), id });
      host.options = { behave: good };
      expect(statuses(await session(questions(3), { now: Date.now(), waits: true }))).toEqual({ ok: 3 });
      expect(host.batches.filter(({ id }) => !id.startsWith("other"))).toHaveLength(1);
    }
  });
});

function foreign(batch: HostedBatch | undefined): HostedBatch {
  if (batch === undefined) throw new Error("there is no batch");
  return { ...batch, metadata: {}, fileId: "another", lines: [] };
}

test("a full disk while replies are taken in: told, and the rest is taken in when there is room", async () => {
  const { session, host } = await batchRig({ behave: good, looks: 0 });
  await expect(session(questions(8), { room: 3 })).rejects.toThrow("no space left on the disk");
  const ended = await session(questions(8), { waits: true });
  expect(statuses(ended)).toEqual({ ok: 8 });
  expect(waves(host.batches)).toEqual([8]);
  expect(ended.totals.attempts).toBe(8);
});
