import { createServer } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { filesOf } from "../support/temporary-folder.ts";
import {
  ANSWERS,
  askedIn,
  EXAM,
  gradesOf,
  gradingProject,
  honestReply,
  judgeInputIn,
  marksOf,
  offlineProject,
  PRICES,
  REQUEST_USD,
  setFiles,
  THREE_CANDIDATES,
} from "./grading-project.ts";

const [QUEUE, INDEX] = EXAM;

const ATTEMPTS = [
  "candidate,question,answer,attempt",
  `c-001,1,"${QUEUE.weak}",1`,
  `c-001,1,"${QUEUE.strong}",2`,
  `c-001,2,"${INDEX.strong}",1`,
  `c-002,1,"",1`,
  `c-002,2," \t ",1`,
  `c-003,2,"${INDEX.weak}",1`,
].join("\n");

async function gradedAttempts(...args: readonly string[]) {
  const project = offlineProject({ "exam.csv": ATTEMPTS });
  await project.run("grade", "exam.csv", "--provider", "offline", ...args);
  return { ...project, marks: marksOf(project.cwd, "exam") };
}

describe("which answers are graded", () => {
  test("--attempts says which counts; --only and --limit take a part, and the rest comes later; blanks are no zeros", async () => {
    const all = await gradedAttempts("--attempts", "all");
    expect(
      gradesOf(all.cwd, "exam")
        .map(({ candidate, attempt, mark }) => `${candidate} ${attempt} ${mark}`)
        .toSorted(),
    ).toEqual(["c-001 1 2000", "c-001 1 6000", "c-001 2 6000", "c-002 1 null", "c-002 1 null", "c-003 1 2000"]);
    expect((await gradedAttempts("--attempts", "first")).marks["c-001 q1"]).toBe("graded 2");
    const part = await gradedAttempts("--only", "c-001", "--limit", "2");
    expect(part.marks).toEqual({ "c-001 q1": "graded 6", "c-001 q2": "graded 6" });
    const rest = await part.run("grade", "exam.csv", "--provider", "offline", "--json");
    expect(JSON.parse(rest.out)).toMatchObject({
      graded: 3,
      skipped: { "up-to-date": 2, "not-asked": 0, "over-limit": 0 },
      states: { graded: 3, blank: 2 },
      mean: { share: expect.closeTo((1 + 1 + 1 / 3) / 3, 12), n: 3 },
    });
    const wide = setFiles(part.cwd, "exam")["grades-wide.csv"]?.split("\r\n") ?? [];
    expect(wide.find((row) => row.startsWith("c-002"))).toBe("c-002,,blank,,,,,,blank,,,,,,0,0,0,0,0,0,0,2,0");
  });
});

const DEFERRING = ["grade", ANSWERS, "--provider", "offline", "--review-budget"] as const;

async function deferredProject() {
  const { cwd, run } = offlineProject();
  const { out, code } = await run(...DEFERRING, "40%", "--json");
  expect({ code, ...JSON.parse(out) }).toMatchObject({
    code: 1,
    deferred: 2,
    states: { graded: 3, "needs-review": 2 },
  });
  return { cwd, run, files: filesOf(cwd) };
}

describe("--review-budget", () => {
  test("hands the same doubtful share to a person every time, counts it anew, and makes no run for it", async () => {
    const [first, second] = await Promise.all([deferredProject(), deferredProject()]);
    expect(setFiles(second.cwd)).toEqual(setFiles(first.cwd));
    const again = await first.run(...DEFERRING, "40%");
    expect(again.code).toBe(1);
    expect(filesOf(first.cwd)).toEqual(first.files);

    const fewer = await first.run(...DEFERRING, "20%", "--json");
    expect(JSON.parse(fewer.out)).toMatchObject({ run: null, deferred: 0, states: { graded: 4, "needs-review": 1 } });
    const none = await first.run(...DEFERRING, "0%", "--json");
    expect({ code: none.code, ...JSON.parse(none.out) }).toMatchObject({
      code: 0,
      states: { graded: 5, "needs-review": 0 },
    });
  });
});

