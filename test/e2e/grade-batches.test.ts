import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { filesOf, temporaryFolder, writeFile } from "../support/temporary-folder.ts";
import { ANSWERS, EXAM, gradesOf, marksOf, offlineProject, rubricPath, setFiles } from "./grading-project.ts";

const [QUEUE, INDEX] = EXAM;

function answersOf(...rows: readonly (readonly [person: string, question: string, answer: string])[]): string {
  return `${rows.map(([candidate, question, answer]) => JSON.stringify({ candidate, question, answer })).join("\n")}\n`;
}

const WEEK_1 = answersOf(
  ["ada@example.org", QUEUE.id, QUEUE.strong],
  ["ben@example.org", QUEUE.id, QUEUE.weak],
  ["ben@example.org", INDEX.id, INDEX.weak],
);
const WEEK_2 = answersOf(["cleo@example.org", QUEUE.id, "Both sides are decoupled then, and can be restarted apart."]);

/** What the sheet of a candidate shows as answers. */
function shownAnswers(cwd: string, candidate: string, set = "exam"): readonly string[] {
  const sheet = setFiles(cwd, set)[`sheets/${candidate}.md`] ?? "";
  return sheet
    .split("### Answer\n\n")
    .slice(1)
    .map((part) => part.split("\n").find((line) => /^[A-Z]/.test(line)) ?? "");
}

describe("answers that come in several imports", () => {
  test("stay in the report when others follow, whatever shape those have", async () => {
    const { cwd, call } = offlineProject({
      "week-1.jsonl": WEEK_1,
      "week-2.csv": `Who,What,Said\nc-009,1,It is idempotent.\n`,
    });
    const asked = ["--provider", "offline", "--set", "exam"];
    await call("grade", "week-1.jsonl", ...asked);
    const second = await call("grade", "week-2.csv", ...asked, "--map", "candidate=Who,question=What,answer=Said");
    expect(second.err.split("\n").filter((line) => / to grade |earlier/.test(line))).toEqual([
      "3 answers of earlier imports stay in the set",
      "1 answer to grade into outputs/grades/exam/",
    ]);
    await call("grade", "report");
    expect(["c-001", "c-002", "c-009"].map((code) => shownAnswers(cwd, code))).toEqual([
      [QUEUE.strong],
      [QUEUE.weak, INDEX.weak],
      ["It is idempotent."],
    ]);
    expect(Object.keys(marksOf(cwd, "exam"))).toEqual(["c-001 q1", "c-002 q1", "c-002 q2", "c-009 q1"]);
  });

  test("give way to a later import of the same answer, and are read once where a file comes again", async () => {
    const { cwd, call } = offlineProject({ "week-1.jsonl": WEEK_1 });
    const asked = ["--provider", "offline", "--set", "exam"];
    await call("grade", "week-1.jsonl", ...asked);
    writeFile(
      join(cwd, "late.jsonl"),
      answersOf(["ben@example.org", QUEUE.id, "It absorbs bursts, and is idempotent."]),
    );
    const late = await call("grade", "late.jsonl", ...asked);
    expect(late.err).toContain("2 answers of earlier imports stay in the set, 1 is replaced\n");
    expect(shownAnswers(cwd, "c-002")).toEqual(["It absorbs bursts, and is idempotent.", INDEX.weak]);
    const before = setFiles(cwd, "exam")["settings.json"];
    await call("grade", "late.jsonl", ...asked);
    expect(setFiles(cwd, "exam")["settings.json"]).toBe(before);
    await call("grade", "week-1.jsonl", "late.jsonl", ...asked);
    expect(JSON.parse(setFiles(cwd, "exam")["settings.json"] ?? "")).toMatchObject({ earlier: [] });
  });

  test("are kept as copies side by side where two files of one name come from elsewhere", async () => {
    const downloads = temporaryFolder({ "1/export.jsonl": WEEK_1, "2/export.jsonl": WEEK_2 });
    const { cwd, call } = offlineProject({});
    const asked = ["--provider", "offline", "--set", "exam"];
    await call("grade", join(downloads, "1/export.jsonl"), ...asked);
    await call("grade", join(downloads, "1/export.jsonl"), ...asked);
    await call("grade", join(downloads, "2/export.jsonl"), ...asked);
    const copies = Object.keys(setFiles(cwd, "exam")).filter((path) => path.startsWith("answers"));
    expect(copies).toEqual(["answers-2/export.jsonl", "answers/export.jsonl"]);
    expect(shownAnswers(cwd, "c-001")).toEqual([QUEUE.strong]);
  });

  test("that are gone are told, and the rest is shown", async () => {
    const { cwd, call } = offlineProject({ "week-1.jsonl": WEEK_1, "week-2.jsonl": WEEK_2 });
    await call("grade", "week-1.jsonl", "--provider", "offline", "--set", "exam");
    await call("grade", "week-2.jsonl", "--provider", "offline", "--set", "exam");
    rmSync(join(cwd, "week-1.jsonl"));
    const { code, err } = await call("grade", "report");
    expect({ code, err: err.split("\n")[0]?.replaceAll(cwd, ".") }).toEqual({
      code: 0,
      err: "answers of an earlier import cannot be shown: cannot read ./week-1.jsonl: the file or its folder does not exist (ENOENT)",
    });
    expect(["c-001", "c-003"].map((candidate) => shownAnswers(cwd, candidate))).toEqual([
      ["The text changed or went away since it was graded."],
      ["Both sides are decoupled then, and can be restarted apart."],
    ]);
  });
});

