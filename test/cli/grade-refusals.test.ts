import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hashOf } from "../../src/core/hash.ts";
import { ANSWERS, EXAM, offlineProject, rubricPath, THREE_CANDIDATES } from "../e2e/grading-project.ts";
import { filesOf } from "../support/temporary-folder.ts";

const [QUEUE, INDEX] = EXAM;
const OFFLINE = ["grade", ANSWERS, "--provider", "offline"] as const;
const BY = ["--by", "ada@example.org"] as const;

/** The error document of a command line, which must leave every file as it was. */
async function refusal(
  files: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly message: string; readonly hint: string | null }> {
  const { cwd, call } = offlineProject(files);
  const before = filesOf(cwd);
  const { code, out } = await call(...args, "--json");
  expect(filesOf(cwd)).toEqual(before);
  const { error }: { error: { message: string; hint: string | null } } = JSON.parse(out);
  return { code, message: error.message.replaceAll(cwd, "."), hint: error.hint };
}

describe("what cannot be done is told before anything is written", () => {
  const FLAGS: readonly (readonly [readonly string[], string, string | null])[] = [
    [
      ["grade"],
      "no answers are named",
      "name the files or folders that hold them, as in: answerkey grade questions/llmops/candidates",
    ],
    [[...OFFLINE, "--samples", "0"], "--samples: expected at least 1", "see --help for what it takes"],
    ...["../elsewhere", "con", "Exam", "exam.", "lpt1.week", "x".repeat(65), ""].map(
      (name): readonly [readonly string[], string, string] => [
        [...OFFLINE, "--set", name],
        "--set: expected a name of lower-case letters, digits, . _ - (64 at most, a letter or digit first, no . last, no device such as con)",
        "see --help for what it takes",
      ],
    ),
    [[...OFFLINE, "--review-budget", "120%"], "--review-budget: expected at most 100%", "see --help for what it takes"],
    [[...OFFLINE, "--sampels", "3"], "unknown option '--sampels'", "Did you mean --samples?"],
    [
      ["grade", "nosuch", "--provider", "offline"],
      "cannot read ./nosuch: the file or its folder does not exist (ENOENT)",
      "Check the path.",
    ],
    [[...OFFLINE, "--only", "c-0001"], "there is no candidate or question c-0001", "did you mean c-001?"],
    [
      ["grade", ANSWERS, "--provider", "openai", "--base-url", "http://127.0.0.1:9"],
      "no model is named",
      "give --model NAME, or `grade: { model: NAME }` in the configuration",
    ],
    [
      ["grade", "overide", "c-001", QUEUE.id, "--mark", "3"],
      "unknown command 'grade overide'",
      "Did you mean grade override?",
    ],
    [["grade", "repot"], "unknown command 'grade repot'", "Did you mean grade report?"],
    [["grade", "--json", "verfy", "--head", "x"], "unknown command 'grade verfy'", "Did you mean grade verify?"],
    [
      ["grade", "verify", "--head", "sha256:9f2c"],
      "--head: expected sha256: and 64 hex digits, as grade verify prints it",
      "see --help for what it takes",
    ],
    [["rubric", "lnit"], "unknown command 'rubric lnit'", "Did you mean rubric lint?"],
    [["grade", "report"], "nothing has been graded here", "start with: answerkey grade <answers>"],
  ];
  test.each(FLAGS)("%j", async (args, message, hint) => {
    expect(await refusal(THREE_CANDIDATES, ...args)).toEqual({ code: 2, message, hint });
  });

  test("answers to questions of which none has a rubric", async () => {
    const { cwd, call } = offlineProject({ ...THREE_CANDIDATES, "rubrics/of-nothing/README.md": "" });
    const before = filesOf(cwd);
    const { code, err } = await call(...OFFLINE, "--rubric", "rubrics/of-nothing");
    expect({ code, err }).toEqual({
      code: 2,
      err: "error: none of the questions answered here has a usable rubric\n  answerkey rubric draft proposes some, answerkey rubric lint says what is wrong with those there are\n",
    });
    expect(filesOf(cwd)).toEqual(before);
  });

  test("a table that holds no answer to a question of the bank", async () => {
    const files = { "other.csv": "candidate,question,answer\nc-001,How high is the Eiger?,High\n" };
    expect(await refusal(files, "grade", "other.csv", "--provider", "offline")).toEqual({
      code: 2,
      message: "no answer to a question of the bank was found in other.csv",
      hint: "name the bank that asked them with --bank, or the columns with --map candidate=…,question=…,answer=…",
    });
  });
});

test("the plan says how many of the questions that were answered have a rubric", async () => {
  const { cwd, call } = offlineProject({
    ...THREE_CANDIDATES,
    "one/c-001.jsonl": `{"candidate":"c-001","question":"1","answer":"It is idempotent."}\n`,
  });
  const plan = async (answers: string): Promise<string | undefined> =>
    (await call("grade", answers, "--provider", "offline", "--dry-run")).err
      .split("\n")
      .find((line) => / of \d+ candidate/.test(line));
  const before = [await plan(ANSWERS), await plan("one")];
  rmSync(join(cwd, rubricPath(INDEX)));
  expect([...before, await plan(ANSWERS), await plan("one")]).toEqual([
    "6 answers of 3 candidates to 2 questions with a rubric, 1 blank",
    "1 answer of 1 candidate to 1 question with a rubric",
    "6 answers of 3 candidates to 2 questions, 1 of them with a rubric, 1 blank",
    "1 answer of 1 candidate to 1 question with a rubric",
  ]);
});

