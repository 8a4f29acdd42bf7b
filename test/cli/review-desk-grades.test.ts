import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { main } from "../../src/cli/main.ts";
import { ProjectDesk } from "../../src/cli/review-desk/review-desk.ts";
import type { GradeItem, QueueRow } from "../../src/web/api.ts";
import { temporaryFolder, writeFile } from "../support/temporary-folder.ts";
import { projectIn } from "./desk-project.ts";

const BANK = `# Questions about locks

## Question 1

**What does a lock do?**

**Answer:** A lock keeps two writers apart. It is released when the work is done.
`;

const RUBRIC = `rubric: 1
match: "What does a lock do?"
scale: { max: 2, step: 0.5, floor: 0, pass: 1 }
criteria:
  - id: apart
    text: Says that a lock keeps two writers apart.
    points: 1
    evidence: required
    levels:
      - { id: none, points: 0, text: "Not said." }
      - { id: full, points: 1, text: "Keeps two writers apart." }
  - id: release
    text: Says that a lock is released when the work is done.
    points: 1
    evidence: required
    levels:
      - { id: none, points: 0, text: "Not said." }
      - { id: full, points: 1, text: "It is released when the work is done." }
`;

const ANSWERS = `candidate,question,answer
c-001,What does a lock do?,A lock keeps two writers apart and it is released when the work is done.
c-002,What does a lock do?,A lock keeps two writers apart.
`;

interface GradedProject {
  readonly cwd: string;
  readonly desk: (actor?: string) => Promise<ProjectDesk>;
}

/** A project whose two answers were graded offline. */
async function gradedProject(): Promise<GradedProject> {
  const cwd = temporaryFolder({
    "questions/locks.md": BANK,
    "questions/rubrics/locks.rubric.yaml": RUBRIC,
    "answers/round.csv": ANSWERS,
  });
  await inProcess(cwd, "grade", "answers/round.csv", "--set", "round");
  return {
    cwd,
    desk: async (actor = "ada") => {
      const desk = new ProjectDesk(await projectIn(cwd), [], actor);
      onTestFinished(() => desk.close());
      return desk;
    },
  };
}

async function inProcess(cwd: string, ...args: readonly string[]): Promise<void> {
  const sink = { write: () => true };
  await main(args, {
    folder: cwd,
    streams: { out: sink, err: sink, in: process.stdin },
    signal: new AbortController().signal,
  });
}

function gradeOf(desk: ProjectDesk, candidate: string): QueueRow {
  const row = desk.queue().rows.find((each) => each.candidate === candidate);
  if (row === undefined) throw new Error(`nobody graded ${candidate}`);
  return row;
}

function itemOf(desk: ProjectDesk, candidate: string, isBlind = true): GradeItem {
  const item = desk.item(gradeOf(desk, candidate).id, isBlind);
  if (item?.kind !== "grade") throw new Error("no grade");
  return item;
}

const FULL = { apart: "full", release: "full" };

