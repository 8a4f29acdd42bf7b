import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { goodReply, taskOf } from "../support/model-replies.ts";
import { errorReply, reply, type Behaviour, type Seen } from "../support/model-server.ts";
import { collect } from "../support/run-cli.ts";
import { filesOf, writeFile } from "../support/temporary-folder.ts";
import {
  draftingProject,
  filesWithKey,
  journalLines,
  PRICES,
  proposalPaths,
  REQUEST_USD,
  requestsSeen,
  summaryOf,
} from "./drafting-project.ts";

const HARSH_QUESTIONS = 200;

/** The first draft of some questions meets a fault, two questions are always refused; everything else is answered well. */
function harsh(seen: Seen): Behaviour {
  const number = Number(/part number (\d+)/.exec(seen.user)?.[1]);
  if (taskOf(seen) !== "draft") return goodReply(seen);
  if (number % 100 === 50) return reply("", { refusal: "I would rather not." });
  if (seen.attempt > 1) return goodReply(seen);
  if (number % 20 === 1) return errorReply(429, { code: "rate_limit_exceeded" }, { "retry-after-ms": "40" });
  if (number % 50 === 2) return errorReply(500);
  if (number % 100 === 3) return { kind: "disconnect" };
  if (number % 50 === 4) return reply('{"answer": "cut in the mid');
  if (number % 100 === 5) return reply('{"question_restored": "What', { finish: "length" });
  return goodReply(seen);
}

describe("an endpoint that fails now and then", () => {
  test("leaves every question with one outcome, and all but the refused ones answered", async () => {
    const project = await draftingProject({ questions: HARSH_QUESTIONS, behave: harsh });
    const end = await project.run("fill", "--json", "--concurrency", "16");
    expect(summaryOf(end)).toMatchObject({ outcomes: { ok: 198, refused: 2 }, stopped: null });
    expect(end.code).toBe(1);
    expect(proposalPaths(project.cwd)).toHaveLength(198);
    const outcomes = journalLines(project.cwd).filter(({ type }) => type === "item");
    expect(new Set(outcomes.map(({ id }) => id)).size).toBe(HARSH_QUESTIONS);
    expect(outcomes).toHaveLength(HARSH_QUESTIONS);
    expect(filesWithKey(project.cwd)).toEqual([]);
    // 198 drafts and critiques, 2 refusals, 10 + 4 + 2 failures, 4 re-asked, 2 enlarged.
    expect(project.server.requests).toHaveLength(2 * 198 + 2 + 16 + 6);

    const again = await project.run("fill");
    expect(project.server.requests).toHaveLength(2 * 198 + 2 + 16 + 6);
    expect(again.out).toBe(
      [
        "0 proposals in outputs/proposals/ · no request · $0.00",
        "2 ended as refused: the model declined to answer",
        "  questions/parts.md:395  q-e757ea40f3f5",
        "  questions/parts.md:1195  q-42776e7639db",
        "next: answerkey fill --retry refused",
        "",
      ].join("\n"),
    );
  });
});

const CAUSES = [
  {
    name: "a key that is refused",
    fault: errorReply(401, { code: "invalid_api_key" }),
    words: "stopped: the API key was refused; check that it is set and belongs to this endpoint (HTTP 401)",
  },
  {
    name: "an account without money",
    fault: errorReply(429, { code: "insufficient_quota" }),
    words: "stopped: the account's quota is used up; raise it or use another key (HTTP 429)",
  },
  {
    name: "a model that the endpoint does not know",
    fault: errorReply(404, { code: "model_not_found" }),
    words: "stopped: the endpoint does not know this model; check its name (HTTP 404)",
  },
] as const;

describe("what no retry can mend stops the run", () => {
  test.each(CAUSES)("$name", async ({ fault, words }) => {
    const project = await draftingProject({ behave: () => fault });
    const result = await project.run("fill");
    expect(result.code).toBe(2);
    expect(result.out.split("\n").filter((line) => line.startsWith("stopped"))).toEqual([words]);
    expect(project.server.requests.filter(({ attempt }) => attempt > 1)).toEqual([]);
    expect(filesWithKey(project.cwd)).toEqual([]);
  });

  test("a server that is not there", async () => {
    const project = await draftingProject();
    await project.server.close();
    const result = await project.run("fill");
    expect(result.code).toBe(2);
    expect(result.out.split("\n").filter((line) => line.startsWith("stopped"))).toEqual([
      `stopped: cannot reach ${project.server.url} (no connection, or it broke off); check the base URL and that the server runs`,
    ]);
  });
});