test("a dry run says why it counts fewer grades than answers", async () => {
  const { call } = offlineProject();
  expect((await call("grade", ANSWERS, "--provider", "offline", "--dry-run")).out).toBe(
    "dry run: nothing was sent, nothing was written\n  5 grades\n" +
      "  1 of the 6 answers needs no judge: blank, or nothing in it to judge\n" +
      "  no request leaves this machine, nothing to pay\n",
  );
});

test("a folder whose name is like a subcommand holds answers all the same", async () => {
  const { call } = offlineProject({
    "reports/c-001.jsonl": `{"candidate":"c-001","question":"1","answer":"It is idempotent."}\n`,
  });
  expect((await call("grade", "reports", "--provider", "offline")).out).toContain("outputs/grades/reports/");
});

describe("an override", () => {
  test("is refused where it says nothing, too much, or what cannot be, and then changes no byte", async () => {
    const { cwd, call } = offlineProject();
    await call(...OFFLINE);
    await call("grade", "override", "c-001", QUEUE.id, "--mark", "5", "--reason", "well", ...BY);
    const before = filesOf(cwd);
    const why = ["--reason", "because", ...BY];
    const wishes: readonly (readonly [readonly string[], string])[] = [
      [["c-001", QUEUE.id, "--mark", "3"], "an override needs a reason"],
      [["c-001", QUEUE.id, "--mark", "3", "--reason", " ", ...BY], "an override needs a reason"],
      [
        ["c-001", QUEUE.id, ...why],
        "an override sets levels or a mark, confirms the judge's, or takes a person's back",
      ],
      [
        ["c-001", QUEUE.id, "--mark", "3", "--withdraw", ...why],
        "an override sets levels or a mark, confirms the judge's, or takes a person's back",
      ],
      [
        ["c-001", QUEUE.id, "--level", "bursts=full", "--confirm", ...why],
        "an override sets levels or a mark, confirms the judge's, or takes a person's back",
      ],
      [["c-001", QUEUE.id, "--confirm", ...why], `c-001 ${QUEUE.id} was marked by ada@example.org already`],
      [["c-003", INDEX.id, "--confirm", ...why], `c-003 ${INDEX.id} has no verdict that could be confirmed`],
      [["c-002", QUEUE.id, "--withdraw", ...why], `c-002 ${QUEUE.id} has no override to take back`],
      [["c-001", QUEUE.id, "--mark", "6.5", ...why], "a mark of 6.5 is outside the scale"],
      [
        ["c-001", QUEUE.id, "--mark", "5.0000000001", ...why],
        "a mark of 5.0000000001 is between the steps of the scale",
      ],
      [["c-001", QUEUE.id, "--mark", "1.00001", ...why], "a mark of 1.00001 is between the steps of the scale"],
      [["c-001", QUEUE.id, "--level", "bursts=most", ...why], "criterion bursts has no level most"],
      [["c-001", QUEUE.id, "--level", "burst=full", ...why], "the rubric has no criterion burst"],
      [
        ["c-001", QUEUE.id, "--level", "bursts=full", "decoupling=met", "bursts=named", ...why],
        "--level: criterion bursts is given twice",
      ],
      [["c-001", "Q3", "--mark", "1", ...why], "c-001 has no grade for Q3"],
      [["nobody@example.org", "Q1", "--mark", "1", ...why], "the set storage has no candidate nobody@example.org"],
      [["c-001", QUEUE.id, "--mark", "", ...why], "--mark: expected points, such as 7.5"],
      [["c-009", QUEUE.id, "--mark", "1", ...why], "the set storage has no candidate c-009"],
      [["c-001", "q-0", "--mark", "1", ...why], "c-001 has no grade for q-0"],
    ];
    const ends = await Promise.all(wishes.map(([args]) => call("grade", "override", ...args)));
    expect(ends.map(({ code, err }) => `${code} ${err.split("\n")[0]}`)).toEqual(
      wishes.map(([, message]) => `2 error: ${message}`),
    );
    expect(filesOf(cwd)).toEqual(before);
  });
});

function joined(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}

