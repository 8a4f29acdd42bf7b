import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { goodReply, questionIn, taskOf } from "../support/model-replies.ts";
import { reply } from "../support/model-server.ts";
import { runCli } from "../support/run-cli.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { filesOf, temporaryFolder, writeFile } from "../support/temporary-folder.ts";
import {
  BANK,
  draftingProject,
  filesWithKey,
  PRICES,
  proposalPaths,
  summaryOf,
  type DraftingProject,
} from "./drafting-project.ts";

const REPOSITORY = resolve(import.meta.dirname, "../..");

/** Runs `fill` and gives how many requests it made. */
async function requestsOf(project: DraftingProject, ...args: readonly string[]): Promise<number> {
  const before = project.server.requests.length;
  const { code, err } = await project.run("fill", ...args);
  expect(code, err).toBe(0);
  return project.server.requests.length - before;
}

function forgetProposals({ cwd }: DraftingProject): void {
  rmSync(join(cwd, "outputs/proposals"), { recursive: true });
}

function edit({ cwd }: DraftingProject, change: (text: string) => string): void {
  writeFile(join(cwd, BANK), change(readFileSync(join(cwd, BANK), "utf8")));
}

describe("what is paid for again, and what is not", () => {
  test("a damaged line in an earlier journal costs its own reply and no other, and is named", async () => {
    const project = await draftingProject({ questions: 4 });
    expect(await requestsOf(project)).toBe(8);
    const [path] = Object.keys(filesOf(project.cwd)).filter((each) => each.endsWith("journal.jsonl"));
    const file = join(project.cwd, path ?? "");
    const lines = readFileSync(file, "utf8").split("\n");
    const at = lines.findIndex((line) => line.includes('"type":"result"'));
    writeFile(file, lines.with(at, (lines[at] ?? "").slice(0, 40)).join("\n"));
    forgetProposals(project);
    const before = project.server.requests.length;
    const { code, err } = await project.run("fill");
    expect({ code, requests: project.server.requests.length - before }).toEqual({ code: 0, requests: 1 });
    expect(err).toContain(`journal.jsonl:${at + 1} is damaged and was left alone`);
    expect(proposalPaths(project.cwd)).toHaveLength(4);
  });

  test("the same again: nothing is sent, not a byte changes", async () => {
    const project = await draftingProject({ questions: 10 });
    expect(await requestsOf(project)).toBe(20);
    const before = filesOf(project.cwd);
    expect(await requestsOf(project)).toBe(0);
    expect(filesOf(project.cwd)).toEqual(before);
    expect(filesWithKey(project.cwd)).toEqual([]);
  });

  test("one of fifty questions reworded: that one is asked, and no other", async () => {
    const project = await draftingProject({ questions: 50 });
    expect(await requestsOf(project)).toBe(100);
    edit(project, (text) => text.replace("part number 17 do", "part number 17 really do"));
    expect(await requestsOf(project)).toBe(2);
    expect(project.server.requests.slice(100).map(questionIn)).toEqual(
      Array.from({ length: 2 }, () => "What does part number 17 really do, and where does it stop?"),
    );
  });

  test("proposals gone, questions reordered, the file renamed, another concurrency and tier: the journal has it all", async () => {
    const project = await draftingProject({ questions: 10 });
    expect(await requestsOf(project)).toBe(20);
    forgetProposals(project);
    edit(project, (text) => {
      const [title = "", ...blocks] = text.split(/^(?=## )/m);
      return [title, ...blocks.toReversed()].join("");
    });
    expect(await requestsOf(project, "--concurrency", "3", "--tier", "flex")).toBe(0);
    expect(proposalPaths(project.cwd)).toHaveLength(10);
    forgetProposals(project);
    renameSync(join(project.cwd, BANK), join(project.cwd, "questions/renamed.md"));
    expect(await requestsOf(project)).toBe(0);
    expect(
      proposalPaths(project.cwd).filter((path) => path.startsWith("outputs/proposals/questions/renamed/")),
    ).toHaveLength(10);
  });

  test("another model asks all again; another prompt asks again what it is for", async () => {
    const project = await draftingProject({ questions: 5 });
    expect(await requestsOf(project)).toBe(10);
    forgetProposals(project);
    expect(await requestsOf(project, "--model", "test-model-2")).toBe(10);
    forgetProposals(project);
    const prompt = readFileSync(join(REPOSITORY, "prompts/draft.md"), "utf8");
    writeFile(join(project.cwd, "prompts/draft.md"), prompt.replace("# System\n", "# System\n\nBe brief.\n"));
    // The critique reads the same drafts as before, so its replies are there already.
    expect(await requestsOf(project)).toBe(5);
  });
});

describe("which questions a run takes", () => {
  test("--limit, --sample, --only, and the rest afterwards", async () => {
    const project = await draftingProject({ questions: 12 });
    expect(await requestsOf(project, "--limit", "3")).toBe(6);
    expect(project.server.requests.filter((seen) => taskOf(seen) === "draft").map(questionIn)).toEqual(
      expect.arrayContaining([1, 2, 3].map((number) => `What does part number ${number} do, and where does it stop?`)),
    );
    expect(await requestsOf(project, "--sample", "4")).toBe(8);
    const rest = await project.run("fill", "--dry-run", "--json");
    expect(JSON.parse(rest.out)).toMatchObject({ items: 5, cached: 0 });
    forgetProposals(project);
    expect(await requestsOf(project)).toBe(10);
    expect(proposalPaths(project.cwd)).toHaveLength(12);
  });

  test("--retry takes what failed and asks it anew, --redo makes a second revision and keeps the first", async () => {
    let isPolite = false;
    const project = await draftingProject({
      questions: 3,
      behave: (seen) =>
        !isPolite && seen.user.includes("part number 2 ") ? reply("", { refusal: "No." }) : goodReply(seen),
    });
    const first = await project.run("fill");
    expect({ code: first.code, proposals: proposalPaths(project.cwd).length }).toEqual({ code: 1, proposals: 2 });
    isPolite = true;
    expect(await requestsOf(project, "--retry", "refused")).toBe(2);
    const paths = proposalPaths(project.cwd);
    expect(paths).toHaveLength(3);
    const id = /(q-[0-9a-f]{12})\.md$/.exec(paths[0] ?? "")?.[1] ?? "";
    // A new sample of the draft; the critique of the very same draft is known.
    expect(await requestsOf(project, "--redo", "--only", id)).toBeGreaterThan(0);
    const files = filesOf(project.cwd);
    expect(files[paths[0] ?? ""]).toMatch(/^revision: 2$/m);
    expect(Object.keys(files).filter((path) => path.includes("superseded"))).toEqual([
      expect.stringMatching(new RegExp(`${id}\\.r1\\.md$`)),
    ]);
  });
});

describe("a dry run", () => {
  test("opens no connection, writes nothing, and its ceiling holds", async () => {
    const project = await draftingProject({ questions: 10, files: { "answerkey.config.yaml": PRICES } });
    let connections = 0;
    const silent = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolved) => silent.listen(0, "127.0.0.1", resolved));
    onTestFinished(() => void silent.close());
    const address = silent.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const before = filesOf(project.cwd);
    const dry = await project.run("fill", "--dry-run", "--json");
    await project.run("fill", "--dry-run", "--base-url", `http://127.0.0.1:${port}/v1`);
    expect({ connections, requests: project.server.requests.length }).toEqual({ connections: 0, requests: 0 });
    expect(filesOf(project.cwd)).toEqual(before);
    expect(existsSync(join(project.cwd, "outputs"))).toBe(false);
    const estimate: { tiers: { tier: string; ceiling: { usd: number } }[] } = JSON.parse(dry.out);
    const real = summaryOf(await project.run("fill", "--json")).cost_usd;
    expect(real).toBeCloseTo(20 * 0.0028, 9);
    expect(estimate.tiers.find(({ tier }) => tier === "sync")?.ceiling.usd).toBeGreaterThanOrEqual(Number(real));
  });
});

