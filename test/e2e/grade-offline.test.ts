import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCli } from "../support/run-cli.ts";
import { filesOf } from "../support/temporary-folder.ts";
import { ANSWERS, EXAM, marksOf, offlineProject, rubricPath, setFiles, THREE_CANDIDATES } from "./grading-project.ts";

const OFFLINE = ["grade", ANSWERS, "--provider", "offline"] as const;

const STANDING = {
  states: { graded: 5, "needs-review": 0, refused: 0, error: 0, blank: 1, stale: 0, overridden: 0 },
  mean: { share: expect.closeTo(2 / 3, 12), n: 5 },
  waiting: 0,
  reasons: {},
  waits: {},
};
const NO_SKIP = { "up-to-date": 0, overridden: 0, "no-rubric": 0, "not-asked": 0, "over-limit": 0 };
const NO_USAGE = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 };
const SUMMARY = {
  schema: 1,
  run: "2026-01-01t00-00-00z",
  set: "storage",
  provider: "offline",
  model: "offline",
  graded: 6,
  undone: 0,
  deferred: 0,
  skipped: NO_SKIP,
  unread: 0,
  ...STANDING,
  requests: 0,
  usage: NO_USAGE,
  cost_usd: 0,
  stopped: null,
  batches: [],
  outputs: {
    report: "outputs/grades/storage/report.html",
    sheets: "outputs/grades/storage/sheets",
    records: "outputs/grades/storage/records.jsonl",
  },
};

describe("grading with no key, from nothing to a report", () => {
  test("leaves records, a sheet a candidate, two tables and a report, and says where they are and what to do next", async () => {
    const { cwd, run } = offlineProject();
    expect(await run(...OFFLINE)).toEqual({
      code: 0,
      out: [
        "6 answers looked at · no request · $0.00",
        "5 graded · 1 blank, no mark",
        "mean of the 5 marks that count: 66.7%",
        "report: outputs/grades/storage/report.html",
        "sheets: outputs/grades/storage/sheets/ · tables: grades.csv, grades-wide.csv beside them",
        "next: answerkey grade agree <marks of people>",
        "",
      ].join("\n"),
      err: [
        "6 answers of 3 candidates to 2 questions with a rubric, 1 blank",
        "6 answers to grade into outputs/grades/storage/",
        "judge: offline (asked for)",
        "  it matches words, not meaning: a first sorting, and no judgement to rely on",
        "",
      ].join("\n"),
    });
    expect(Object.keys(setFiles(cwd))).toEqual([
      "grades-wide.csv",
      "grades.csv",
      "records.jsonl",
      "records.jsonl.head",
      "report.html",
      "settings.json",
      "sheets/c-001.md",
      "sheets/c-002.md",
      "sheets/c-003.md",
    ]);
    expect(marksOf(cwd)).toEqual({
      "c-001 q1": "graded 6",
      "c-001 q2": "graded 6",
      "c-002 q1": "graded 2",
      "c-002 q2": "graded 2",
      "c-003 q1": "graded 4",
      "c-003 q2": "blank",
    });
    // A blank is no nought: the third candidate has 4 of 6, and the cell of the second question is empty.
    expect(readFileSync(join(cwd, "outputs/grades/storage/grades-wide.csv"), "utf8")).toBe(
      [
        "\uFEFFcandidate,Q1 q-be3f76f3e89b,Q1 q-be3f76f3e89b:state,Q1 q-be3f76f3e89b:provisional,Q1 q-be3f76f3e89b.bursts,Q1 q-be3f76f3e89b.decoupling,Q1 q-be3f76f3e89b.idempotence,Q2 q-81425e96c5e7,Q2 q-81425e96c5e7:state,Q2 q-81425e96c5e7:provisional,Q2 q-81425e96c5e7.writes,Q2 q-81425e96c5e7.space,Q2 q-81425e96c5e7.plans,total,total_max,counted,graded,overridden,needs_review,refused,error,blank,stale",
        "c-001,6,graded,,2,2,2,6,graded,,2,2,2,12,12,2,2,0,0,0,0,0,0",
        "c-002,2,graded,,2,0,0,2,graded,,2,0,0,4,12,2,2,0,0,0,0,0,0",
        "c-003,4,graded,,2,2,0,,blank,,,,,4,6,1,1,0,0,0,0,1,0",
        "",
      ].join("\r\n"),
    );
    const modes = Object.keys(setFiles(cwd)).map((path) => statSync(join(cwd, "outputs/grades/storage", path)).mode);
    expect(new Set(modes.map((mode) => (mode & 0o777).toString(8)))).toEqual(new Set(["600"]));
  });

  test("writes the same bytes in another folder, and none when it is run again at another time", async () => {
    const [left, right] = [offlineProject(), offlineProject()];
    const [summary] = await Promise.all([left.run(...OFFLINE, "--json"), right.run(...OFFLINE)]);
    expect(JSON.parse(summary.out)).toEqual(SUMMARY);
    expect(setFiles(right.cwd)).toEqual(setFiles(left.cwd));

    const before = filesOf(left.cwd);
    const again = await runCli([...OFFLINE, "--json"], { cwd: left.cwd });
    expect({ ...again, out: JSON.parse(again.out), err: "" }).toEqual({
      code: 0,
      out: { ...SUMMARY, run: null, graded: 0, skipped: { ...NO_SKIP, "up-to-date": 6 } },
      err: "",
    });
    expect(filesOf(left.cwd)).toEqual(before);
    const report = await runCli(["grade", "report", "--json"], { cwd: left.cwd });
    expect({ code: report.code, out: JSON.parse(report.out) }).toEqual({
      code: 0,
      out: { schema: 1, set: "storage", ...STANDING, report: SUMMARY.outputs.report },
    });
    expect(filesOf(left.cwd)).toEqual(before);
  });

  test("a dry run writes nothing at all", async () => {
    const { cwd, run } = offlineProject();
    const before = filesOf(cwd);
    const dry = await run(...OFFLINE, "--dry-run", "--json");
    expect({ code: dry.code, out: JSON.parse(dry.out) }).toEqual({
      code: 0,
      out: {
        schema: 1,
        plan: { planned: 6, skipped: NO_SKIP },
        // Nobody is asked about a blank.
        items: 5,
        cached: 0,
        inputTokens: expect.any(Number),
        basis: "a guess",
        tiers: [],
      },
    });
    expect(filesOf(cwd)).toEqual(before);
  });
});

