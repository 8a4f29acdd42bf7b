import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { writeFile } from "../support/temporary-folder.ts";
import { EXAM, examText, offlineProject, rubricPath, setFiles, type OfflineProject } from "./grading-project.ts";

const [QUEUE, INDEX] = EXAM;
const SHEET = "questions/storage/candidates";

async function graded(): Promise<OfflineProject> {
  const project = offlineProject();
  await project.call("grade", SHEET, "--provider", "offline");
  return project;
}

function lastRun(cwd: string): string {
  return readdirSync(join(cwd, "outputs/runs")).toSorted().at(-1) ?? "";
}

/** The lines about grades and runs, and what comes next. */
async function told({ call }: OfflineProject): Promise<readonly string[]> {
  const { out, err } = await call("status");
  return `${out}${err}`.split("\n").filter((line) => /^(?:grades|run|next|  ) ?/.test(line));
}

const said = z.object({ grades: z.array(z.unknown()), interrupted: z.array(z.unknown()) });

async function document({ call }: OfflineProject): Promise<unknown> {
  return said.parse(JSON.parse((await call("status", "--json")).out));
}

const NONE = { graded: 0, "needs-review": 0, refused: 0, error: 0, blank: 0, stale: 0, overridden: 0 };

describe("status tells how grades stand", () => {
  test("not a word where nothing was graded", async () => {
    const project = offlineProject();
    expect(await told(project)).toEqual(["next: answerkey fill --dry-run"]);
    expect(await document(project)).toEqual({ grades: [], interrupted: [] });
  });

  test("how many answers count, wait for a person, and have no grade yet", async () => {
    const project = await graded();
    writeFile(join(project.cwd, SHEET, "c-004.md"), examText([QUEUE.weak, ""]));
    expect(await told(project)).toMatchInlineSnapshot(`
      [
        "grades of storage: 5 graded · 1 blank, no mark · 2 answers not graded yet",
        "next: answerkey grade <answers>",
      ]
    `);
    expect(await document(project)).toMatchInlineSnapshot(`
      {
        "grades": [
          {
            "mean": {
              "n": 5,
              "share": 0.6666666666666667,
            },
            "reasons": {},
            "set": "storage",
            "states": {
              "blank": 1,
              "error": 0,
              "graded": 5,
              "needs-review": 0,
              "overridden": 0,
              "refused": 0,
              "stale": 0,
            },
            "status": "read",
            "ungraded": 2,
            "waiting": 0,
            "waits": {},
          },
        ],
        "interrupted": [],
      }
    `);
  });

  test("and what a changed rubric made stale, before any grade says so; nothing is written", async () => {
    const project = await graded();
    const before = setFiles(project.cwd);
    writeFile(
      join(project.cwd, rubricPath(INDEX)),
      INDEX.rubric.replace("Says that changes of rows take longer.", "Says that changes of rows take more time."),
    );
    expect((await told(project))[0]).toBe(
      "grades of storage: 3 graded · 2 stale since the rubric changed · 1 blank, no mark",
    );
    expect(await document(project)).toMatchObject({
      grades: [{ set: "storage", states: { ...NONE, graded: 3, blank: 1, stale: 2 } }],
    });
    expect(setFiles(project.cwd)).toEqual(before);
  });
});

test("status says that records cannot be read, and goes on", async () => {
  const project = await graded();
  writeFile(join(project.cwd, "outputs/grades/storage/records.jsonl"), "{}\n");
  const { code } = await project.call("status");
  expect([code, ...(await told(project))]).toEqual([
    0,
    expect.stringMatching(/^grades of storage: cannot read .+records.jsonl: line 1 is not a grade record$/),
    "next: answerkey fill --dry-run",
  ]);
});

describe("status tells of runs that did not end", () => {
  const CASES = [
    ["killed", undefined, "was interrupted after 6 of 6", ""],
    ["out of budget", "budget", "was stopped (budget) after 6 of 6", " --budget <more>"],
  ] as const;

  test.each(CASES)("and how to go on with one %s", async (_name, stopped, how, flag) => {
    const project = await graded();
    const run = lastRun(project.cwd);
    const summary = join("outputs/runs", run, "summary.json");
    if (stopped === undefined) rmSync(join(project.cwd, summary));
    else writeFile(join(project.cwd, summary), JSON.stringify({ stopped }));
    const resume = `answerkey resume ${run}${flag}`;
    expect(await told(project)).toEqual([
      `run ${run}: grade of storage ${how}; ${resume} goes on with it`,
      "grades of storage: 5 graded · 1 blank, no mark",
      `next: ${resume}`,
    ]);
    expect(await document(project)).toMatchObject({
      interrupted: [
        { run, command: "grade", set: "storage", stopped: stopped ?? "interrupted", ended: 6, planned: 6, resume },
      ],
    });
  });

  test("not of one whose plan a later run has carried out", async () => {
    const project = await graded();
    rmSync(join(project.cwd, "outputs/runs", lastRun(project.cwd), "summary.json"));
    await project.call("grade", SHEET, "--provider", "offline", "--redo");
    expect(await document(project)).toMatchObject({ interrupted: [] });
  });
});
