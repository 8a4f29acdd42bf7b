import { cpSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { runInProcess } from "../support/run-in-process.ts";
import { filesOf, temporaryFolder } from "../support/temporary-folder.ts";

const ROOT = resolve(import.meta.dirname, "../..");

const imported = z.object({ imported: z.array(z.unknown()) });
const named = z.object({ id: z.string() });

const BANK = `# Locks

## Question 1

**What does a lock do?**

**Answer:** It keeps others out.

---

## Question 2

**Who opens it?**

**Answer:** _[To be filled]_
`;

const RUBRIC = (id: string): string => `question: ${id}\ncriteria: [{ id: out, text: keeps others out, points: 2 }]\n`;

function fileWith(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const project = (): string => temporaryFolder({ "questions/locks.md": BANK });

/** The shipped example with its answers written in. */
function exampleProject(): string {
  const folder = temporaryFolder();
  cpSync(join(ROOT, "questions"), join(folder, "questions"), { recursive: true });
  cpSync(
    join(ROOT, "outputs/example/filled/theory_questions.md"),
    join(folder, "questions/llmops/theory_questions.md"),
  );
  return folder;
}

describe("answerkey export", () => {
  test("prints to standard output, and says on the other what was left out", async () => {
    const { code, out, err } = await runInProcess(["export", "--to", "jsonl"], { cwd: project() });
    expect({
      code,
      out: out
        .split("\n")
        .filter(Boolean)
        .map((line): unknown => JSON.parse(line)),
      err,
    }).toMatchObject({
      code: 0,
      out: [
        {
          question: "What does a lock do?",
          answer: "It keeps others out.",
          file: "questions/locks.md",
          line: 3,
          state: "filled",
        },
      ],
      err: "1 question exported\n1 question without an answer left out (1 placeholder); --all takes them too\n",
    });
  });

  test("writes a file whole, in place of an earlier one, and tells programs about it", async () => {
    const cwd = project();
    writeFileSync(join(cwd, "guide.html"), "old");
    const { code, out } = await runInProcess(["export", "--to", "html", "--out", "guide.html", "--all", "--json"], {
      cwd,
    });
    expect({ code, told: z.unknown().parse(JSON.parse(out)) }).toEqual({
      code: 0,
      told: { schema: 1, format: "html", file: "guide.html", questions: 2, left_out: {} },
    });
    expect(readFileSync(join(cwd, "guide.html"), "utf8")).toMatch(
      /^<!doctype html>\n[^]*No answer yet\.[^]*<\/html> ?\n$/,
    );
    expect(readFileSync(join(cwd, "questions/locks.md"), "utf8")).toBe(BANK);
  });

  test("never takes the place of a bank file", async () => {
    const cwd = project();
    const { code, err } = await runInProcess(["export", "--to", "csv", "--out", "questions/locks.md"], { cwd });
    expect([code, err]).toEqual([
      2,
      "error: questions/locks.md is a file of the bank; an export is not written over it\n  Give --out another name.\n",
    ]);
    expect(readFileSync(join(cwd, "questions/locks.md"), "utf8")).toBe(BANK);
  });

  test.each([
    [["export"], "error: required option '--to <format>' not specified"],
    [
      ["export", "--to", "pdf"],
      "error: option '--to <format>' argument 'pdf' is invalid. Allowed choices are jsonl, csv, html, anki, moodle.",
    ],
    [["export", "--to", "csv", "--json"], "error: --json tells about a file"],
  ])("%j is refused", async (args, message) => {
    const { code, err } = await runInProcess(args, { cwd: project() });
    expect([code, err.split("\n")[0]]).toEqual([2, message]);
  });

  test("a bank without any answer has nothing to export", async () => {
    const cwd = temporaryFolder({ "questions/locks.md": BANK.replace("It keeps others out.", "_[To be filled]_") });
    const { code, err } = await runInProcess(["export", "--to", "anki"], { cwd });
    expect([code, err.split("\n")[0]]).toEqual([2, "error: none of 2 questions has an answer yet"]);
  });
});

describe("rubrics out and in", () => {
  test("through Canvas as proposals that lint accepts, and nothing that is there is overwritten", async () => {
    const cwd = exampleProject();
    expect((await runInProcess(["rubric", "export", "--to", "canvas", "--out", "rubrics.csv"], { cwd })).code).toBe(0);
    const before = filesOf(join(cwd, "questions"));
    const refused = await runInProcess(["rubric", "import", "rubrics.csv", "--from", "canvas"], { cwd });
    expect([refused.code, refused.out]).toEqual([1, "0 proposals written\n"]);
    expect(filesOf(join(cwd, "questions"))).toEqual(before);

    const other = temporaryFolder();
    cpSync(join(cwd, "questions/llmops/theory_questions.md"), join(other, "questions/llmops/theory_questions.md"));
    cpSync(join(cwd, "rubrics.csv"), join(other, "rubrics.csv"));
    const taken = await runInProcess(["rubric", "import", "rubrics.csv", "--from", "canvas", "--json"], { cwd: other });
    expect([taken.code, imported.parse(JSON.parse(taken.out)).imported.length]).toEqual([0, 20]);
    const listed = await runInProcess(["review", "list"], { cwd: other });
    expect(listed.out.trimEnd().split("\n").at(-1)).toBe("20 proposals: 20 pending");
    const again = await runInProcess(["rubric", "import", "rubrics.csv", "--from", "canvas"], { cwd: other });
    expect([again.code, again.out]).toEqual([1, "0 proposals written\n"]);
  });

  test("through Moodle as files, with the points they had", async () => {
    const cwd = exampleProject();
    expect((await runInProcess(["export", "--to", "moodle", "--out", "quiz.xml"], { cwd })).code).toBe(0);
    const other = temporaryFolder();
    cpSync(join(cwd, "questions/llmops/theory_questions.md"), join(other, "questions/llmops/theory_questions.md"));
    cpSync(join(cwd, "quiz.xml"), join(other, "quiz.xml"));
    expect(
      (await runInProcess(["rubric", "import", "quiz.xml", "--from", "moodle", "--write"], { cwd: other })).code,
    ).toBe(0);
    const { out } = await runInProcess(["rubric", "lint", "--fail-on", "error", "--json"], { cwd: other });
    expect(JSON.parse(out)).toMatchObject({ rubrics: 20, counts: { error: 0 }, without_rubric: [] });
  });

  test("a dry run writes nothing; a question that is not there is told", async () => {
    const cwd = project();
    writeFileSync(
      join(cwd, "r.csv"),
      "Rubric Name,Criteria Name,Criteria Description,Criteria Enable Range,Rating Name,Rating Description,Rating Points\nWHAT does a lock do,Says it,,false,yes,,2\n",
    );
    const before = filesOf(cwd);
    const dry = await runInProcess(["rubric", "import", "r.csv", "--from", "canvas", "--dry-run"], { cwd });
    expect([dry.code, dry.out.split("\n").at(-2)]).toEqual([0, "dry run: 1 proposal would be written"]);
    expect(filesOf(cwd)).toEqual(before);
    const wrong = await runInProcess(["rubric", "import", "r.csv", "--from", "canvas", "--question", "q-none"], {
      cwd,
    });
    expect([wrong.code, wrong.err.split("\n")[0]]).toEqual([2, "error: there is no question q-none"]);
  });
});

async function gradedProject(): Promise<string> {
  const cwd = temporaryFolder({
    "questions/locks.md": BANK.replace("_[To be filled]_", "Its owner."),
    "answers.csv":
      "candidate,question,answer\nada@example.org,What does a lock do?,It keeps others out.\nada@example.org,Who opens it?,It keeps others out of it all\n=Bob Ray,What does a lock do?,It keeps others out of the way here.\n=Bob Ray,Who opens it?,\n",
  });
  const { out } = await runInProcess(["export", "--to", "jsonl", "--quiet"], { cwd });
  const ids = out
    .trimEnd()
    .split("\n")
    .map((line) => named.parse(JSON.parse(line)).id);
  for (const id of ids)
    cpSync(fileWith(cwd, `${id}.tmp`, RUBRIC(id)), join(cwd, `questions/rubrics/${id}.rubric.yaml`));
  await runInProcess(["grade", "answers.csv", "--provider", "offline", "--set", "exam"], { cwd });
  const [first = "", second = ""] = ids;
  for (const [candidate, id, what] of [
    ["c-001", first, "--level=out=met"],
    ["c-001", second, "--mark=0.5"],
    ["c-002", first, "--level=out=unmet"],
  ] as const) {
    const set = [what, "--reason", "seen", "--by", "ada"];
    await runInProcess(["grade", "override", candidate, id, ...set], { cwd });
  }
  return cwd;
}

describe("answerkey grade export", () => {
  test("names people in files of their owner alone; a blank is no zero unless told", async () => {
    const cwd = await gradedProject();
    const canvas = await runInProcess(["grade", "export", "--to", "canvas", "--out", "book.csv", "--title", "Exam 1"], {
      cwd,
    });
    expect(canvas.code).toBe(1);
    expect(statSync(join(cwd, "book.csv")).mode & 0o777).toBe(0o600);
    expect(canvas.err).toContain("it names candidates");
    expect(readFileSync(join(cwd, "book.csv"), "utf8")).toMatchInlineSnapshot(`
      "Student,ID,SIS User ID,SIS Login ID,Section,Exam 1
      "    Points Possible",,,,,4
      ,,,ada@example.org,,2.5
      "Ray, =Bob",,,,,
      "
    `);
    await runInProcess(["grade", "export", "--to", "canvas", "--out", "codes.csv", "--codes", "--blank-is-zero"], {
      cwd,
    });
    expect(readFileSync(join(cwd, "codes.csv"), "utf8")).toMatchInlineSnapshot(`
      "Student,ID,SIS User ID,SIS Login ID,Section,exam
      "    Points Possible",,,,,4
      ,,,c-001,,2.5
      ,,,c-002,,0
      "
    `);
  });

  test("PrairieLearn has a row a mark, Gradescope a file a question", async () => {
    const cwd = await gradedProject();
    await runInProcess(["grade", "export", "--to", "prairielearn", "--out", "scores.csv"], { cwd });
    expect(readFileSync(join(cwd, "scores.csv"), "utf8")).toMatchInlineSnapshot(`
      "uid,instance,qid,score_perc,feedback
      ada@example.org,1,q-8ad0deb77956,100,* keeps others out: 2 of 2
      ada@example.org,1,q-fda84064b076,25,
      '=Bob Ray,1,q-8ad0deb77956,0,* keeps others out: 0 of 2
      "
    `);
    await runInProcess(["grade", "export", "--to", "gradescope", "--out", "evaluations"], { cwd });
    expect(filesOf(join(cwd, "evaluations"))).toMatchInlineSnapshot(`
      {
        "Q1_q-8ad0deb77956.csv": "Assignment Submission ID,Question Submission ID,First Name,Last Name,SID,Email,Sections,Score,Submission Time,keeps others out: met,Adjustment,Comments,Grader,Tags
      ,,,,,ada@example.org,,2,,true,,keeps others out: 2 of 2,ada,
      ,,'=Bob,Ray,,,,0,,false,,keeps others out: 0 of 2,ada,
      Point Values,,,,,,,,,2,,,,
      ",
        "Q2_q-fda84064b076.csv": "Assignment Submission ID,Question Submission ID,First Name,Last Name,SID,Email,Sections,Score,Submission Time,keeps others out: met,Adjustment,Comments,Grader,Tags
      ,,,,,ada@example.org,,0.5,,,,,ada,
      ,,'=Bob,Ray,,,,,,,,,offline,
      Point Values,,,,,,,,,2,,,,
      ",
      }
    `);
  });
});
