import { describe, expect, test } from "vitest";
import { ANSWERS, entriesOf, EXAM, marksOf, offlineProject, reportFigures, setFiles } from "./grading-project.ts";

const [QUEUE, INDEX] = EXAM;
const OFFLINE = ["grade", ANSWERS, "--provider", "offline"] as const;
const BY = ["--by", "ada@example.org"] as const;

/** The row of a candidate in the wide table: marks and states of both questions. */
function row(cwd: string, candidate: string): readonly (string | undefined)[] {
  const wide = setFiles(cwd)["grades-wide.csv"] ?? "";
  const cells =
    wide
      .split("\r\n")
      .find((line) => line.startsWith(`${candidate},`))
      ?.split(",") ?? [];
  return [cells[1], cells[2], cells[7], cells[8]];
}

describe("a person's word", () => {
  test("wins over the judge's, keeps who, why, when and what was before, and survives a new grading", async () => {
    const { cwd, run } = offlineProject();
    await run(...OFFLINE);
    const judged = entriesOf(cwd);
    const levels = ["--level", "bursts=named", "decoupling=met", "--reason", "only half of it"];
    expect(await run("grade", "override", "c-002", QUEUE.id, ...levels, ...BY)).toEqual({
      code: 0,
      out: `c-002 ${QUEUE.id}: 2 → 3, marked by ada@example.org: only half of it\n`,
      err: "",
    });
    expect(row(cwd, "c-002")).toEqual(["3", "overridden", "2", "graded"]);
    expect(reportFigures(cwd)).toMatchObject({ "Mean mark": "70%", Graded: "4" });
    const sheet = setFiles(cwd)["sheets/c-002.md"] ?? "";
    expect(sheet.split("\n").filter((line) => line.includes("ada"))).toEqual([
      "- Set by ada\\@example\\.org on 2026-01-01T00:00:00.000Z; before: 2.",
    ]);

    await run("grade", "override", "c-003", INDEX.id, "--mark", "0", "--reason", "had the time", ...BY);
    await run(...OFFLINE, "--redo");
    expect([row(cwd, "c-002"), row(cwd, "c-003")]).toEqual([
      ["3", "overridden", "2", "graded"],
      ["4", "graded", "0", "overridden"],
    ]);
    const entries = entriesOf(cwd);
    expect(entries.slice(0, judged.length)).toEqual(judged);
    expect(entries.filter(({ type }) => type === "override")).toMatchObject([
      {
        candidate: "c-002",
        by: "ada@example.org",
        reason: "only half of it",
        levels: [
          { criterion: "bursts", from: "full", to: "named" },
          { criterion: "decoupling", from: "unmet", to: "met" },
        ],
        mark: null,
        withdraws: false,
      },
      { candidate: "c-003", reason: "had the time", levels: [], mark: { from: null, to: 0 }, withdraws: false },
    ]);

    // Taken back, the judge's own counts again; the record of both stays.
    const back = await run("grade", "override", "c-002", QUEUE.id, "--withdraw", "--reason", "mixed up", ...BY);
    expect(back.out).toBe(`c-002 ${QUEUE.id}: 3 → 2, override taken back by ada@example.org: mixed up\n`);
    expect(row(cwd, "c-002")).toEqual(["2", "graded", "2", "graded"]);
    expect((await run("grade", "verify")).code).toBe(0);
  });

  test("can be that the judge was right: what waited counts from then on", async () => {
    // Copied from each other, so that a person must look.
    const rows = ["c-001", "c-002"].map((candidate) =>
      JSON.stringify({ candidate, question: "1", answer: QUEUE.strong }),
    );
    const { cwd, run } = offlineProject({ "storage.jsonl": `${rows.join("\n")}\n` });
    const first = await run("grade", "storage.jsonl", "--provider", "offline");
    expect({ code: first.code, marks: marksOf(cwd) }).toEqual({
      code: 1,
      marks: { "c-001 q1": "needs-review 6", "c-002 q1": "needs-review 6" },
    });
    const confirmed = await run(
      "grade",
      "override",
      "c-001",
      QUEUE.id,
      "--confirm",
      "--reason",
      "wrote it first",
      ...BY,
    );
    expect(confirmed.out).toBe(`c-001 ${QUEUE.id}: 6 → 6, marked by ada@example.org: wrote it first\n`);
    const report = await run("grade", "report");
    expect({ code: report.code, out: report.out.split("\n").slice(0, 3) }).toEqual({
      code: 1,
      out: [
        "1 marked by a person · 1 wait for a person",
        "  1 waits: nearly equal to another answer",
        "mean of the 1 mark that counts: 100.0%",
      ],
    });
    // Whose answer it is like stands in what graders read.
    expect(setFiles(cwd)["sheets/c-002.md"]).toContain("- Flag: nearly equal to the answer of c-001.\n");
    expect(setFiles(cwd)["report.html"]).toContain('<span class="flag">nearly equal to the answer of c-001</span>');
  });
});
