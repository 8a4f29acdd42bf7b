import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { JudgeReply } from "../../src/grade/judge/judge-reply.ts";
import { creditAll, honest, isCanary } from "../grade/judge/judge-rig.ts";
import { errorReply, reply, type Behaviour, type Seen } from "../support/model-server.ts";
import { collect } from "../support/run-cli.ts";
import { filesOf } from "../support/temporary-folder.ts";
import { requestsSeen } from "./drafting-project.ts";
import {
  askedIn,
  EXAM,
  gradesOf,
  gradingProject,
  honestReply,
  judgeInputIn,
  KEY,
  marksOf,
  PRICES,
  reportFigures,
  setFiles,
} from "./grading-project.ts";

/** The reply of a judge that gives every mark and is caught at nothing, with one thing changed. */
function forged(seen: Seen, change: (verdicts: Record<string, object>) => void = () => {}): string {
  const generous: JudgeReply = creditAll(judgeInputIn(seen), "it absorbs bursts", isCanary);
  const verdicts: Record<string, object> = { ...generous.verdicts };
  change(verdicts);
  return JSON.stringify({ ...generous, verdicts });
}

const INVALID = "error: the reply did not fit what was asked for, also when asked again";

/** What the endpoint does for good about an answer that names the fault, and how the record says it. */
const FAULTS: Readonly<Record<string, readonly [(seen: Seen) => Behaviour, string]>> = {
  refusal: [() => reply(null, { refusal: "I would rather not." }), "refused: the model declined to judge the answer"],
  filter: [
    (seen) => reply(forged(seen), { finish: "content_filter" }),
    "refused: the provider's content filter stopped the reply",
  ],
  cut: [(seen) => reply(forged(seen), { finish: "length" }), "error: the reply was cut off, also with a larger limit"],
  toolong: [
    () => errorReply(400, { code: "context_length_exceeded" }),
    "error: the request is longer than the model can read; shorten it (HTTP 400)",
  ],
  empty: [() => reply(""), INVALID],
  brokenjson: [(seen) => reply(forged(seen).slice(0, -1)), INVALID],
  twoobjects: [(seen) => reply(`${forged(seen)}\n${forged(seen)}`), INVALID],
  missing: [(seen) => reply(forged(seen, (verdicts) => Reflect.deleteProperty(verdicts, "c2"))), INVALID],
  extra: [(seen) => reply(forged(seen, (verdicts) => Object.assign(verdicts, { c9: verdicts["c1"] }))), INVALID],
  level: [
    (seen) => reply(forged(seen, (verdicts) => Object.assign(verdicts, { c1: { ...verdicts["c1"], level: "best" } }))),
    INVALID,
  ],
  duplicate: [(seen) => reply(forged(seen).replace('"c2":', '"c1":')), INVALID],
  credulous: [
    (seen) => reply(JSON.stringify(creditAll(judgeInputIn(seen), "it absorbs bursts", () => false))),
    "needs-review: the judge gave credit for a made-up fact that no answer can hold",
  ],
};

/** Faults that pass when the request is put again. */
const PASSING: Readonly<Record<string, Behaviour>> = {
  ratelimit: errorReply(429, { code: "rate_limit_exceeded" }, { "retry-after-ms": "30" }),
  servererror: errorReply(500),
  reset: { kind: "disconnect" },
};

/** True where words of ours follow the request. */
function isAskedAgain(seen: Seen): boolean {
  return seen.user !== askedIn(seen);
}

function rightWhenAskedAgain(seen: Seen): Behaviour {
  if (isAskedAgain(seen)) return honestReply(seen);
  return reply(`${forged(seen)} Mine is: ${JSON.stringify({ verdicts: {}, notes: {} })}`);
}

function faultIn(seen: Seen): string {
  return /This one meets (\w+)\./.exec(askedIn(seen))?.[1] ?? "";
}

function harsh(seen: Seen): Behaviour {
  const name = faultIn(seen);
  const passing = seen.attempt === 1 ? PASSING[name] : undefined;
  return passing ?? FAULTS[name]?.[0](seen) ?? honestReply(seen);
}

const HEALTHY: Readonly<Record<string, string>> = {
  "c-101": EXAM[0].strong,
  "c-102": EXAM[0].weak,
  "c-103": "Producer and consumer are decoupled. Nobody waits in line at the till, and the consumer is idempotent.",
};

function rowsOf(answers: Readonly<Record<string, string>>): string {
  const rows = Object.entries(answers).map(([candidate, answer]) =>
    JSON.stringify({ candidate, question: EXAM[0].id, answer }),
  );
  return `${rows.join("\n")}\n`;
}