test("a file whose name is no name for a folder on every system goes into a set that has one", async () => {
  const { call } = offlineProject({ "_nul_.jsonl": WEEK_1 });
  const { out } = await call("grade", "_nul_.jsonl", "--provider", "offline");
  expect(out).toContain("report: outputs/grades/grades/report.html\n");
});

describe("a set whose list of candidates is lost", () => {
  test("gives nobody a code that is another's: it is refused, and changes no byte", async () => {
    const { cwd, call } = offlineProject({ "week-1.jsonl": WEEK_1, "week-2.jsonl": WEEK_2 });
    await call("grade", "week-1.jsonl", "--provider", "offline", "--set", "exam");
    const list = setFiles(cwd, "exam")["candidates.json"] ?? "";
    rmSync(join(cwd, "outputs/grades/exam/candidates.json"));
    const before = filesOf(cwd);
    const refused = {
      code: 2,
      out: "",
      err: [
        "error: outputs/grades/exam/candidates.json does not say who c-001, c-002 are, of whom the set has grades",
        "  Restore that file from a copy, or grade into a new set with --set NAME: new codes could fall to other people.",
        "",
      ].join("\n"),
    };
    const { code, out, err } = await call("grade", "week-2.jsonl", "--provider", "offline", "--set", "exam");
    expect({ code, out, err: err.slice(err.indexOf("error:")) }).toEqual(refused);
    expect(await call("grade", "report")).toEqual(refused);
    expect(filesOf(cwd)).toEqual(before);

    writeFile(join(cwd, "outputs/grades/exam/candidates.json"), list);
    expect((await call("grade", "week-2.jsonl", "--provider", "offline", "--set", "exam")).code).toBe(0);
    expect(gradesOf(cwd, "exam").map(({ candidate }) => candidate)).toEqual(["c-001", "c-002", "c-002", "c-003"]);
  });

  test("needs none where the answers themselves name the codes", async () => {
    const { cwd, call } = offlineProject({
      "codes.jsonl": answersOf(["c-001", QUEUE.id, QUEUE.strong]),
      "named.jsonl": WEEK_2,
    });
    await call("grade", "codes.jsonl", "--provider", "offline", "--set", "exam");
    expect((await call("grade", "named.jsonl", "--provider", "offline", "--set", "exam")).code).toBe(0);
    expect(gradesOf(cwd, "exam").map(({ candidate }) => candidate)).toEqual(["c-001", "c-002"]);
  });
});

test("a grade that is handed to a person after its rubric changed keeps a mark that adds up", async () => {
  const { cwd, call } = offlineProject();
  const asked = ["grade", ANSWERS, "--provider", "offline"];
  await call(...asked);
  writeFile(
    join(cwd, rubricPath(QUEUE)),
    QUEUE.rubric.replace("id: full, points: 2", "id: full, points: 1.5").replace("max: 6", "max: 5.5"),
  );
  await call(...asked, "--review-budget", "100%");
  expect(gradesOf(cwd).filter(({ state, max }) => state === "needs-review" && max === 5500)).toHaveLength(3);
  expect(await call("grade", "verify")).toMatchObject({ code: 0 });
});
