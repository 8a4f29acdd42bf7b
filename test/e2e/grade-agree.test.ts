import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { filesOf, writeFile } from "../support/temporary-folder.ts";
import { ANSWERS, EXAM, gradesOf, offlineProject, setFiles, THREE_CANDIDATES } from "./grading-project.ts";

const [QUEUE, INDEX] = EXAM;
const HEADER = "rater,candidate,question,criterion,level,points";

/** Totals of one rater, levels of a second, points of criteria of a third, and two rows that fit nothing here. */
const MARKS = {
  "marks/totals.csv": [
    HEADER,
    `r-1,c-001,${QUEUE.id},,,6`,
    `r-1,c-001,${INDEX.id},,,5`,
    `r-1,c-002,${QUEUE.id},,,1`,
    `r-1,c-002,${INDEX.id},,,2`,
    `r-1,c-003,${QUEUE.id},,,3`,
  ].join("\n"),
  "marks/levels.csv": [
    HEADER,
    `r-2,c-001,${QUEUE.id},bursts,full,`,
    `r-2,c-001,${QUEUE.id},decoupling,met,`,
    `r-2,c-001,${QUEUE.id},idempotence,met,`,
    `r-3,c-002,${INDEX.id},writes,,2`,
    `r-3,c-002,${INDEX.id},space,,0`,
    `r-3,c-002,${INDEX.id},plans,,0`,
    `r-2,c-001,${QUEUE.id},bursts,superb,`,
    `r-2,c-099,${QUEUE.id},,,4`,
  ].join("\n"),
};

test("grade agree compares with people's marks of every kind, gates for CI, and reports show it from then on", async () => {
  const { cwd, run, call } = offlineProject({
    ...THREE_CANDIDATES,
    ...MARKS,
  });
  await run("grade", ANSWERS, "--provider", "offline");
  expect(setFiles(cwd)["report.html"]).not.toContain('id="agreement"');

  const gates = ["mae<=0.5:upper", "qwk>=0.95:lower", "bias<=0.9"] as const;
  const forms = ["--markdown", "agreement.md", "--junit", "gates.xml"];
  const agreed = await run("grade", "agree", "marks/totals.csv", "marks/levels.csv", "--gate", ...gates, ...forms);
  expect(agreed.code).toBe(1);
  expect(agreed.out.split("\n").filter((line) => /^gate|superb|c-099|level not/.test(line))).toEqual([
    "c-001, Q1 Why does a service put a queue before a… (q-be3f76f3e89b), bursts, attempt 1, by r-2: level not in the rubric",
    "c-099, Q1 Why does a service put a queue before a… (q-be3f76f3e89b), attempt 1, by r-2: candidate not among the grades",
    expect.stringMatching(/^gate mae<=0\.5:upper: pass: upper end of mae is /),
    expect.stringMatching(/^gate qwk>=0\.95:lower: fail: lower end of qwk is /),
    "gate bias<=0.9: undecidable: 5 answers are not enough for a bare value (50 are); ask for :lower or :upper",
  ]);
  const junit = readFileSync(join(cwd, "gates.xml"), "utf8");
  expect(/<testsuite [^>]*>/.exec(junit)?.[0]).toMatch(/failures="1" errors="1"/);
  expect(readFileSync(join(cwd, "agreement.md"), "utf8").split("\n")[0]).toBe(
    "## How far the judge agrees with people",
  );

  const passing = await run("grade", "agree", "marks/totals.csv", "--gate", "mae<=0.5:upper", "--json");
  expect({ code: passing.code, ...JSON.parse(passing.out) }).toMatchObject({
    code: 0,
    schema: 1,
    gates: [{ status: "pass", gate: { text: "mae<=0.5:upper" } }],
  });
  expect(setFiles(cwd)["report.html"]).toContain('id="agreement"');
  const before = filesOf(cwd);
  await run("grade", "report");
  expect(filesOf(cwd)).toEqual(before);

  const refusals = await Promise.all([
    call("grade", "agree", "marks/totals.csv", "--gate", "qwkk>=0.6"),
    call("grade", "agree", "nosuch.csv"),
    call("grade", "agree", ANSWERS),
  ]);
  expect(refusals.map(({ code, err }) => `${code} ${err.split("\n")[0]?.replace(cwd, ".")}`)).toEqual([
    "2 error: there is no statistic qwkk",
    "2 error: cannot read ./nosuch.csv: the file or its folder does not exist (ENOENT)",
    "2 error: there is no mark in these files",
  ]);
  expect(filesOf(cwd)).toEqual(before);

  // Marks that are gone do not keep the grades from being shown.
  writeFile(join(cwd, "marks/totals.csv"), "");
  const without = await run("grade", "report");
  expect(without.code).toBe(0);
  expect(setFiles(cwd)["report.html"]).not.toContain('id="agreement"');
});

