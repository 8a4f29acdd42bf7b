import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { RunEvent } from "../../src/core/events.ts";
import { openRecordLog } from "../../src/files/record-log.ts";
import { MemoryRecordLog } from "../support/memory-record-log.ts";
import { questions } from "../support/model-rig.ts";
import { startPostgres, type TestPostgres, until } from "../support/postgres-server.ts";
import { completion, failure } from "../support/scripted-provider.ts";
import { type EngineUnderTest, localEngine, QueueRig, type Ran, World, yes } from "./engine-rig.ts";

let postgres: TestPostgres;
let queue: QueueRig;
let worlds = 0;
beforeAll(async () => {
  postgres = await startPostgres();
  queue = await QueueRig.open(await postgres.newDatabase());
}, 60_000);
afterAll(async () => {
  await queue.close();
  await postgres.stop();
});

const ENGINES = [
  { name: "in this process", engineFor: localEngine },
  { name: "queue and two workers", engineFor: (world: World) => queue.engine(world) },
] as const;

const SLOW_DOWN = failure("rate-limit", { status: 429, retryAfterMs: 500 });
const BROKEN = failure("retry", { status: 500 });

function byQuestion({ ends }: Ran): Readonly<Record<string, string>> {
  return Object.fromEntries(ends.map(({ question, status }) => [question, status]));
}

function fullDisk(): never {
  throw new Error("the disk is full");
}

