import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { BatchHost } from "../support/batch-host.ts";
import { goodReply } from "../support/model-replies.ts";

import { filesOf } from "../support/temporary-folder.ts";
import {
  BANK,
  draftingProject,
  PRICES,
  proposalPaths,
  REQUEST_USD,
  summaryOf,
  type DraftingProject,
} from "./drafting-project.ts";

const QUESTIONS = 4;
const REPOSITORY = join(import.meta.dirname, "../..");
const PROMPTS = Object.fromEntries(
  ["draft", "critique"].map((task) => [
    `prompts/${task}.md`,
    readFileSync(join(REPOSITORY, `prompts/${task}.md`), "utf8"),
  ]),
);

interface Waiting extends DraftingProject {
  readonly host: BatchHost;
  readonly edit: (path: string, change: (text: string) => string) => void;
  /** Takes the run up until it is over. */
  readonly finish: () => Promise<{ readonly err: string; readonly summary: ReturnType<typeof summaryOf> }>;
}

/** A run of drafts whose first batch is in flight. */
async function waiting(): Promise<Waiting> {
  const host = new BatchHost({ behave: goodReply, looks: 0 });
  const project = await draftingProject({
    questions: QUESTIONS,
    route: host.route,
    files: { "answerkey.config.yaml": PRICES, ...PROMPTS },
  });
  host.options = { behave: goodReply, looks: 1 };
  expect((await project.run("fill", "--tier", "batch")).code).toBe(75);
  host.options = { behave: goodReply, looks: 0 };
  const at = (path: string): string => join(project.cwd, path);
  return {
    ...project,
    host,
    edit: (path, change) => writeFileSync(at(path), change(readFileSync(at(path), "utf8"))),
    finish: async () => {
      const { code, out, err } = await project.run("resume", "--wait", "--json");
      expect(code).toBe(0);
      return { err, summary: summaryOf({ code, out, err }) };
    },
  };
}

function promptHashes(cwd: string): ReadonlySet<string> {
  const texts = Object.entries(filesOf(cwd)).filter(([path]) => path.startsWith("outputs/proposals/"));
  return new Set(texts.map(([, text]) => /prompt_hash: (\S+)/.exec(text)?.[1] ?? ""));
}

describe("what changes while a batch is in flight", () => {
  test("a prompt: the run goes on with what it began with, and says so", async () => {
    const whole = await waiting();
    await whole.finish();
    const { edit, finish, host, cwd } = await waiting();
    for (const task of ["draft", "critique"]) edit(`prompts/${task}.md`, (text) => `${text}\nBe brief.\n`);
    const { err, summary } = await finish();
    expect(err).toMatch(
      /prompts\/draft\.md and critique\.md changed since run \S+ began; it goes on with the prompts it began with, /,
    );
    expect(host.batches.map(({ lines }) => lines.length)).toEqual([QUESTIONS, QUESTIONS]);
    expect(JSON.stringify(host.batches[1]?.lines)).not.toContain("Be brief.");
    expect(promptHashes(cwd)).toEqual(promptHashes(whole.cwd));
    expect(summary).toMatchObject({ outcomes: { ok: QUESTIONS }, requests: 2 * QUESTIONS });
  });

  test("answers and notes that prompts draw on: drafts go on from what they were asked with, and it is said", async () => {
    const { edit, finish, host, cwd } = await waiting();
    edit(BANK, (text) =>
      text.replace(/_\[To be filled\]_/, "A part hands its work on; it works in one pass and stops."),
    );
    const { err, summary } = await finish();
    expect(err).toContain(
      "3 drafts go on from what was asked: the bank or its notes changed since, which is for new requests only",
    );
    // The question that was answered by hand was drafted all the same, and paid for.
    expect(err).toContain("1 reply answers what is not asked any more");
    expect({ made: proposalPaths(cwd).length, waves: host.batches.map(({ lines }) => lines.length) }).toEqual({
      made: 3,
      waves: [4, 3],
    });
    expect(summary.requests).toBe(7);
    expect(summary.cost_usd).toBeCloseTo(7 * REQUEST_USD, 9);
  });

  test("a question: the reply to its old wording goes under no other, is kept, and its cost is told", async () => {
    const { edit, finish, host, cwd } = await waiting();
    edit(BANK, (text) => text.replace("part number 2", "part number twenty-two"));
    const { err, summary } = await finish();
    expect(err).toContain("1 reply answers what is not asked any more");
    expect(host.batches.map(({ lines }) => lines.length)).toEqual([4, 4, 1]);
    expect(proposalPaths(cwd)).toHaveLength(QUESTIONS);
    expect(summary.cost_usd).toBeCloseTo(9 * REQUEST_USD, 9);
  });

  test("every question answered by hand: the batch is taken in all the same, and its cost is told", async () => {
    const { edit, run, host } = await waiting();
    edit(BANK, (text) => text.replaceAll("_[To be filled]_", "It does one thing and does it well."));
    host.options = { behave: goodReply, looks: 3 };
    const early = await run("resume");
    expect({ code: early.code, says: /1 batch in flight with 4 requests/.test(early.out) }).toEqual({
      code: 75,
      says: true,
    });
    host.options = { behave: goodReply, looks: 0 };
    const end = await run("resume", "--json");
    expect(end.code).toBe(0);
    expect(end.err).toContain("4 replies answer what is not asked any more");
    expect(summaryOf(end).cost_usd).toBeCloseTo(4 * REQUEST_USD, 9);
  });
});