describe("progress where nobody watches", () => {
  test("is a plain line every five seconds at most, without control characters", async () => {
    const project = await draftingProject({ questions: 30, delayMs: 300 });
    const { err } = await project.run("fill", "--concurrency", "3");
    const lines = err.split("\n").filter((line) => line.includes(" in flight · "));
    expect(
      lines.filter(
        (line) =>
          !/^\d+\/30 done · \d+ in flight · \d+\.\d\/s · [\d.]+k? tokens · price unknown( · \d+:\d\d left)?$/.test(
            line,
          ),
      ),
    ).toEqual([]);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThanOrEqual(2);
  });
});

/** How long a request took is measured and differs, whatever time is written down. */
function withoutDurations(folder: string): Readonly<Record<string, string>> {
  const entries = Object.entries(filesOf(folder));
  return Object.fromEntries(entries.map(([path, text]) => [path, text.replaceAll(/"milliseconds":\d+/g, "")]));
}

test("two runs at a fixed time write the same bytes", async () => {
  const bank = { [BANK]: unfilledBank(3), "questions/sources/part.md": "# Parts\n\nPart number 1 does one thing.\n" };
  const env = { SOURCE_DATE_EPOCH: "1700000000" };
  const [left, right] = [temporaryFolder(bank), temporaryFolder(bank)];
  await runCli(["fill", "--provider", "offline", "--concurrency", "1"], { cwd: left, env });
  await runCli(["fill", "--provider", "offline", "--concurrency", "1"], { cwd: right, env });
  const files = withoutDurations(left);
  expect(withoutDurations(right)).toEqual(files);
  expect(Object.keys(files).filter((path) => path.includes("2023-11-14t22-13-20z")).length).toBeGreaterThan(1);
});