describe("a blind reviewer", () => {
  test("sees the answer and the rubric, and nothing of what the judge or anybody else said", async () => {
    const { desk } = await gradedProject();
    const grace = await desk("grace");
    const { id, etag } = gradeOf(grace, "c-002");
    grace.item(id, false);
    await grace.decide(id, etag, { action: "override", levels: FULL, reason: "the judge missed the release" });

    const ada = await desk("ada");
    const { row, etag: _etag, ...item } = itemOf(ada, "c-002");
    const { state, confidence, flags } = row;
    expect({ state, confidence, flags }).toEqual({ state: "overridden", confidence: null, flags: [] });
    expect(item).toEqual({
      kind: "grade",
      question: "What does a lock do?",
      restored: null,
      headings: ["Questions about locks"],
      answer: "A lock keeps two writers apart.",
      reference: "A lock keeps two writers apart. It is released when the work is done.",
      guidelines: "",
      criteria: [
        {
          id: "apart",
          text: "Says that a lock keeps two writers apart.",
          levels: [
            { id: "none", points: 0, descriptor: "Not said." },
            { id: "full", points: 1000, descriptor: "Keeps two writers apart." },
          ],
        },
        {
          id: "release",
          text: "Says that a lock is released when the work is done.",
          levels: [
            { id: "none", points: 0, descriptor: "Not said." },
            { id: "full", points: 1000, descriptor: "It is released when the work is done." },
          ],
        },
      ],
      max: 2000,
      pass: 1000,
      judge: null,
      mine: null,
      override: null,
      history: [],
    });
    expect(ada.activity().map(({ action, actor, reason }) => [action, actor, reason])).toEqual([
      ["override", "grace", ""],
    ]);
  });

  test("cannot agree with what was not shown", async () => {
    const { desk } = await gradedProject();
    const ada = await desk();
    const { id, etag } = gradeOf(ada, "c-001");
    expect(await ada.decide(id, etag, { action: "confirm", reason: "" })).toMatchObject({ status: "refused" });
  });

  test("sees the judge's word once the own levels are stored, as a blind label that stays", async () => {
    const { cwd, desk } = await gradedProject();
    const ada = await desk();
    const { id, etag } = gradeOf(ada, "c-001");
    expect(await ada.decide(id, etag, { action: "mark", levels: { apart: "full" } })).toMatchObject({
      status: "refused",
      message: "criterion release has no level yet",
    });
    expect(itemOf(ada, "c-001").judge).toBeNull();
    expect(await ada.decide(id, etag, { action: "mark", levels: FULL })).toMatchObject({ status: "done" });
    expect(itemOf(ada, "c-001")).toMatchObject({
      row: { status: "accepted" },
      judge: { criteria: [{ criterion: "apart" }, { criterion: "release" }] },
      mine: { levels: FULL, mark: 2000 },
    });
    const again = await ada.decide(id, gradeOf(ada, "c-001").etag, { action: "mark", levels: FULL });
    expect(again.status).toBe("refused");
    const log = readFileSync(join(cwd, "outputs/grades/round/records.jsonl"), "utf8");
    expect(log.match(/"type":"mark"[^\n]*?"blind":(true|false)/)?.[1]).toBe("true");
  });

  test("who asked for the judge's word gives no blind label", async () => {
    const { cwd, desk } = await gradedProject();
    const ada = await desk();
    expect(itemOf(ada, "c-001", false).judge).not.toBeNull();
    const { id, etag, confidence } = gradeOf(ada, "c-001");
    expect(confidence).not.toBeNull();
    await ada.decide(id, etag, { action: "mark", levels: FULL });
    expect(readFileSync(join(cwd, "outputs/grades/round/records.jsonl"), "utf8")).toMatch(
      /"type":"mark"[^\n]*"blind":false/,
    );
  });
});

