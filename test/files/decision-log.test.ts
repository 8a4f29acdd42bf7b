import { appendFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Clock } from "../../src/core/clock.ts";
import { hashOf } from "../../src/core/hash.ts";
import { chainEnd, chainStart, openChainedLog } from "../../src/files/chained-log.ts";
import { NODE_FILE_CALLS, type FileCalls } from "../../src/files/file-calls.ts";
import type { NewDecision } from "../../src/files/decision.ts";
import { openDecisionLog, type DecisionLog } from "../../src/files/decision-log.ts";
import { openWorkspace } from "../../src/files/workspace.ts";
import { filesOf, temporaryFolder } from "../support/temporary-folder.ts";
import { compiledSource, ending, removeCompiled, startScript } from "./child.ts";
import { messageOf } from "../support/user-error.ts";

const clock: Clock = {
  now: () => Date.parse("2026-11-23T12:00:00Z"),
  sleep: () => Promise.reject(new Error("nobody sleeps here")),
};

const COMMON = {
  actor: "ann@example.org",
  via: "terminal",
  id: "q-3f9a1c2d7e10",
  path: "questions/locks.md",
  question_hash: hashOf("question"),
  draft_hash: hashOf("draft"),
  edited: false,
  model: "none",
  prompt: "draft@1",
  run: "r1",
};

const accept: NewDecision = { action: "accept", ...COMMON };
const reject: NewDecision = { action: "reject", ...COMMON, reason: "line one\nline two \u2028" };
const apply: NewDecision = {
  action: "apply",
  ...COMMON,
  place: { headings: ["Locks"], ordinal: 0 },
  before_slot: "\r\n\r\n_TODO_",
  after_slot: "\r\n\r\nUse one.",
  after_slot_hash: hashOf("\r\n\r\nUse one."),
  edit: { start: 120, removed: "_TODO_", inserted: "Use one." },
  before_file_hash: hashOf("before"),
  after_file_hash: hashOf("after"),
};

function logIn(root: string): DecisionLog {
  return openDecisionLog(openWorkspace(root), clock);
}

function filledLog(): { readonly log: DecisionLog; readonly path: string } {
  const root = temporaryFolder();
  const log = logIn(root);
  log.append([accept]);
  log.append([reject, apply]);
  return { log, path: join(root, "outputs/decisions.jsonl") };
}

