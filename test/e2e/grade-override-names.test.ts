import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { acquireLock } from "../../src/files/lock.ts";
import { systemClock } from "../../src/cli/system-clock.ts";
import { filesOf } from "../support/temporary-folder.ts";
import { ANSWERS, entriesOf, EXAM, gradesOf, offlineProject } from "./grading-project.ts";

const [QUEUE, INDEX] = EXAM;
const WHY = ["--reason", "says it in other words", "--by", "ada"] as const;

function named(rows: readonly (readonly [string, string, string])[]): string {
  return `${rows.map(([candidate, question, answer]) => JSON.stringify({ candidate, question, answer })).join("\n")}\n`;
}

/** The first line that `grade override` prints, and its exit code. */
async function said(project: ReturnType<typeof offlineProject>, ...args: readonly string[]): Promise<string> {
  const { code, out, err } = await project.call("grade", "override", ...args, ...WHY);
  return `${code} ${(code === 0 ? out : err).trimEnd().replaceAll("\n", " ").replaceAll(project.cwd, ".")}`;
}

describe("grade override takes", () => {
  test("candidates by code, address or name, and questions by id or by the number that the report shows", async () => {
    const rows = [
      ["Ada@Example.org", QUEUE.id, QUEUE.weak],
      ["Ben Bright", QUEUE.id, QUEUE.weak],
      ["Ben Bright", INDEX.id, INDEX.weak],
    ] as const;
    const project = offlineProject({ "exam.jsonl": named(rows) });
    await project.call("grade", "exam.jsonl", "--provider", "offline");
    expect([
      await said(project, "ada@example.org", "Q1", "--mark", "1"),
      await said(project, "ben  bright", "2", "--mark", "3"),
      await said(project, "c-002", "q1", "--mark", "2"),
      await said(project, "Ben", "q1", "--mark", "2"),
    ]).toEqual([
      `0 c-001 ${QUEUE.id}: 2 → 1, marked by ada: says it in other words`,
      `0 c-002 ${INDEX.id}: 2 → 3, marked by ada: says it in other words`,
      `0 c-002 ${QUEUE.id}: 2 → 2, marked by ada: says it in other words`,
      "2 error: the set exam has no candidate Ben   there are: c-001, c-002, and whom candidates.json names",
    ]);
  });

  test("the label of the report where two banks number alike, and lists what a bare number may mean", async () => {
    const other = "Why does a cache need an end of life for what it holds?";
    const bank = `# Caches\n\n## Question 1\n\n**${other}**\n\n**Answer:** _[To be filled]_\n`;
    const rubric = `rubric: 1\nmatch: "${other}"\nscale: { max: 2, step: 1 }\nreference: Else it serves what is no longer so.\ncriteria:\n  - id: stale\n    text: Says that it would serve what is out of date.\n    points: 2\n    accepts: [out of date]\n`;
    const project = offlineProject({
      "questions/caches/exam.md": bank,
      "questions/caches/rubrics/stale.rubric.yaml": rubric,
      "exam.jsonl": named([
        ["c-001", QUEUE.text, QUEUE.weak],
        ["c-001", other, "It would be out of date."],
      ]),
    });
    await project.call("grade", "exam.jsonl", "--provider", "offline");
    const ids = gradesOf(project.cwd, "exam").map(({ question }) => question);
    const second = ids.find((id) => id !== QUEUE.id) ?? "";
    expect(ids).toHaveLength(2);
    expect([
      await said(project, "c-001", "1", "--mark", "1"),
      await said(project, "c-001", "Q1a", "--mark", "1"),
    ]).toEqual([
      `2 error: several questions are called 1   name one of: Q1a ${second}, Q1b ${QUEUE.id}`,
      `0 c-001 ${second}: 2 → 1, marked by ada: says it in other words`,
    ]);
  });
});

describe("grade override tells", () => {
  test("that a mark is recorded where what people read of it cannot be written, and what to do", async () => {
    const project = offlineProject();
    await project.call("grade", ANSWERS, "--provider", "offline");
    const report = join(project.cwd, "outputs/grades/storage/report.html");
    rmSync(report);
    mkdirSync(join(report, "in the way"), { recursive: true });
    expect(await said(project, "c-002", "Q1", "--mark", "5")).toMatch(
      new RegExp(
        `^2 error: c-002 ${QUEUE.id}: 2 → 5 is recorded; the report, sheets or tables could not be written: cannot write .*report\\.html.* Then run: answerkey grade report --set storage$`,
      ),
    );
    expect(entriesOf(project.cwd).at(-1)).toMatchObject({ type: "override", result: { mark: 5000 } });
  });

  test("who is at work, and changes nothing, while another decides or writes banks", async () => {
    const project = offlineProject();
    await project.call("grade", ANSWERS, "--provider", "offline");
    mkdirSync(join(project.cwd, "outputs/locks"), { recursive: true });
    const lock = acquireLock(join(project.cwd, "outputs/locks/bank.lock"), systemClock());
    const before = filesOf(project.cwd);
    expect(await said(project, "c-002", "Q1", "--mark", "5")).toMatch(
      /^2 error: another answerkey, process \d+, has been at work here/,
    );
    expect(filesOf(project.cwd)).toEqual(before);
    lock.release();
    expect(await said(project, "c-002", "Q1", "--mark", "5")).toMatch(/^0 /);
  }, 20_000);
});