describe("a grade", () => {
  test("is confirmed, overridden and given back, each with a line in the log", async () => {
    const { desk } = await gradedProject();
    const ada = await desk();
    const { id } = gradeOf(ada, "c-002");
    itemOf(ada, "c-002", false);
    const decide = async (decision: Parameters<typeof ada.decide>[2]) =>
      (await ada.decide(id, gradeOf(ada, "c-002").etag, decision)).status;
    expect(await decide({ action: "override", levels: FULL, reason: "it is implied" })).toBe("done");
    expect(itemOf(ada, "c-002")).toMatchObject({
      row: { state: "overridden", status: "accepted" },
      mine: { levels: FULL, mark: 2000 },
      override: { by: "ada", reason: "it is implied" },
    });
    expect(await ada.undo(null)).toMatchObject({ status: "done" });
    expect(itemOf(ada, "c-002")).toMatchObject({ override: null, mine: null });
    expect(await decide({ action: "withdraw", reason: "again" })).toBe("refused");
    expect(await decide({ action: "confirm", reason: "" })).toBe("done");
    expect(await decide({ action: "withdraw", reason: "second thoughts" })).toBe("done");
    expect(await decide({ action: "override", levels: FULL, reason: "implied" })).toBe("done");
    expect(await decide({ action: "confirm", reason: "no, it is not" })).toBe("done");
    expect(itemOf(ada, "c-002").mine).toEqual({ levels: { apart: "full", release: "none" }, mark: 1000 });
    expect(await decide({ action: "accept" })).toBe("refused");
    expect(itemOf(ada, "c-002").history.map(({ what }) => what.replace(/^graded.*/, "graded"))).toEqual([
      "graded",
      "set 2: it is implied",
      "took the override back: taken back",
      "set 1: the judge's levels are right",
      "took the override back: second thoughts",
      "set 2: implied",
      "set 1: no, it is not",
    ]);
  });

  test("taken back is what it was before: a label, an override over another one, a withdrawal", async () => {
    const { cwd, desk } = await gradedProject();
    const ada = await desk();
    const { id } = gradeOf(ada, "c-002");
    const decide = async (decision: Parameters<typeof ada.decide>[2]) =>
      (await ada.decide(id, gradeOf(ada, "c-002").etag, decision)).status;
    const NONE = { apart: "none", release: "none" };
    const seen: unknown[] = [];
    const look = (): void => {
      const { row, override, mine } = itemOf(ada, "c-002");
      seen.push([row.state, override?.reason ?? "", mine?.mark ?? ""]);
    };
    expect(await decide({ action: "mark", levels: FULL })).toBe("done");
    look();
    expect(await decide({ action: "override", levels: FULL, reason: "implied" })).toBe("done");
    expect(await decide({ action: "override", levels: NONE, reason: "no, nothing" })).toBe("done");
    look();
    expect(await ada.undo(null)).toMatchObject({ status: "done" });
    look();
    expect(await decide({ action: "withdraw", reason: "so be it" })).toBe("done");
    look();
    expect(await ada.undo(null)).toMatchObject({ status: "done" });
    look();
    expect(seen).toEqual([
      ["graded", "", 2000],
      ["overridden", "no, nothing", 0],
      ["overridden", "back to what ada had set: implied", 2000],
      ["graded", "", 2000],
      ["overridden", "back to what ada had set: back to what ada had set: implied", 2000],
    ]);
    await ada.close();
    const verified: string[] = [];
    await main(["grade", "verify"], {
      folder: cwd,
      streams: { out: { write: (text: string) => verified.push(text) }, err: { write: () => true }, in: process.stdin },
      signal: new AbortController().signal,
    });
    expect(verified.join("")).toContain("whole");
  });

  test("a label taken back counts no more, and the next one is not blind", async () => {
    const { cwd, desk } = await gradedProject();
    const ada = await desk();
    const { id } = gradeOf(ada, "c-001");
    const mark = async () =>
      ada.decide(id, gradeOf(ada, "c-001").etag, { action: "mark", levels: { apart: "none", release: "full" } });
    expect(await mark()).toMatchObject({ status: "done" });
    expect(await ada.undo(null)).toMatchObject({ status: "done" });
    expect(itemOf(ada, "c-001")).toMatchObject({ mine: null, row: { status: "pending" } });
    expect(await mark()).toMatchObject({ status: "done" });
    const lines = readFileSync(join(cwd, "outputs/grades/round/records.jsonl"), "utf8").split("\n");
    expect(
      lines.flatMap((line) => line.match(/"type":"mark".*/) ?? []).map((line) => /"blind":true/.test(line)),
    ).toEqual([true, true, false]);
    expect(itemOf(ada, "c-001").history.map(({ what }) => what.replace(/^graded.*/, "graded"))).toEqual([
      "graded",
      "saw 1, before the judge's word",
      "took 1 back",
      "saw 1",
    ]);
  });

  test("levels that the rubric does not have are refused", async () => {
    const { desk } = await gradedProject();
    const ada = await desk();
    const { id, etag } = gradeOf(ada, "c-001");
    expect(await ada.decide(id, etag, { action: "override", levels: { apart: "half" }, reason: "so" })).toEqual({
      status: "refused",
      message: "criterion apart has no level half. It has: none, full",
    });
  });

  test.each<[string, (project: GradedProject) => Promise<unknown> | void]>([
    [
      "somebody else overrode it",
      async ({ desk }) => {
        const grace = await desk("grace");
        const { id, etag } = gradeOf(grace, "c-001");
        await grace.decide(id, etag, { action: "override", levels: { apart: "none" }, reason: "no" });
      },
    ],
    [
      "the rubric changed",
      ({ cwd }) => writeFile(join(cwd, "questions/rubrics/locks.rubric.yaml"), RUBRIC.replace("step: 0.5", "step: 1")),
    ],
    [
      "the answer changed",
      ({ cwd }) => writeFile(join(cwd, "answers/round.csv"), ANSWERS.replace("and it is released", "and is released")),
    ],
  ])("%s: the decision is not carried out", async (_title, change) => {
    const project = await gradedProject();
    const ada = await project.desk("ada");
    const { id, etag } = gradeOf(ada, "c-001");
    await change(project);
    expect(await ada.decide(id, etag, { action: "mark", levels: FULL })).toMatchObject({ status: "conflict" });
  });

  test("reports are made again when the desk is closed", async () => {
    const { cwd, desk } = await gradedProject();
    const table = join(cwd, "outputs/grades/round/grades-wide.csv");
    const before = readFileSync(table, "utf8");
    const ada = await desk();
    const { id, etag } = gradeOf(ada, "c-002");
    await ada.decide(id, etag, { action: "override", levels: FULL, reason: "it is implied" });
    await ada.close();
    expect(readFileSync(table, "utf8")).not.toBe(before);
  });
});