test("decisions come back with number, time and the hash of the line before", () => {
  const { log, path } = filledLog();
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  const stamped = { v: 1, at: "2026-11-23T12:00:00.000Z" };
  expect(log.readAll()).toEqual([
    { ...accept, ...stamped, seq: 1, prev: `sha256:${"0".repeat(64)}` },
    { ...reject, ...stamped, seq: 2, prev: hashOf(lines[0] ?? "") },
    { ...apply, ...stamped, seq: 3, prev: hashOf(lines[1] ?? "") },
  ]);
  expect(log.verifyChain()).toEqual({ status: "whole", entries: 3, head: hashOf(lines[2] ?? ""), anchored: true });
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("an empty project has no decisions, and reading makes no file", () => {
  const root = temporaryFolder();
  const log = logIn(root);
  expect([log.readAll(), log.verifyChain()]).toEqual([
    [],
    { status: "whole", entries: 0, head: `sha256:${"0".repeat(64)}`, anchored: true },
  ]);
  expect(filesOf(root)).toEqual({});
});

test("a decision that is not one is not written", () => {
  const { log, path } = filledLog();
  const before = readFileSync(path, "utf8");
  expect(() => log.append([{ ...accept, id: "../x" }])).toThrow(/not a valid question id/);
  expect(readFileSync(path, "utf8")).toBe(before);
});

describe("tampering shows at the first line it touches", () => {
  const cases: readonly [string, (lines: readonly string[]) => readonly string[], number, string][] = [
    [
      "a changed decision",
      ([a, b, c]) => [a ?? "", (b ?? "").replace("reject", "accept"), c ?? ""],
      3,
      "the line before it is not the one it was written after",
    ],
    [
      "a changed first line",
      ([a, b, c]) => [(a ?? "").replace("ann@", "bob@"), b ?? "", c ?? ""],
      2,
      "the line before it is not the one it was written after",
    ],
    ["a line taken out", ([a, , c]) => [a ?? "", c ?? ""], 2, "the line before it is not the one it was written after"],
    [
      "the first line taken out",
      ([, b, c]) => [b ?? "", c ?? ""],
      1,
      "the line before it is not the one it was written after",
    ],
    [
      "two lines swapped",
      ([a, b, c]) => [b ?? "", a ?? "", c ?? ""],
      1,
      "the line before it is not the one it was written after",
    ],
    [
      "a line doubled",
      ([a, b, c]) => [a ?? "", b ?? "", b ?? "", c ?? ""],
      3,
      "the line before it is not the one it was written after",
    ],
    [
      "a blank added to a line",
      ([a, b, c]) => [`${a ?? ""} `, b ?? "", c ?? ""],
      2,
      "the line before it is not the one it was written after",
    ],
    [
      "a number changed",
      ([a, b, c]) => [a ?? "", b ?? "", (c ?? "").replace('"seq":3', '"seq":4')],
      3,
      "it is numbered 4",
    ],
    [
      "a changed last line",
      ([a, b, c]) => [a ?? "", b ?? "", (c ?? "").replace("ann@", "bob@")],
      3,
      "it is not the line that was written",
    ],
    ["the last line cut off", ([a, b]) => [a ?? "", b ?? ""], 3, "1 line from here on is gone"],
    ["all lines cut off", () => [], 1, "3 lines from here on are gone"],
    ["a line of something else", ([a, b, c]) => [a ?? "", b ?? "", "{}", c ?? ""], 3, "it is not a decision"],
    [
      "a line with another key",
      ([a, b, c]) => [a ?? "", b ?? "", (c ?? "").replace("{", '{"x":1,')],
      3,
      "it is not a decision",
    ],
  ];

  test.each(cases)("%s", (_title, tamper, line, reason) => {
    const { log, path } = filledLog();
    const lines = readFileSync(path, "utf8").trimEnd().split("\n");
    writeFileSync(
      path,
      tamper(lines)
        .map((each) => `${each}\n`)
        .join(""),
    );
    expect(log.verifyChain()).toEqual({ status: "broken", line, reason });
  });

  test.each(cases)("%s, also after further decisions", (_title, tamper) => {
    const { log, path } = filledLog();
    const tampered = tamper(readFileSync(path, "utf8").trimEnd().split("\n"));
    for (const next of [log, logIn(join(path, "../.."))]) {
      writeFileSync(path, tampered.map((each) => `${each}\n`).join(""));
      next.append([accept]);
      next.append([reject]);
      next.append([accept, accept]);
      expect(logIn(join(path, "../..")).verifyChain().status).toBe("broken");
    }
  });
});

test("a torn last line is ignored, and the next decision follows the last whole one", () => {
  const { log, path } = filledLog();
  const whole = readFileSync(path, "utf8");
  appendFileSync(path, '{"action":"accept","act');
  expect(log.readAll().length).toBe(3);
  log.append([accept]);
  expect(readFileSync(path, "utf8").startsWith(whole)).toBe(true);
  expect(log.verifyChain()).toMatchObject({ status: "whole", entries: 4 });
});

test("a damaged line is named when decisions are read", () => {
  const { log, path } = filledLog();
  appendFileSync(path, "the secret answer\n");
  expect(messageOf(() => log.readAll()).replace(path, "PATH")).toBe("cannot read PATH: line 4 is not a decision");
});

describe("among processes", () => {
  let compiled = "";
  beforeAll(() => {
    compiled = compiledSource(["files/decision-log.ts"]);
  });
  afterAll(() => removeCompiled(compiled));

  test("3 that append 20 decisions each make one whole chain", async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, "outputs"));
    const script = `
      import { openDecisionLog } from "../src/files/decision-log.js";
      import { openWorkspace } from "../src/files/workspace.js";
      const log = openDecisionLog(openWorkspace(process.argv[2]), { now: Date.now });
      for (let turn = 0; turn < 20; turn += 1) log.append([${JSON.stringify(accept)}]);`;
    const children = [1, 2, 3].map(() => startScript(compiled, script, { arguments: [root] }));
    const endings = await Promise.all(children.map(ending));
    expect(endings.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
      children.map(() => ({ code: 0, stderr: "" })),
    );
    expect(logIn(root).verifyChain()).toMatchObject({ status: "whole", entries: 60 });
  });
});

test("what is known of the end of a log is on the disk with the lines, where these are, and never before them", () => {
  const path = join(temporaryFolder(), "log.jsonl");
  const written: string[] = [];
  const calls: FileCalls = {
    ...NODE_FILE_CALLS,
    write: (descriptor, bytes) => {
      written.push(
        `${readFileSync(path, "utf8").split("\n").length - 1} lines, then the end of line ${/"lines":(\d+)/.exec(Buffer.from(bytes).toString())?.[1]}`,
      );
      return NODE_FILE_CALLS.write(descriptor, bytes);
    },
    sync: (descriptor) => {
      written.push("sync");
      NODE_FILE_CALLS.sync(descriptor);
    },
  };
  const schema = z.strictObject({ ...chainStart, said: z.string(), ...chainEnd });
  const log = openChainedLog({ path, lockPath: `${path}.lock`, schema, noun: "word", clock, calls });
  log.append([{ said: "one" }], { durable: false });
  log.append([{ said: "two" }, { said: "three" }]);
  expect(written).toEqual(["1 lines, then the end of line 1", "3 lines, then the end of line 3", "sync", "sync"]);
});