/** How many criteria each request about a strong candidate is about. */
async function criteriaAsked(...args: readonly string[]): Promise<readonly number[]> {
  const project = await gradingProject();
  await project.run("grade", ANSWERS, "--only", "c-001", ...args);
  expect(marksOf(project.cwd)).toEqual({ "c-001 q1": "graded 6", "c-001 q2": "graded 6" });
  return project.server.requests.map((seen) => judgeInputIn(seen).criteria.length);
}

describe("how the judge is asked", () => {
  test("--samples asks so often, --per-criterion a criterion at a time, --no-canary without the made-up one", async () => {
    const [once, thrice, apart, trusted] = await Promise.all([
      criteriaAsked(),
      criteriaAsked("--samples", "3"),
      criteriaAsked("--per-criterion"),
      criteriaAsked("--no-canary"),
    ]);
    expect({ once, thrice, apart, trusted }).toEqual({
      once: [4, 4],
      thrice: [4, 4, 4, 4, 4, 4],
      apart: [2, 2, 2, 2, 2, 2],
      trusted: [3, 3],
    });
  });

  test("the answer stands last, whole and alone; no code, path, points or other answer goes with it", async () => {
    const project = await gradingProject();
    await project.run("grade", ANSWERS);
    for (const seen of project.server.requests) {
      const { segments } = judgeInputIn(seen);
      const text = segments.map((segment) => segment.text).join(" ");
      const others = EXAM.flatMap(({ strong, weak }) => [strong, weak]).filter((answer) => answer !== text);
      const body = JSON.stringify(seen.body);
      const told = [...others, "c-00", "questions/storage", ANSWERS, QUEUE.id, INDEX.id, '\\"points\\"'];
      expect(told.filter((secret) => body.includes(secret))).toEqual([]);
      expect(askedIn(seen).trimEnd().split("\n").at(-1)).toMatch(/^Give one verdict for each criterion/);
    }
    expect(project.server.requests.length).toBeGreaterThan(4);
  });

  test("two answers that are alike are asked about once each, never together", async () => {
    const rows = ["c-001", "c-002"].map((candidate) =>
      JSON.stringify({ candidate, question: "1", answer: QUEUE.strong }),
    );
    const project = await gradingProject({ files: { "storage.jsonl": `${rows.join("\n")}\n` } });
    const { code } = await project.run("grade", "storage.jsonl");
    expect({ code, requests: project.server.requests.length, marks: marksOf(project.cwd) }).toEqual({
      code: 1,
      requests: 1,
      marks: { "c-001 q1": "needs-review 6", "c-002 q1": "needs-review 6" },
    });
  });
});

describe("a dry run against an endpoint", () => {
  test("opens no connection, writes nothing, and its ceiling holds", async () => {
    const project = await gradingProject({ files: { ...THREE_CANDIDATES, "answerkey.config.yaml": PRICES } });
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
    await project.run("grade", ANSWERS, "--dry-run", "--base-url", `http://127.0.0.1:${port}/v1`);
    const dry = await project.run("grade", ANSWERS, "--dry-run", "--per-criterion", "--json");
    expect({ connections, requests: project.server.requests.length }).toEqual({ connections: 0, requests: 0 });
    expect(filesOf(project.cwd)).toEqual(before);
    const estimate: { items: number; cached: number; tiers: { tier: string; ceiling: { usd: number } }[] } = JSON.parse(
      dry.out,
    );
    expect(estimate).toMatchObject({ items: 15, cached: 0 });

    const real = await project.run("grade", ANSWERS, "--per-criterion", "--json");
    const { cost_usd: cost } = JSON.parse(real.out);
    expect(cost).toBeCloseTo(project.server.requests.length * REQUEST_USD, 9);
    expect(estimate.tiers.find(({ tier }) => tier === "sync")?.ceiling.usd).toBeGreaterThanOrEqual(cost);
    const known = await project.run("grade", ANSWERS, "--per-criterion", "--dry-run", "--json", "--set", "other");
    expect(JSON.parse(known.out)).toMatchObject({ items: 15, cached: 15 });
  });
});

test("another model grades anew, the first one's grades are found again without a request", async () => {
  const project = await gradingProject({ behave: honestReply });
  await project.run("grade", ANSWERS);
  const first = project.server.requests.length;
  await project.run("grade", ANSWERS, "--model", "another-judge");
  expect(project.server.requests.length).toBe(2 * first);
  await project.run("grade", ANSWERS);
  expect(project.server.requests.length).toBe(2 * first);
});
