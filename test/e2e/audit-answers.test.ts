import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import type { CritiqueReply, ReviseReply } from "../../src/fill/reply-schema.ts";
import { questionIn, taskOf } from "../support/model-replies.ts";
import {
  errorReply,
  reply,
  startModelServer,
  type Behaviour,
  type ModelServer,
  type Seen,
} from "../support/model-server.ts";
import { runInProcess } from "../support/run-in-process.ts";
import { filesOf, temporaryFolder } from "../support/temporary-folder.ts";

const WRONG =
  "A stack gives back first what came in first. It is used for undo, for calls and for walks through trees.";
const RIGHT = "A stack gives back first what came in last. It is used for undo, for calls and for walks through trees.";
const SOUND = "A queue gives back first what came in first. It is used wherever work waits for somebody to take it up.";
const NOTE = "# Stacks\n\n## Order\n\nA stack gives back first what came in last, as a pile of plates does.\n";
const BANK = `## Question 1

**What is a stack?**

**Answer:** ${WRONG}

---

## Question 2

**What is a queue?**

**Answer:** ${SOUND}

---

## Question 3

**What is a heap?**

**Answer:** _[To be filled]_
`;
const FILES = {
  "questions/a.md": BANK,
  "questions/sources/notes.md": NOTE,
  "answerkey.config.yaml": "fill:\n  prices:\n    test-model: { input: 1, output: 10 }\n",
};

/** A critic that knows stacks, and a reviser that does what it is told. */
function expert(seen: Seen): Behaviour {
  const isAboutStacks = questionIn(seen) === "What is a stack?";
  const value = taskOf(seen) === "critique" ? critique(isAboutStacks) : revision();
  return reply(JSON.stringify(value), { usage: { input: 800, output: 200 } });
}

function critique(isWrong: boolean): CritiqueReply {
  if (!isWrong) return { expected: ["First in, first out."], findings: [], verdict: "pass" };
  const finding = {
    kind: "wrong-claim",
    quote: "gives back first what came in first",
    problem: "That is a queue.",
    fix: "It gives back first what came in last.",
    severity: "blocker",
  } as const;
  return { expected: ["Last in, first out."], findings: [finding], verdict: "revise" };
}

function revision(): ReviseReply {
  return {
    responses: [{ finding: 1, action: "fixed", reason: "Order put right." }],
    key_points: ["Last in, first out."],
    answer: RIGHT,
    sources_cited: ["P1"],
    doubts: [],
    confidence: 0.9,
  };
}

interface Project {
  readonly cwd: string;
  readonly server: ModelServer;
  readonly run: (...args: readonly string[]) => ReturnType<typeof runInProcess>;
}

async function project(behave: (seen: Seen) => Behaviour = expert): Promise<Project> {
  const cwd = temporaryFolder(FILES);
  const server = await startModelServer(behave);
  onTestFinished(() => server.close());
  const asked = ["--provider", "openai", "--base-url", server.url, "--model", "test-model"];
  return { cwd, server, run: (...args) => runInProcess(asks(args) ? [...args, ...asked] : args, { cwd }) };
}

function asks(args: readonly string[]): boolean {
  return args[0] === "resume" || args[1] === "answers";
}

const bankIn = (cwd: string): string => readFileSync(join(cwd, "questions/a.md"), "utf8");
const proposalIn = (cwd: string): string | undefined =>
  Object.entries(filesOf(cwd)).find(([path]) => path.startsWith("outputs/proposals/"))?.[1];
const summary = z.object({
  run: z.string(),
  sound: z.number(),
  requests: z.number(),
  proposals: z.object({ ids: z.array(z.string()) }),
});