describe("grade verify", () => {
  test("finds every line that was edited, taken out, swapped or put in; a line torn by a crash is none", async () => {
    const { cwd, run, call } = offlineProject();
    await run(...OFFLINE);
    const path = join(cwd, "outputs/grades/storage/records.jsonl");
    const whole = readFileSync(path, "utf8");
    const lines = whole.split("\n").slice(0, -1);
    const at = (place: number): string => lines[place] ?? "";
    const full = lines.findIndex((line) => line.includes('"mark":6000'));
    const lastEdited = joined([...lines.slice(0, -1), (lines.at(-1) ?? "").replace('"at":"2026', '"at":"2025')]);
    const TAMPERED: Readonly<Record<string, readonly [string, string | undefined]>> = {
      whole: [whole, undefined],
      edited: [
        joined(lines.with(full, at(full).replace('"mark":6000', '"mark":5000'))),
        `${full + 2}: the records were tampered with: the line before it is not the one it was written after`,
      ],
      "first edited": [
        joined(lines.with(0, at(0).replace('"at":"2026', '"at":"2025'))),
        "2: the records were tampered with: the line before it is not the one it was written after",
      ],
      removed: [
        joined(lines.toSpliced(3, 1)),
        "4: the records were tampered with: the line before it is not the one it was written after",
      ],
      "first removed": [
        joined(lines.slice(1)),
        "1: the records were tampered with: the line before it is not the one it was written after",
      ],
      swapped: [
        joined(lines.with(4, at(5)).with(5, at(4))),
        "5: the records were tampered with: the line before it is not the one it was written after",
      ],
      inserted: [
        joined(lines.toSpliced(4, 0, at(3))),
        "5: the records were tampered with: the line before it is not the one it was written after",
      ],
      "something else": [
        joined(lines.toSpliced(4, 0, "{}")),
        "5: the records were tampered with: it is not a grade record",
      ],
      "last edited": [
        lastEdited,
        `${lines.length}: the records were tampered with: it is not the line that was written`,
      ],
      "last removed": [
        joined(lines.slice(0, -1)),
        `${lines.length}: the records were tampered with: 1 line from here on is gone`,
      ],
      torn: [whole + at(3).slice(0, 200), undefined],
    };
    for (const [name, [content, fault]] of Object.entries(TAMPERED)) {
      writeFileSync(path, content);
      const { code, out } = await call("grade", "verify");
      expect({ name, code, line: out.split("\n")[0] }).toEqual({
        name,
        code: fault === undefined ? 0 : 1,
        line:
          fault === undefined
            ? `storage: ${lines.length} records, chain whole`
            : `outputs/grades/storage/records.jsonl:${fault}`,
      });
    }
    // A line that is put after the last one with all that the chain asks, and a mark that nobody gave.
    const appended = JSON.stringify({
      ...JSON.parse(at(full)),
      seq: lines.length + 1,
      prev: hashOf(lines.at(-1) ?? ""),
    }).replace('"mark":6000', '"mark":5500');
    writeFileSync(path, joined([...lines, appended]));
    const forged = await call("grade", "verify");
    expect({ code: forged.code, faults: forged.out.split("\n").slice(2) }).toEqual({
      code: 1,
      faults: [
        `outputs/grades/storage/records.jsonl:${lines.length + 1}: the mark is 5.5, and its criteria and rules come to 6`,
        "",
      ],
    });
    writeFileSync(path, whole);
    const head = /^head: (.*)$/m.exec((await call("grade", "verify")).out)?.[1] ?? "";
    expect((await call("grade", "verify", "--head", head)).code).toBe(0);

    // Whoever changes the last line and takes away what the folder knows of it leaves an end that nothing vouches for; that it
    // was changed is told by what was noted elsewhere.
    const known = readFileSync(`${path}.head`, "utf8");
    rmSync(`${path}.head`);
    writeFileSync(path, lastEdited);
    expect(await call("grade", "verify")).toMatchObject({
      code: 1,
      out: expect.stringContaining("the end cannot be checked"),
    });
    expect(await call("grade", "verify", "--head", head)).toMatchObject({
      code: 1,
      out: expect.stringContaining("this is not the head that was noted"),
    });
    writeFileSync(`${path}.head`, known);
    writeFileSync(path, TAMPERED["torn"]?.[0] ?? "");
    // A torn line is cut off by the next record, and the chain goes on.
    await call("grade", "override", "c-001", QUEUE.id, "--mark", "5", "--reason", "well", ...BY);
    expect((await call("grade", "verify")).out.split("\n")[0]).toBe(
      `storage: ${lines.length + 1} records, chain whole`,
    );
  });
});

describe("rubric lint", () => {
  test("ends with 0 where all is well, 1 with a line for each fault, 2 where there is no rubric", async () => {
    const sound = offlineProject();
    expect((await sound.call("rubric", "lint")).code).toBe(0);
    const broken = EXAM[0].rubric.replace("id: full, points: 2", "id: full, points: 0.5");
    const faulty = offlineProject({ [rubricPath(EXAM[0])]: broken });
    const { code, out } = await faulty.call("rubric", "lint", "--json");
    const { counts, findings }: { counts: object; findings: { file: string; line: number; severity: string }[] } =
      JSON.parse(out);
    expect({ code, counts }).toMatchObject({ code: 1, counts: { error: findings.filter(isError).length } });
    expect(findings.filter(isError).map(({ file, line }) => `${file}:${line}`)).toEqual([`${rubricPath(EXAM[0])}:11`]);
    const none = offlineProject({});
    for (const question of EXAM) rmSync(join(none.cwd, rubricPath(question)));
    expect((await none.call("rubric", "lint")).code).toBe(2);
  });
});

function isError({ severity }: { readonly severity: string }): boolean {
  return severity === "error";
}