describe.each(ENGINES)("an engine: $name", ({ engineFor }) => {
  let world: World;
  let engine: EngineUnderTest;
  beforeEach(() => {
    worlds += 1;
    world = new World(`test-${worlds}`);
    engine = engineFor(world);
  });
  afterEach(() => engine.close());

  test("no work is no run", async () => {
    expect(await engine.run({ questions: [] })).toEqual({ ends: [], stop: undefined, requests: 0, usd: 0 });
    expect(world.asked).toEqual([]);
  });

  test("every item ends once, with its own answer", async () => {
    const asked = questions(40);
    const ran = await engine.run({ questions: asked });
    expect(ran.ends.toSorted((a, b) => asked.indexOf(a.question) - asked.indexOf(b.question))).toEqual(
      asked.map((question) => ({ question, status: "ok", answer: `yes, ${question}` })),
    );
    expect(ran.stop).toBeUndefined();
  });

  test("one request an item, and what it cost", async () => {
    const ran = await engine.run({ questions: questions(10) });
    expect({ asked: world.asked.length, requests: ran.requests }).toEqual({ asked: 10, requests: 10 });
    // 100 tokens in, 20 out, at one and ten dollars a million.
    expect(ran.usd).toBeCloseTo(10 * 0.0003, 9);
  });

  test("items begin in their order", async () => {
    await engine.run({ questions: questions(12) });
    const begun = world.asked.map((question) => Number(/\d+/.exec(question)?.[0]));
    for (const [place, number] of begun.entries()) expect(Math.abs(place - number)).toBeLessThanOrEqual(6);
  });

  test("never more under way than allowed, and that many where there is work", async () => {
    world.latencyMs = 15;
    await engine.run({ questions: questions(24), concurrency: 4 });
    expect(world.mostUnderWay).toBe(4);
  });

  test("a pipeline of several requests ends as one item", async () => {
    const ran = await engine.run({ questions: ["Twice a?", "Twice b?"] });
    expect(ran.ends.map(({ answer }) => answer).toSorted()).toEqual([
      "yes, Twice a? yes, Twice a?",
      "yes, Twice b? yes, Twice b?",
    ]);
    expect(ran.requests).toBe(4);
  });

  test("equal items are asked for once", async () => {
    const ran = await engine.run({ questions: ["Same?", "Same?", "Same?"] });
    expect({ asked: world.asked, ends: ran.ends.length }).toEqual({ asked: ["Same?"], ends: 3 });
  });

  test("a run again asks nothing again", async () => {
    const log = new MemoryRecordLog();
    await engine.run({ questions: questions(8), log });
    const again = await engine.run({ questions: questions(8), log });
    expect({ asked: world.asked.length, ends: again.ends.length, requests: again.requests }).toEqual({
      asked: 8,
      ends: 8,
      requests: 8,
    });
  });

  test("a run taken up asks for the new items only", async () => {
    const log = new MemoryRecordLog();
    await engine.run({ questions: questions(5), log });
    const more = await engine.run({ questions: questions(9), log });
    expect({ asked: world.asked.length, requests: more.requests }).toEqual({ asked: 9, requests: 9 });
  });

  test("a refusal is an outcome, and paid for", async () => {
    world.answer = (question) => (question.includes("1") ? completion("no", { finish: "refused" }) : yes(question));
    const ran = await engine.run({ questions: questions(3) });
    expect(byQuestion(ran)).toEqual({ "What is 0?": "ok", "What is 1?": "refused", "What is 2?": "ok" });
    expect(ran.usd).toBeCloseTo(3 * 0.0003, 9);
  });

  test("a filtered reply is an outcome", async () => {
    world.answer = () => completion("", { finish: "filtered" });
    expect(byQuestion(await engine.run({ questions: questions(1) }))).toEqual({ "What is 0?": "filtered" });
  });

  test("a request that is wrong in itself ends its item alone, and is not sent again", async () => {
    world.answer = (question) => (question.includes("2") ? failure("item", { status: 400 }) : yes(question));
    const ran = await engine.run({ questions: questions(4) });
    expect(byQuestion(ran)).toEqual({
      "What is 0?": "ok",
      "What is 1?": "ok",
      "What is 2?": "api_error",
      "What is 3?": "ok",
    });
    expect(world.times("What is 2?")).toBe(1);
  });

  test("a reply that does not fit is asked for once more", async () => {
    world.answer = (question, time) => (time === 1 ? completion("{}") : yes(question));
    const ran = await engine.run({ questions: questions(2) });
    expect(ran.ends.map(({ status }) => status)).toEqual(["ok", "ok"]);
    expect(ran.requests).toBe(4);
  });

  test("a reply that never fits is an outcome", async () => {
    world.answer = () => completion("no json");
    const ran = await engine.run({ questions: questions(1) });
    expect({ ends: byQuestion(ran), requests: ran.requests }).toEqual({
      ends: { "What is 0?": "invalid" },
      requests: 2,
    });
  });

  test("a cut reply is asked for with more room", async () => {
    world.answer = (question, time) => (time === 1 ? completion('{"answ', { finish: "length" }) : yes(question));
    const ran = await engine.run({ questions: questions(1) });
    expect({ ends: byQuestion(ran), requests: ran.requests }).toEqual({ ends: { "What is 0?": "ok" }, requests: 2 });
  });

  test("a fault that passes is no outcome", async () => {
    world.answer = (question, time) => (time < 3 ? BROKEN : yes(question));
    const ran = await engine.run({ questions: questions(4) });
    expect(ran.ends.map(({ status }) => status)).toEqual(["ok", "ok", "ok", "ok"]);
  });

  test("a fault that stays ends the item, and the others go on", async () => {
    world.answer = (question) => (question.includes("1") ? BROKEN : yes(question));
    const ran = await engine.run({ questions: questions(3) });
    expect(byQuestion(ran)).toEqual({ "What is 0?": "ok", "What is 1?": "api_error", "What is 2?": "ok" });
    expect(ran.stop).toBeUndefined();
  });

  test("what failed is asked for again when the run is taken up", async () => {
    const log = new MemoryRecordLog();
    world.answer = (question) => (question.includes("1") ? failure("item", { status: 400 }) : yes(question));
    await engine.run({ questions: questions(2), log, id: "first" });
    world.answer = yes;
    const again = await engine.run({ questions: questions(2), log, id: "second" });
    expect(byQuestion(again)["What is 0?"]).toBe("ok");
    expect(world.times("What is 0?")).toBe(1);
  });

  test("a rate limit costs time and nothing else", async () => {
    world.answer = (question, time) => (time === 1 ? SLOW_DOWN : yes(question));
    const ran = await engine.run({ questions: questions(6) });
    expect(ran.ends.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => "ok"));
    expect(ran.usd).toBeCloseTo(6 * 0.0003, 9);
  });

  test("a result that cannot be written ends the run with that fault", async () => {
    await expect(engine.run({ questions: questions(3), keep: fullDisk })).rejects.toThrow("the disk is full");
  });

  test("what was paid for before such a fault is not asked again", async () => {
    const log = new MemoryRecordLog();
    let isFull = true;
    const keep = () => {
      if (isFull) fullDisk();
    };
    await expect(engine.run({ questions: questions(6), log, keep })).rejects.toThrow("the disk is full");
    isFull = false;
    const again = await engine.run({ questions: questions(6), log, keep });
    expect({ ends: again.ends.length, asked: new Set(world.asked).size, all: world.asked.length }).toEqual({
      ends: 6,
      asked: 6,
      all: 6,
    });
  });

  test("after the signal the process ends soon, whatever is left", async () => {
    const control = new AbortController();
    const keep = () => control.abort();
    const ran = await engine.run({ questions: questions(200), keep, signal: control.signal });
    expect(ran.ends.length).toBeLessThan(200);
  });

  test("an interrupted run is taken up where it was", async () => {
    const log = new MemoryRecordLog();
    const control = new AbortController();
    let kept = 0;
    const keep = () => {
      kept += 1;
      if (kept === 5) control.abort();
    };
    await engine.run({ questions: questions(30), log, keep, signal: control.signal });
    const again = await engine.run({ questions: questions(30), log });
    expect(again.ends.map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => "ok"));
    // A request that was dropped by the signal was not paid for here; every other was sent once.
    expect(world.asked.length - world.aborted).toBe(30);
  });

  test("a journal on disk serves the next process", async () => {
    const folder = mkdtempSync(join(tmpdir(), "answerkey-contract-"));
    const journal = () => openRecordLog(join(folder, "journal.jsonl"));
    await engine.run({ questions: questions(4), log: journal() });
    const ran = await engine.run({ questions: questions(4), log: journal() });
    expect({ asked: world.asked.length, ends: ran.ends.length }).toEqual({ asked: 4, ends: 4 });
    rmSync(folder, { recursive: true });
  });

  test("the same item in two runs at once is paid for once by each project at most", async () => {
    const [left, right] = await Promise.all([
      engine.run({ questions: questions(10), id: "left" }),
      engine.run({ questions: questions(10), id: "right" }),
    ]);
    expect({ left: left.ends.length, right: right.ends.length }).toEqual({ left: 10, right: 10 });
    expect(left.requests + right.requests).toBe(world.asked.length);
  });

  test("an order that ended is no hindrance to the next", async () => {
    await engine.run({ questions: questions(3), id: "a" });
    const ran = await engine.run({ questions: ["Another?"], id: "b" });
    expect(byQuestion(ran)).toEqual({ "Another?": "ok" });
  });

  test("progress tells of every item and every cost", async () => {
    const events: RunEvent[] = [];
    await engine.run({ questions: questions(6), onEvent: (event) => void events.push(event) });
    const count = (type: RunEvent["type"]) => events.filter((event) => event.type === type).length;
    expect({ finished: count("item-finished"), attempts: count("attempt-finished") }).toEqual({
      finished: 6,
      attempts: 6,
    });
    expect(count("item-started") - count("item-deferred")).toBe(6);
  });

  test("progress holds no question and no answer beside the item's own name", async () => {
    const events: RunEvent[] = [];
    world.answer = () => completion('{"answer":"a secret answer"}');
    await engine.run({ questions: questions(2), onEvent: (event) => void events.push(event) });
    expect(JSON.stringify(events)).not.toContain("a secret answer");
  });

  test("what takes long does not hold up what does not", async () => {
    const others = () => world.asked.length >= 12;
    world.answer = async (question) => {
      if (question === "What is 0?") await until(others);
      return yes(question);
    };
    const ran = await engine.run({ questions: questions(20), concurrency: 4 });
    expect(ran.ends.findIndex(({ question }) => question === "What is 0?")).toBeGreaterThan(5);
  });

  test("text from anywhere comes through as it is", async () => {
    const hostile = "Was ist `'; drop table answerkey.jobs; --`? \u{1F600} \\u0000 \n\t\"";
    const ran = await engine.run({ questions: [hostile] });
    expect(ran.ends).toEqual([{ question: hostile, status: "ok", answer: `yes, ${hostile}` }]);
  });

  test("150 items pass through, none lost and none twice", async () => {
    world.latencyMs = 0;
    const ran = await engine.run({ questions: questions(150) });
    expect({ ends: new Set(ran.ends.map(({ question }) => question)).size, asked: world.asked.length }).toEqual({
      ends: 150,
      asked: 150,
    });
  }, 60_000);
});