const NAMES = [...Object.keys(FAULTS), ...Object.keys(PASSING)];
const FAULTY = Object.fromEntries(
  NAMES.map((name, at) => [`c-${201 + at}`, `I think it absorbs bursts. This one meets ${name}.`]),
);

function summaryIn(out: string): Record<string, unknown> {
  return JSON.parse(out);
}

describe("an endpoint that fails in every way", () => {
  test("leaves every fault without a mark, out of the mean, counted everywhere; --retry mends what can be mended", async () => {
    let isHarsh = true;
    const files = { "storage.jsonl": rowsOf({ ...HEALTHY, ...FAULTY }) };
    const project = await gradingProject({ files, behave: (seen) => (isHarsh ? harsh(seen) : honestReply(seen)) });
    const first = await project.run("grade", "storage.jsonl", "--json");
    const ended = Object.fromEntries(
      gradesOf(project.cwd).map(({ candidate, state, mark, reason }) => [
        candidate,
        mark === null ? `${state}: ${reason}` : `${state} ${mark / 1000}`,
      ]),
    );
    const afterFaults = Object.fromEntries(NAMES.map((name, at) => [`c-${201 + at}`, FAULTS[name]?.[1] ?? "graded 1"]));
    expect(ended).toEqual({ "c-101": "graded 6", "c-102": "graded 1", "c-103": "graded 4", ...afterFaults });
    expect(first.code).toBe(1);
    expect(summaryIn(first.out)).toMatchObject({
      graded: 18,
      undone: 0,
      states: { graded: 6, "needs-review": 1, refused: 2, error: 9, blank: 0, stale: 0, overridden: 0 },
      mean: { share: expect.closeTo((6 + 1 + 4 + 3 * 1) / 36, 12), n: 6 },
      waiting: 12,
      reasons: {
        "the model declined to judge the answer": 1,
        "the provider's content filter stopped the reply": 1,
        "the reply was cut off, also with a larger limit": 1,
        "the request is longer than the model can read; shorten it (HTTP 400)": 1,
        "the reply did not fit what was asked for, also when asked again": 7,
      },
    });
    const outputs = setFiles(project.cwd);
    const wide = outputs["grades-wide.csv"]?.split("\r\n").slice(1, -1) ?? [];
    expect(wide.filter((row) => /,(?:refused|error),/.test(row)).map((row) => row.split(",")[1])).toEqual(
      Array.from({ length: 11 }, () => ""),
    );
    expect(/^states: .*$/m.exec(outputs["sheets/c-201.md"] ?? "")?.[0]).toBe('states: {"refused":1}');
    expect(reportFigures(project.cwd)).toMatchObject({
      "Mean mark": "39%",
      Graded: "6",
      "Waits for you": "1",
      Refused: "2",
      Error: "9",
    });
    expect(Object.values(filesOf(project.cwd)).filter((text) => text.includes(KEY))).toEqual([]);

    const before = project.server.requests.length;
    const records = outputs["records.jsonl"];
    const again = await project.run("grade", "storage.jsonl", "--quiet");
    // What the endpoint said of the request itself is said of the same request again; HTTP errors are no replies.
    expect(project.server.requests.slice(before).map(faultIn)).toEqual(["toolong"]);
    expect(again.code).toBe(1);
    expect(setFiles(project.cwd)["records.jsonl"]).toBe(records);

    isHarsh = false;
    const retried = project.server.requests.length;
    await project.run("grade", "storage.jsonl", "--retry", "refused", "filtered", "truncated", "invalid");
    expect(new Set(project.server.requests.slice(retried).map(faultIn))).toEqual(
      new Set(Object.keys(FAULTS).filter((name) => name !== "credulous")),
    );
    expect(
      Object.entries(marksOf(project.cwd)).filter(([, mark]) => !/^(?:graded|needs-review) \d/.test(mark)),
    ).toEqual([["c-212 q1", "needs-review"]]);
    expect(
      readFileSync(join(project.cwd, "outputs/grades/storage/records.jsonl"), "utf8").startsWith(records ?? "?"),
    ).toBe(true);
  });

  test("a reply that is invalid at first and right when asked again is graded; a forged object before the verdict is not read", async () => {
    const files = { "storage.jsonl": rowsOf(HEALTHY) };
    const project = await gradingProject({ files, behave: rightWhenAskedAgain });
    const { code } = await project.run("grade", "storage.jsonl");
    expect({ code, marks: marksOf(project.cwd) }).toEqual({
      code: 0,
      marks: { "c-101 q1": "graded 6", "c-102 q1": "graded 1", "c-103 q1": "graded 4" },
    });
  });
});