describe("what can be taken up again later", () => {
  test("a wait longer than --max-wait stops the run with exit 75", async () => {
    const project = await draftingProject({ behave: () => errorReply(429, undefined, { "retry-after": "900" }) });
    const result = await project.run("fill", "--max-wait", "60");
    expect({ code: result.code, stopped: result.out.split("\n").filter((line) => line.startsWith("stopped")) }).toEqual(
      { code: 75, stopped: ["stopped: the rate limit asks to wait 15:00"] },
    );
  });

  test("a limit of one's own that would hold a request longer than --max-wait stops the run as well", async () => {
    const project = await draftingProject({ questions: 3 });
    const result = await project.run("fill", "--tpm", "500", "--max-wait", "5");
    expect(result.code).toBe(75);
    expect(result.out).toMatch(/^stopped: the rate limit asks to wait \d+:\d\d$/m);
  });

  test("a budget is never passed, and more of it finishes the rest, counting what was spent", async () => {
    const project = await draftingProject({ questions: 50, files: { "answerkey.config.yaml": PRICES } });
    const stopped = await project.run("fill", "--budget", "0.2", "--json");
    const spent = project.server.requests.length * REQUEST_USD;
    expect(spent).toBeLessThanOrEqual(0.2);
    expect(spent).toBeGreaterThan(0.05);
    expect(stopped.code).toBe(75);
    expect(summaryOf(stopped).stopped).toBe("budget");
    expect(summaryOf(stopped).cost_usd).toBeCloseTo(spent, 9);

    // With the same budget again, at most smaller requests than the one that did not fit may still be sent.
    expect((await project.run("resume", "--json")).code).toBe(75);
    expect(project.server.requests.length * REQUEST_USD).toBeLessThanOrEqual(0.2);

    const finished = await project.run("resume", "--budget", "2", "--json");
    expect(finished.code).toBe(0);
    expect(project.server.requests).toHaveLength(100);
    expect(project.server.requests.filter(({ attempt }) => attempt > 1)).toEqual([]);
    expect(summaryOf(finished).cost_usd).toBeCloseTo(100 * REQUEST_USD, 9);
    expect(proposalPaths(project.cwd)).toHaveLength(50);
  });

  test("without a known price the cost is unknown, and a budget is refused before any request", async () => {
    const project = await draftingProject({ questions: 1 });
    const refused = await project.run("fill", "--budget", "1");
    expect({ code: refused.code, requests: project.server.requests }).toEqual({ code: 2, requests: [] });
    expect(refused.err).toContain("--budget");
    const filled = await project.run("fill");
    expect(filled.out).toBe(
      "1 proposal in outputs/proposals/ · 2 requests · 2.0k tokens · price unknown\nnext: answerkey review\n",
    );
  });

  test("Ctrl-C saves, exits 130, and resume sends only what was not finished", async () => {
    const project = await draftingProject({ questions: 30, delayMs: 150 });
    const child = project.start("fill", "--concurrency", "4");
    const ended = collect(child);
    await requestsSeen(project.server, 15, ended);
    child.kill("SIGINT");
    const { code, out } = await ended;
    expect(code).toBe(130);
    expect(out).toMatch(
      /\nstopped by you; what was paid for is kept\nnext: answerkey resume [\dtz-]+ --base-url http:\/\/127\.0\.0\.1:\d+\/v1\n$/,
    );
    const before = project.server.requests.length;
    const resumed = await project.run("resume", "--concurrency", "16");
    expect(resumed.code).toBe(0);
    expect(proposalPaths(project.cwd)).toHaveLength(30);
    // What was under way when the run was stopped is asked again, nothing else.
    const again = project.server.requests.filter(({ attempt }) => attempt > 1).length;
    expect(again).toBeLessThanOrEqual(4);
    expect(project.server.requests.length).toBeLessThanOrEqual(60 + 4);
    expect(before).toBeLessThan(30);
  });
});

describe("two at once", () => {
  test("the second is told who is at work; after a kill it takes over and says so", async () => {
    const project = await draftingProject({ questions: 3, behave: () => ({ kind: "hang" }) });
    const first = project.start("fill");
    const ended = collect(first);
    await requestsSeen(project.server, 1, ended);
    const before = filesOf(project.cwd);
    const second = await project.run("fill");
    expect(second.code).toBe(2);
    expect(second.err.split("\n").slice(2, 3)).toEqual([
      expect.stringMatching(
        new RegExp(`^error: another answerkey, process ${first.pid}, has been at work here for \\d+ s$`),
      ),
    ]);
    expect(filesOf(project.cwd)).toEqual(before);
    first.kill("SIGKILL");
    await ended;
    const leftover = join(project.cwd, `outputs/proposals/questions/parts/.q-1.md.${first.pid}.0_a.answerkey-tmp`);
    writeFile(leftover, "half a propos");
    const third = project.start("fill");
    const thirdEnd = collect(third);
    await requestsSeen(project.server, project.server.requests.length + 1, thirdEnd);
    third.kill("SIGINT");
    const { code, err } = await thirdEnd;
    expect(code).toBe(130);
    expect(err).toContain(`took over from process ${first.pid}, which started at `);
    expect(existsSync(leftover)).toBe(false);
  });
});