/** Answers of many, by how many of the three things they say; the word salad keeps them apart. */
function manyAnswers(): string {
  const said = ["absorbs bursts", "decoupled", "idempotent"];
  const words = "page latch cache log disk lock row scan leaf root merge flush shard lease epoch clock".split(" ");
  const rows = Array.from({ length: 72 }, (_, at) => {
    const salad = Array.from(
      { length: 9 },
      (_word, place) => words[(at * 7 + place * place * (at + 3)) % words.length],
    );
    const phrases = said.filter((_phrase, place) => (at >> place) % 2 === 1).map((phrase) => `It is ${phrase}.`);
    const candidate = `c-${String(at + 1).padStart(3, "0")}`;
    return JSON.stringify({ candidate, question: QUEUE.id, answer: `${salad.join(" ")} ${at}. ${phrases.join(" ")}` });
  });
  return `${rows.join("\n")}\n`;
}

/** Raw marks that count with what they are mapped to, each pair once, in order. */
function mapped(cwd: string): readonly string[] {
  const [header, ...rows] = (setFiles(cwd, "many")["grades.csv"] ?? "").split("\r\n").map((row) => row.split(","));
  const cell = (row: readonly string[], name: string): string => row[header?.indexOf(name) ?? -1] ?? "";
  const counting = rows.filter((row) => cell(row, "criterion") === "bursts" && cell(row, "state") === "graded");
  return [...new Set(counting.map((row) => `${cell(row, "mark")} → ${cell(row, "calibrated")}`))].toSorted();
}

test("grade calibrate declines under 50 marks, learns a map from more, shows it beside the raw mark, and forgets it", async () => {
  const { cwd, run, call } = offlineProject({ "many.jsonl": manyAnswers() });
  await run("grade", "many.jsonl", "--provider", "offline");
  // People who give half of what the judge gives.
  const rows = gradesOf(cwd, "many").flatMap(({ candidate, question, state, mark }) =>
    mark === null || state !== "graded" ? [] : [`r-1,${candidate},${question},,,${mark / 2000}`],
  );
  expect(rows.length).toBeGreaterThan(50);
  const marks = [...new Set(rows.map((row) => 2 * Number(row.split(",").at(-1))))].toSorted(
    (left, right) => left - right,
  );
  expect(marks.length).toBeGreaterThan(1);
  writeFile(join(cwd, "few.csv"), [HEADER, ...rows.slice(0, 49)].join("\n"));
  writeFile(join(cwd, "enough.csv"), [HEADER, ...rows].join("\n"));
  expect(await run("grade", "calibrate", "few.csv")).toEqual({
    code: 1,
    out: "1 question not calibrated (n=49): fewer than 50 answers that people marked: a map from so few does more harm than good\n",
    err: "",
  });
  expect(mapped(cwd)).toEqual(marks.map((mark) => `${mark} → `));

  const raw = setFiles(cwd, "many")["records.jsonl"];
  const learned = await run("grade", "calibrate", "enough.csv", "--json");
  const { fitted } = JSON.parse(learned.out);
  expect({ code: learned.code, fitted }).toMatchObject({
    code: 0,
    fitted: [{ scope: { kind: "question", question: QUEUE.id }, n: rows.length }],
  });
  expect(mapped(cwd)).toEqual(marks.map((mark) => `${mark} → ${mark / 2}`));
  // The raw mark counts, here as before.
  expect(setFiles(cwd, "many")["records.jsonl"]).toBe(raw);

  expect((await run("grade", "calibrate", "--remove")).out).toBe(
    "the calibration is forgotten; raw marks stand alone\n",
  );
  expect(mapped(cwd)).toEqual(marks.map((mark) => `${mark} → `));
  const refusals = await Promise.all([
    call("grade", "calibrate"),
    call("grade", "calibrate", "enough.csv", "--remove"),
  ]);
  expect(refusals.map(({ code, err }) => `${code} ${err.split("\n")[0]}`)).toEqual([
    "2 error: no marks are named",
    "2 error: --remove takes no marks",
  ]);
});