describe("audit answers", () => {
  test("proposes a correction with its source, as a diff to review; applied it changes that answer alone, and comes out again", async () => {
    const { cwd, run, server } = await project();
    const { code, out, err } = await run("audit", "answers");
    expect({ code, out, err: err.split("\n")[0] }).toEqual({
      code: 0,
      out:
        "1 answer without a finding · 3 requests · 3.0k tokens · $0.0084\n" +
        "1 correction proposed in outputs/proposals/\n" +
        "next: answerkey review\n",
      err: "2 answers to check · 1 note to compare with",
    });
    expect(server.requests.map(taskOf).toSorted()).toEqual(["critique", "critique", "revise"]);
    // The answer is no witness for itself.
    const checked = server.requests.find(
      (seen) => taskOf(seen) === "critique" && questionIn(seen) === "What is a stack?",
    );
    expect(checked?.user.split(WRONG)).toHaveLength(2);
    const proposal = proposalIn(cwd) ?? "";
    expect(proposal).toContain("questions/sources/notes.md");
    expect(proposal).toContain("replaces-answer");
    expect(proposal.endsWith(`${RIGHT}\n`)).toBe(true);

    const [id = ""] = z
      .object({ items: z.array(z.object({ id: z.string() })) })
      .parse(JSON.parse((await run("review", "list", "--json")).out))
      .items.map((item) => item.id);
    expect((await run("review", "show", id)).out).toMatch(/came in \[-first-\]\s?\{\+last\+\}|first.*last/);
    expect((await run("review", "accept", "--all", "--by", "Ada")).out).toContain("0 proposals accepted");
    await run("review", "accept", id, "--by", "Ada");
    expect((await run("apply", "--by", "Ada")).out).toContain("1 answer written into 1 file");
    expect(bankIn(cwd)).toBe(BANK.replace(WRONG, RIGHT));
    await run("review", "undo", id, "--by", "Ada");
    expect(bankIn(cwd)).toBe(BANK);
  });

  test("asks for nothing twice: what waits is left alone, what was sound is in the journal", async () => {
    const { run, server } = await project();
    await run("audit", "answers");
    const again = await run("audit", "answers", "--json");
    expect(summary.parse(JSON.parse(again.out))).toMatchObject({ sound: 1, proposals: { ids: [] } });
    expect(again.err).toContain("1 has a proposal that waits for review");
    expect(server.requests).toHaveLength(3);
  });

  test("stops at the budget, and resume goes on where it stopped", async () => {
    const { run, server, cwd } = await project();
    const stopped = await run("audit", "answers", "--budget", "0.0001");
    expect(stopped.code).toBe(75);
    expect(server.requests).toHaveLength(0);
    const resumed = await run("resume", "--budget", "1");
    expect(resumed.code).toBe(0);
    expect(resumed.out).toContain("1 correction proposed");
    expect(proposalIn(cwd)).toContain(RIGHT);
  });

  test("a fault is no verdict", async () => {
    const { run, cwd } = await project((seen) =>
      questionIn(seen) === "What is a stack?" ? errorReply(400, { message: "no" }) : expert(seen),
    );
    const { code, out } = await run("audit", "answers");
    expect(code).toBe(1);
    expect(out).toContain("1 answer without a finding");
    expect(out).toContain("1 ended as api_error");
    expect(proposalIn(cwd)).toBeUndefined();
  });

  test("a correction that would damage the bank is none, and the finding is told", async () => {
    const { run, cwd } = await project((seen) => {
      const broken = { ...revision(), answer: `${RIGHT}\n\n\`\`\`\nnever closed` };
      return taskOf(seen) === "revise"
        ? reply(JSON.stringify(broken), { usage: { input: 800, output: 200 } })
        : expert(seen);
    });
    const { code, out } = await run("audit", "answers");
    expect(code).toBe(0);
    expect(out).toContain('blocker wrong-claim: "gives back first what came in first": That is a queue.');
    expect(proposalIn(cwd)).toBeUndefined();
  });

  test("without a key the words are compared, and nothing is proposed", async () => {
    const cwd = temporaryFolder(FILES);
    const { code, err } = await runInProcess(["audit", "answers", "--provider", "offline"], { cwd });
    expect(code).toBe(0);
    expect(err).toContain("it cannot tell true from false, and corrects nothing");
    expect(proposalIn(cwd)).toBeUndefined();
    expect(bankIn(cwd)).toBe(BANK);
  });
});