describe("what is left out is not passed over in silence", () => {
  test("a rubric that cannot be used leaves its question open, and the command with it", async () => {
    const broken = { ...THREE_CANDIDATES, [rubricPath(EXAM[0])]: "rubric: 1\ncriteria: [\n" };
    const { cwd, run } = offlineProject(broken);
    const { code, err } = await run(...OFFLINE);
    expect({ code, err: err.split("\n").slice(0, 4) }).toEqual({
      code: 1,
      err: [
        `${rubricPath(EXAM[0])}:3: not a rubric: deficient indentation`,
        "6 answers of 3 candidates to 2 questions, 1 of them with a rubric, 1 blank",
        "3 answers to grade into outputs/grades/storage/",
        "  3 are answers to questions without a usable rubric (answerkey rubric lint says more)",
      ],
    });
    expect(Object.keys(marksOf(cwd))).toEqual(["c-001 q2", "c-002 q2", "c-003 q2"]);
  });

  test("a row of somebody unknown and a question that the bank does not have", async () => {
    const rows = `candidate,question,answer\nc-001,1,${EXAM[0].weak.replaceAll(",", "")}\n,1,Whose is this?\nc-002,9,No such question\n`;
    const { cwd, run } = offlineProject({ "week 1.csv": rows });
    const { code, err } = await run("grade", "week 1.csv", "--provider", "offline", "--quiet");
    expect({ code, err, marks: marksOf(cwd, "week-1") }).toEqual({
      code: 1,
      err: [
        "week 1.csv:3: it is not said whose answer this is; it was left out",
        'week 1.csv:4: the bank has no question "9" (1 row was left out)',
        "",
      ].join("\n"),
      marks: { "c-001 q1": "graded 2" },
    });
  });
});