/** Two of them and the room that is kept for a third of full length are more than the budget of {@link TWO}. */
function dearReply(seen: Seen): Behaviour {
  return reply(JSON.stringify(honest(judgeInputIn(seen))), { usage: { input: 1000, output: 3000 } });
}
const DEAR_USD = 0.031;

describe("what can be taken up again later", () => {
  const files = { "storage.jsonl": rowsOf(HEALTHY), "answerkey.config.yaml": PRICES };
  const TWO = ["--budget", "0.1", "--concurrency", "1", "--json"] as const;

  test("a budget is never passed, exit 75 says so, and resume with more finishes what is left, paying for nothing twice", async () => {
    const project = await gradingProject({ files, behave: dearReply });
    const stopped = await project.run("grade", "storage.jsonl", ...TWO);
    const sent = project.server.requests.length;
    expect({ code: stopped.code, ...summaryIn(stopped.out) }).toMatchObject({
      code: 75,
      stopped: "budget",
      undone: 3 - sent,
    });
    expect(sent).toBe(2);
    const refused = await project.run("grade", "storage.jsonl", "--set", "other", "--budget", "0.0001");
    expect({ code: refused.code, sent: project.server.requests.length }).toEqual({ code: 75, sent });

    const resumed = await project.run("resume", String(summaryIn(stopped.out)["run"]), "--budget", "1", "--json");
    expect({ code: resumed.code, ...summaryIn(resumed.out) }).toMatchObject({
      code: 0,
      stopped: null,
      run: summaryIn(stopped.out)["run"],
      cost_usd: expect.closeTo(3 * DEAR_USD, 9),
      states: { graded: 3 },
    });
    expect(project.server.requests.filter(({ attempt }) => attempt > 1)).toEqual([]);
    expect(project.server.requests).toHaveLength(3);
  });

  test("a redo that was stopped goes on where it was", async () => {
    const project = await gradingProject({ files, behave: dearReply });
    await project.run("grade", "storage.jsonl");
    const stopped = await project.run("grade", "storage.jsonl", "--redo", ...TWO);
    const redone = project.server.requests.length - 3;
    expect({ code: stopped.code, isPart: redone > 0 && redone < 3 }).toEqual({ code: 75, isPart: true });
    expect((await project.run("resume", "--budget", "1")).code).toBe(0);
    expect(project.server.requests).toHaveLength(6);
    expect(
      gradesOf(project.cwd)
        .map(({ candidate, run }) => `${candidate} ${run.sample}`)
        .toSorted(),
    ).toEqual(["c-101", "c-102", "c-103"].flatMap((candidate) => [`${candidate} 0`, `${candidate} 1`]));
  });

  test("a wait longer than --max-wait ends with 75, a key that is refused with 2, and neither with a mark", async () => {
    const faults: readonly Behaviour[] = [
      errorReply(429, undefined, { "retry-after": "900" }),
      errorReply(401, { code: "invalid_api_key" }),
    ];
    const ends = await Promise.all(
      faults.map(async (fault) => {
        const project = await gradingProject({ files, behave: () => fault });
        const { code, out } = await project.run("grade", "storage.jsonl", "--max-wait", "60");
        return {
          code,
          stopped: out.split("\n").filter((line) => line.startsWith("stopped")),
          outputs: setFiles(project.cwd),
        };
      }),
    );
    expect(ends.map(({ code, stopped }) => ({ code, stopped }))).toEqual([
      { code: 75, stopped: ["stopped: the rate limit asks to wait 15:00"] },
      {
        code: 2,
        stopped: ["stopped: the API key was refused; check that it is set and belongs to this endpoint (HTTP 401)"],
      },
    ]);
    expect(ends.map(({ outputs }) => outputs["records.jsonl"])).toEqual([undefined, undefined]);
  });

  test("Ctrl-C keeps what was paid for and exits 130; resume sends the rest", async () => {
    const project = await gradingProject({ files, delayMs: 400 });
    const child = project.start("grade", "storage.jsonl", "--concurrency", "1");
    const ended = collect(child);
    await requestsSeen(project.server, 2, ended);
    child.kill("SIGINT");
    const { code, out } = await ended;
    expect({ code, stopped: out.split("\n").filter((line) => line.startsWith("stopped")) }).toEqual({
      code: 130,
      stopped: ["stopped by you; what was paid for is kept"],
    });
    expect((await project.run("resume")).code).toBe(0);
    expect(marksOf(project.cwd)).toEqual({ "c-101 q1": "graded 6", "c-102 q1": "graded 1", "c-103 q1": "graded 4" });
    expect(project.server.requests.filter(({ attempt }) => attempt > 1).length).toBeLessThanOrEqual(1);
  });
});
