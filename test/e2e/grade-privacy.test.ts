import { readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { errorReply } from "../support/model-server.ts";
import { filesOf, temporaryFolder, writeFile } from "../support/temporary-folder.ts";
import { EXAM, examText, gradesOf, gradingProject, honestReply, marksOf, setFiles } from "./grading-project.ts";

// Numbers only where they stand alone: hashes and shares hold any digits.
const PEOPLE = /anna|berta|alt-mann|özil|example\.org|(?<![0-9a-f.])(?:0170|4711\d*)(?![0-9a-f])/i;

function cell(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

const TELLING = "Best regards, Anna Alt-Mann (anna.alt-mann@example.org, +49 170 1234567). With thanks to Berta Özil.";

/** As the form of a well-known office suite exports it, with a column for the name. */
const FORM = [
  ["Timestamp", "Email Address", "Full name", `1. ${EXAM[0].text}`, `2. ${EXAM[1].text}`],
  [
    "2026/11/23 9:00:00 AM GMT+1",
    "anna.alt-mann@example.org",
    "Anna Alt-Mann",
    `${EXAM[0].strong} ${TELLING}`,
    EXAM[1].weak,
  ],
  [
    "2026/11/23 9:01:00 AM GMT+1",
    "Berta.Oezil@example.org",
    "Berta Özil",
    "Berta here: both are decoupled, so one may stop.",
    "",
  ],
];

const CANVAS = [
  ["name", "id", "sis_id", "section", "section_id", "section_sis_id", "submitted", "attempt"].concat(
    [`501: <p>${EXAM[0].text}</p>`, "6.0", `502: ${EXAM[1].text}`, "6.0"],
    ["n correct", "n incorrect", "score"],
  ),
  ["Anna Alt-Mann", "47110815", "anna", "A", "1", "", "2026-11-23 08:00:00 UTC", "1"].concat(
    [`<p>${EXAM[0].strong}<br>${TELLING}</p>`, "5.0", EXAM[1].weak, "2.0"],
    ["1", "2", "7.0"],
  ),
  ["Özil, Berta", "47110816", "berta", "A", "1", "", "2026-11-23 08:01:00 UTC", "1"].concat(
    ["<p>Both are decoupled, says Anna Alt-Mann, so one may stop.</p>", "2.0", "", "0.0"],
    ["1", "2", "2.0"],
  ),
];

function csv(rows: readonly (readonly string[])[]): string {
  return `${rows.map((row) => row.map(cell).join(",")).join("\n")}\n`;
}

/** Files of a set in which somebody is named, and requests that name somebody. */
async function gradedTable(text: string) {
  const project = await gradingProject({ files: { "exam.csv": text } });
  const { code, out, err } = await project.run("grade", "exam.csv");
  const named = Object.entries(filesOf(join(project.cwd, "outputs"))).flatMap(([path, content]) =>
    PEOPLE.test(content) ? [path] : [],
  );
  const requests = project.server.requests.filter(({ body }) => PEOPLE.test(JSON.stringify(body)));
  expect({ out: PEOPLE.test(out), err: PEOPLE.test(err) }).toEqual({ out: false, err: false });
  return { project, code, named, requests: requests.length };
}

describe("who the candidates are", () => {
  test.each([
    ["a form", FORM, ["anna.alt-mann@example.org", "berta.oezil@example.org"], ["Anna Alt-Mann", "Berta Özil"]],
    ["a course", CANVAS, ["47110815", "47110816"], ["Anna Alt-Mann", "Özil, Berta"]],
  ])("stands in the private file of codes and nowhere else: %s", async (_kind, rows, identities, names) => {
    const { project, code, named, requests } = await gradedTable(csv(rows));
    expect({ code, requests, named }).toEqual({ code: 0, requests: 0, named: ["grades/exam/candidates.json"] });
    expect(project.server.requests.length).toBeGreaterThan(2);
    const codes = join(project.cwd, "outputs/grades/exam/candidates.json");
    expect(JSON.parse(readFileSync(codes, "utf8"))).toEqual({
      schema: 1,
      candidates: identities.map((identity, at) => ({ code: `c-00${at + 1}`, identity, name: names[at] })),
    });
    expect((statSync(codes).mode & 0o777).toString(8)).toBe("600");
    expect(marksOf(project.cwd, "exam")).toEqual({
      "c-001 q1": "graded 6",
      "c-001 q2": "graded 2",
      "c-002 q1": "graded 2",
      "c-002 q2": "blank",
    });
    expect(setFiles(project.cwd, "exam")["sheets/c-001.md"]).toContain("Best regards, [name] ([email], [phone])");

    // The other way round, with somebody new before them: everybody keeps the code.
    const [header = [], ...people] = rows;
    const newcomer = header.map((_column, at) => people[0]?.[at]?.replace(PEOPLE, "Carla") ?? "");
    const before = gradesOf(project.cwd, "exam");
    writeFile(join(project.cwd, "exam.csv"), csv([header, newcomer, ...people.toReversed()]));
    await project.run("grade", "exam.csv", "--quiet");
    const after = gradesOf(project.cwd, "exam");
    expect(after.slice(0, before.length)).toEqual(before);
    expect(new Set(after.slice(before.length).map(({ candidate }) => candidate))).toEqual(new Set(["c-003"]));
  });
});

test("files and folders that are called after a candidate leave no name either", async () => {
  const files = {
    "handed in/Anna Alt-Mann/1.txt": EXAM[0].strong,
    "handed in/berta.oezil@example.org.md": examText([EXAM[0].weak, ""]),
  };
  const project = await gradingProject({ files });
  expect((await project.run("grade", "handed in")).code).toBe(0);
  const named = Object.entries(filesOf(join(project.cwd, "outputs"))).filter(([, content]) => PEOPLE.test(content));
  expect(named.map(([path]) => path)).toEqual(["grades/handed-in/candidates.json"]);
  const places = gradesOf(project.cwd, "handed-in").map(({ source }) => `${source.path}:${source.line}`);
  expect(places.toSorted()).toEqual(["handed in/c-001/1.txt:1", "handed in/c-002.md:15", "handed in/c-002.md:7"]);
});

describe("answers and marks from outside the project", () => {
  test("are read where the user names them, and kept as private copies that reports go on with", async () => {
    const downloads = temporaryFolder({
      "answers.csv": csv(FORM),
      "marks.csv": `candidate,question,points\nc-001,1,6\n`,
    });
    const project = await gradingProject({ files: {} });
    const before = filesOf(project.cwd);
    expect((await project.run("grade", join(downloads, "answers.csv"), "--dry-run")).code).toBe(0);
    expect(filesOf(project.cwd)).toEqual(before);

    const first = await project.run("grade", join(downloads, "answers.csv"));
    expect({ code: first.code, told: first.err.split("\n").filter((line) => line.includes("outside")) }).toEqual({
      code: 0,
      told: [
        `${downloads}/answers.csv stands outside the project: a private copy is kept in outputs/grades/answers/answers/`,
      ],
    });
    await project.run("grade", "agree", join(downloads, "marks.csv"));
    const set = join(project.cwd, "outputs/grades/answers");
    expect(JSON.parse(readFileSync(join(set, "settings.json"), "utf8"))).toEqual({
      schema: 1,
      answers: ["outputs/grades/answers/answers/answers.csv"],
      earlier: [],
      marks: ["outputs/grades/answers/marks/marks.csv"],
      attempts: "last",
    });
    expect(readFileSync(join(set, "answers/answers.csv"), "utf8")).toBe(csv(FORM));
    const modes = ["answers/answers.csv", "marks/marks.csv"].map((path) => statSync(join(set, path)).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600]);

    // The originals may go: a report still shows the answers and how far the grades agree.
    writeFile(join(downloads, "answers.csv"), "");
    const report = await project.run("grade", "report");
    expect({ code: report.code, err: report.err }).toEqual({ code: 0, err: expect.not.stringContaining("not read:") });
    expect(setFiles(project.cwd, "answers")["sheets/c-001.md"]).toContain("ten times as many orders");
  });

  test("a folder works too", async () => {
    const downloads = temporaryFolder({
      "week 3/anna/1.md": EXAM[0].weak,
      "week 3/berta/1.md": "Both are decoupled then.",
    });
    const project = await gradingProject({ files: {} });
    expect((await project.run("grade", join(downloads, "week 3"))).code).toBe(0);
    expect(marksOf(project.cwd, "week-3")).toEqual({ "c-001 q1": "graded 1", "c-002 q1": "graded 2" });
    expect((await project.run("grade", "report")).code).toBe(0);
  });

  test("a set or a run that came with a cloned folder makes nothing outside it be read", async () => {
    const elsewhere = temporaryFolder({ "secret.csv": csv(FORM) });
    const project = await gradingProject();
    await project.run("grade", "questions/storage/candidates");
    const settings = join(project.cwd, "outputs/grades/storage/settings.json");
    for (const path of [join(elsewhere, "secret.csv"), "../secret.csv"]) {
      writeFile(settings, JSON.stringify({ schema: 1, answers: [path], marks: [], attempts: "last" }));
      const { code, err } = await project.run("grade", "report");
      expect({ code, first: err.split("\n")[0]?.replace(elsewhere, "") }).toEqual({
        code: 2,
        first: expect.stringMatching(/^error: \S*secret\.csv is not used as a path: it /),
      });
    }
    expect(project.server.requests.filter(({ body }) => PEOPLE.test(JSON.stringify(body)))).toHaveLength(0);
  });

  test("a run over them goes on from the copies, and one that came with a cloned folder reads nothing elsewhere", async () => {
    const downloads = temporaryFolder({ "answers.csv": csv(FORM) });
    let isBusy = true;
    const project = await gradingProject({
      files: {},
      behave: (seen) => (isBusy ? errorReply(429, undefined, { "retry-after": "900" }) : honestReply(seen)),
    });
    const stopped = await project.run("grade", join(downloads, "answers.csv"), "--max-wait", "60", "--json");
    const { run }: { run: string } = JSON.parse(stopped.out);
    expect(stopped.code).toBe(75);
    writeFile(join(downloads, "answers.csv"), "");
    isBusy = false;
    expect((await project.run("resume")).code).toBe(0);
    expect(Object.keys(marksOf(project.cwd, "answers"))).toHaveLength(4);

    const request = join(project.cwd, "outputs/runs", run, "request.json");
    const asked = JSON.parse(readFileSync(request, "utf8"));
    writeFile(request, JSON.stringify({ ...asked, operands: [join(downloads, "answers.csv")] }));
    rmSync(join(project.cwd, "outputs/runs", run, "summary.json"));
    const hostile = await project.run("resume");
    expect({ code: hostile.code, err: hostile.err.split("\n").find((line) => line.startsWith("error")) }).toEqual({
      code: 2,
      err: expect.stringMatching(/answers\.csv is not used as a path: it is not relative to the project$/),
    });
  });
});
